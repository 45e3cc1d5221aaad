// The table of countries as of a day, and the controls that choose it.
const form = at("as-of"), range = at("day-range"), day = at("day"), known = at("known-by");
const answer = at("as-of-answer"), caption = at("as-of-caption");
const body = at("table").tBodies[0];
const asLoaded = caption.textContent;
const COLUMNS = [...at("table").tHead.rows[0].cells].map((head) => head.dataset.sort);

// The page that shows a country: this one, unless it has one of its own.
const pageOf = (row) => row.cells[0].querySelector("a").getAttribute("href").split("#")[0];

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
    link.href = pageOf(row) + "#" + data.countries[row.dataset.country].anchors[number];
    link.append(...dated(text));
    item.append(link);
    return item;
  }));
  cell("ban").textContent = unique(position.spells.map((one) => data.bans[one.ban])).join(" or ");
  cell("since").replaceChildren(...dated(position.agree ? spell.begins : ""));
  cell("until").textContent = iso(position.until);
  const who = [element("span", "", whoOf(position, spell))];
  if (spell && spell.source) {
    const link = element("a", "", "[" + spell.source + "]");
    link.href = (at("table").dataset.sources ?? "") + "#src-" + data.sources[spell.source];
    link.setAttribute("aria-label", "source " + spell.source);
    who.push(" ", link);
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

function showDay(on, by) {
  const positions = [...body.rows].map((row) => fill(row, on, by));
  const limit = data.limit === null ? null : iso(data.limit);
  caption.textContent = on === null && by === null ? asLoaded
    : (on === null ? "each on the last day of its data" : "on " + iso(on)) +
      (by === null ? (limit ? ", as known by " + limit : "") : ", as known by " + iso(by));
  answer.textContent = summary(positions, on, by);
  if (at("basis")) at("basis").textContent = restsOn(positions);
  const words = on === null ? "the last documented day" : iso(on);
  range.value = on ?? data.last;
  range.setAttribute("aria-valuetext", words);
  at("shown").textContent = words;
  return positions;
}

function keyOf(row, by) {
  if (by === "stage" || by === "since") return Number(row.dataset[by]);
  return by === "name" ? row.cells[0].textContent : row.querySelector("." + by).textContent;
}

// `sort` is a column, with a hyphen before it for the other direction. Stages begin with the highest.
function sort() {
  const by = COLUMNS.includes(state.sort.replace(/^-/, "")) ? state.sort.replace(/^-/, "") : "name";
  const rising = (by === "stage") === state.sort.startsWith("-");
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const rows = [...body.rows].map((row) => [keyOf(row, by), Number(row.dataset.since), row.cells[0].textContent, row]);
  rows.sort((a, b) => (rising ? 1 : -1) * compare(a[0], b[0]) || compare(a[1], b[1]) || compare(a[2], b[2]));
  if (rows.some(([, , , row], i) => body.rows[i] !== row)) body.append(...rows.map((row) => row[3]));
  for (const head of at("table").tHead.rows[0].cells) {
    if (head.dataset.sort === by) head.setAttribute("aria-sort", rising ? "ascending" : "descending");
    else head.removeAttribute("aria-sort");
  }
}

function step(direction) {
  const by = dayIn(state["known-by"]), here = dayIn(state.on) ?? data.last + 1;
  const days = Object.values(data.countries).flatMap((country) =>
    spellsOf(country, by).flatMap((spell) => [spell.earliest, spell.latest]));
  const ahead = days.filter((one) => data.first <= one && one <= data.last && (one - here) * direction > 0);
  if (ahead.length) change({ on: iso(direction > 0 ? Math.min(...ahead) : Math.max(...ahead)) });
}

// A day of the calendar as an ordinal; null if it is none.
function dayIn(text) {
  const found = /^\d{4}-\d\d-\d\d$/.test(text) ? ordinal(text) : null;
  return Number.isInteger(found) && iso(found) === text ? found : null;
}

// Take the days that the fields name; say what is wrong when the reader has finished writing.
function readDays(finished) {
  const wrong = [day, known].filter((field) => field.value.trim() && dayIn(field.value.trim()) === null);
  for (const field of [day, known]) {
    if (!wrong.includes(field)) field.removeAttribute("aria-invalid");
    else if (finished) field.setAttribute("aria-invalid", "true");
  }
  at("day-error").textContent = !wrong.length || !finished ? (wrong.length ? at("day-error").textContent : "")
    : "Write a day as 2024-05-28, not as “" + wrong[0].value.trim() + "”.";
  if (!wrong.length) change({ on: day.value.trim(), "known-by": known.value.trim() });
}

function tableControls() {
  for (const head of at("table").tHead.rows[0].cells) {
    const button = element("button", "", head.textContent);
    button.type = "button";
    button.addEventListener("click", () => {
      const by = head.dataset.sort, now = state.sort || "name";
      const next = now === by ? "-" + by : by;
      change({ sort: next === "name" ? "" : next });
    });
    head.replaceChildren(button);
  }
  range.min = data.first;
  range.max = data.last;
  at("first").textContent = iso(data.first);
  at("last").textContent = iso(data.last);
  range.addEventListener("input", () => change({ on: iso(Number(range.value)) }));
  for (const field of [day, known]) {
    field.addEventListener("input", () => readDays(false));
    field.addEventListener("change", () => readDays(true));
  }
  at("earlier").addEventListener("click", () => step(-1));
  at("later").addEventListener("click", () => step(1));
  at("reset").addEventListener("click", () => change(nothing(), 0));
  form.addEventListener("submit", (event) => event.preventDefault());
}
