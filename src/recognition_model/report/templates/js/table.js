// The table of countries as of a day, and the controls that choose it.
const form = at("as-of"), range = at("day-range"), day = at("day"), known = at("known-by");
const answer = at("as-of-answer"), caption = at("as-of-caption");
const body = at("table").tBodies[0];
const asLoaded = caption.textContent;
let sortedBy = "stage", rising = false;

function fill(row, on, by) {
  const position = positionOf(data.countries[row.dataset.country], on, by);
  const spell = position.spells[position.spells.length - 1];
  const ranks = unique(position.spells.map((one) => one.stage));
  const cell = (name) => row.querySelector("." + name);
  cell("chips").replaceChildren(...ranks.map((rank) => element("span", "chip s" + rank + " " + position.basis)));
  cell("words").replaceChildren(...dated(wordsOf(position)));
  const chain = chainOf(position);
  cell("why").hidden = !chain.length;
  cell("why").querySelector("ol").replaceChildren(...chain.map(([text, number]) => {
    const link = element("a", ""), item = element("li", "");
    link.href = "#" + data.countries[row.dataset.country].anchors[number];
    link.append(...dated(text));
    item.append(link);
    return item;
  }));
  cell("ban").textContent = unique(position.spells.map((one) => data.bans[one.ban])).join(" or ");
  cell("since").textContent = position.agree ? spell.begins : "";
  cell("until").textContent = iso(position.until);
  const who = [element("span", "", whoOf(position, spell))];
  if (spell && spell.source) {
    const link = element("a", "", "[" + spell.source + "]");
    link.href = "#src-" + data.sources[spell.source];
    link.setAttribute("aria-label", "source " + spell.source);
    const mark = element("sup", "");
    mark.append(link);
    who.push(" ", mark);
  }
  cell("who").replaceChildren(...who);
  row.dataset.stage = position.begun ? Math.max(...ranks) : -1;
  row.dataset.since = spell ? spell.earliest : Infinity;
  return position;
}

function summary(positions, on, by) {
  const counts = new Map();
  for (const position of positions) {
    const stages = stagesOf(position);
    const word = !stages.length ? "not documented" : position.begun && stages.length === 1 ? stages[0] : "in doubt";
    const rank = !stages.length ? -2 : word === "in doubt" ? -1 : position.spells[0].stage;
    counts.set(word, { rank, n: (counts.get(word)?.n || 0) + 1 });
  }
  const order = ([a, one], [b, other]) => other.rank - one.rank || (a < b ? -1 : 1);
  const parts = [...counts].sort(order).map(([word, { n }]) => word + " " + n);
  return (on === null ? "Each on the last day of its data" : "On " + iso(on)) +
    (by === null ? "" : ", as known by " + iso(by)) + ": " + parts.join(", ") + "." +
    (restsOn(positions) && " " + restsOn(positions));
}

// How many countries rest on what, as `basis_in_words` says it; one country says it in its row.
function restsOn(positions) {
  const count = (...bases) => positions.filter((position) => bases.includes(position.basis)).length;
  const ended = count("reviewed", "beyond"), all = positions.length - count("");
  if (!all || positions.length === 1) return "";
  return "Of " + countries(all) + ": " + count("evidenced") + " evidenced within two years, " + count("silent") +
    " silent for longer, " + count("assumed") + " assumed" + (ended ? ", " + ended + " after the end of the data" : "") + ".";
}

function show() {
  const on = ordinal(day.value), by = ordinal(known.value);
  const positions = [...body.rows].map((row) => fill(row, on, by));
  const limit = data.limit === null ? null : iso(data.limit);
  caption.textContent = on === null && by === null ? asLoaded
    : (on === null ? "each on the last day of its data" : "on " + iso(on)) +
      (by === null ? (limit ? ", as known by " + limit : "") : ", as known by " + iso(by));
  answer.textContent = summary(positions, on, by);
  if (at("basis")) at("basis").textContent = restsOn(positions);
  name(on);
  if (on !== null) range.value = on;
  sort();
}

function name(on) {
  const words = on === null ? "the last documented day" : iso(on);
  range.setAttribute("aria-valuetext", words);
  at("shown").textContent = words;
}

function keyOf(row) {
  if (sortedBy === "stage" || sortedBy === "since") return Number(row.dataset[sortedBy]);
  return sortedBy === "name" ? row.cells[0].textContent : row.querySelector("." + sortedBy).textContent;
}

function sort() {
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const rows = [...body.rows].map((row) => [keyOf(row), Number(row.dataset.since), row.cells[0].textContent, row]);
  rows.sort((a, b) => (rising ? 1 : -1) * compare(a[0], b[0]) || compare(a[1], b[1]) || compare(a[2], b[2]));
  if (rows.some(([, , , row], i) => body.rows[i] !== row)) body.append(...rows.map((row) => row[3]));
  for (const head of at("table").tHead.rows[0].cells) {
    if (head.dataset.sort === sortedBy) head.setAttribute("aria-sort", rising ? "ascending" : "descending");
    else head.removeAttribute("aria-sort");
  }
}

function step(direction) {
  const by = ordinal(known.value), here = ordinal(day.value) ?? data.last + 1;
  const days = Object.values(data.countries).flatMap((country) =>
    spellsOf(country, by).flatMap((spell) => [spell.earliest, spell.latest]));
  const ahead = days.filter((one) => data.first <= one && one <= data.last && (one - here) * direction > 0);
  if (ahead.length) day.value = iso(direction > 0 ? Math.min(...ahead) : Math.max(...ahead));
  show();
}

for (const head of at("table").tHead.rows[0].cells) {
  const button = element("button", "", head.textContent);
  button.type = "button";
  button.addEventListener("click", () => {
    rising = sortedBy === head.dataset.sort ? !rising : head.dataset.sort !== "stage";
    sortedBy = head.dataset.sort;
    sort();
  });
  head.replaceChildren(button);
}
range.min = data.first;
range.max = data.last;
range.value = data.last;
at("first").textContent = iso(data.first);
at("last").textContent = iso(data.last);
name(null);
answer.textContent = summary(
  [...body.rows].map((row) => positionOf(data.countries[row.dataset.country], null, null)), null, null);
if (data.limit !== null) known.max = iso(data.limit);
range.addEventListener("input", () => { day.value = iso(Number(range.value)); show(); });
day.addEventListener("input", show);
known.addEventListener("input", show);
at("earlier").addEventListener("click", () => step(-1));
at("later").addEventListener("click", () => step(1));
at("reset").addEventListener("click", () => {
  day.value = known.value = "";
  range.value = data.last;
  show();
});
form.addEventListener("submit", (event) => event.preventDefault());
at("table").tHead.rows[0].cells[1].setAttribute("aria-sort", "descending");
form.hidden = false;

// A table that fits its window needs no Tab stop for scrolling.
const regions = [...document.querySelectorAll(".scroll")];
const fit = () => regions.forEach((one) => {
  if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
  else one.removeAttribute("tabindex");
});
window.addEventListener("resize", fit);
fit();
