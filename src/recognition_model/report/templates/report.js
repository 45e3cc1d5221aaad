"use strict";
// Shows the record as of a day and as known by a day, like `History.on` and `--known-by`.
(() => {
  const data = JSON.parse(document.getElementById("record").textContent);
  const at = (id) => document.getElementById(id);
  const form = at("as-of"), range = at("day-range"), day = at("day"), known = at("known-by");
  const answer = at("as-of-answer"), caption = at("as-of-caption");
  const body = at("table").tBodies[0];
  const EPOCH = 719163; // the ordinal of 1970-01-01
  const DAY = 86400000;
  const iso = (ordinal) => new Date((ordinal - EPOCH) * DAY).toISOString().slice(0, 10);
  const ordinal = (text) => (text ? Date.parse(text + "T00:00:00Z") / DAY + EPOCH : null);
  const spaced = (word) => word.replace(/_/g, " ");
  const countries = (n) => n + (n === 1 ? " country" : " countries");
  const unique = (values) => [...new Set(values)];
  const asLoaded = caption.textContent;
  let sortedBy = "stage", rising = false;

  // Whether a day `by` means all that the report knows, as null does.
  const isAll = (by) => by === null || (data.limit !== null && by >= data.limit);

  // Spells as known by the day `by`.
  function spellsOf(country, by) {
    if (isAll(by)) return country.whole;
    return country.versions.filter((version) => version.from <= by).pop().spells;
  }

  function untilOf(country, by) {
    return Math.min(country.until, by ?? Infinity, data.limit ?? Infinity);
  }

  // The entries that count as known by the day `by`, in file order. One whose date may still lie
  // ahead counts from the last day.
  function entriesOf(country, by, until) {
    const known = isAll(by) ? Infinity : by;
    return country.entries
      .filter((one) => one.known <= known && !(one.gone <= known) && (one.earliest ?? one.day) <= until)
      .map((one) => ({ ...one, latest: one.day, day: Math.min(one.day, until), text: one.text ?? iso(one.day) }));
  }

  // What the answer for a day rests on, as `Attested.on` works it out.
  function basisOf(position, wanted, before) {
    const { started, until, reviewed, start } = position;
    if (!started) return "";
    if (wanted > until) return wanted <= reviewed ? "reviewed" : "beyond";
    if (start === "assumed" && !before.some((one) => one.attests)) return "assumed";
    return before.length && wanted - before[before.length - 1].day <= data.near ? "evidenced" : "silent";
  }

  function positionOf(country, on, by) {
    const all = spellsOf(country, by), until = untilOf(country, by);
    const wanted = on ?? until;
    // A record that begins after its data end, as known by a day, has no state yet.
    const spells = all[0].earliest > until ? [] : all.filter((spell, i) =>
      spell.earliest <= wanted && (i === all.length - 1 || wanted < all[i + 1].latest));
    const begun = spells.length > 0 && all[0].latest <= wanted;
    const states = unique(spells.map((spell) => spell.stage + "/" + spell.ban));
    // A review that looked further than the day counts up to it, unless the data do as well.
    const reviewed = country.reviewed > (by ?? Infinity) ? (by > until ? by : null) : country.reviewed;
    const started = all[0].earliest <= wanted;
    const position = { spells, all, wanted, started, begun, until, reviewed, start: country.start,
      agree: begun && states.length === 1, late: spells.length > 0 && wanted > until };
    const entries = entriesOf(country, by, until);
    const before = entries.filter((one) => one.day <= wanted);
    // An act that may still lie ahead of the day says nothing about the start.
    const told = before.some((one) => one.attests && one.latest <= wanted);
    return { ...position, basis: basisOf(position, wanted, before), assumed: country.start === "assumed" && !told,
      last: before[before.length - 1], next: entries[before.length] };
  }

  function doubtOf(position) {
    const { spells, begun, agree } = position;
    if (!spells.length || agree) return "";
    const dates = spells.slice(begun ? 1 : 0).filter((s) => s.act).map((s) => s.begins);
    const reasons = begun ? [] : ["the record begins " + spells[0].begins];
    if (dates.length) {
      reasons.push((dates.length === 1 ? "the act is dated " : "the acts are dated ") + dates.join(", "));
    }
    return reasons.join("; ");
  }

  // An assumed start has no words of its own once a status has attested it.
  function stagesOf({ spells, start, assumed }) {
    const attested = (spell) => !spell.act && start === "assumed" && !assumed;
    return unique(spells.map((spell) =>
      spell.words && !attested(spell) ? spell.words : spaced(data.stages[spell.stage])));
  }

  function silenceOf({ last, next }) {
    const until = next ? "until " + next.text : "since";
    if (last) return "last heard " + last.text + ", then nothing " + until;
    return next ? "nothing heard " + until : "nothing heard at all";
  }

  function afterTheEnd({ spells, agree, basis, until, reviewed, last, ...position }) {
    const assumed = position.assumed && !spells[0].act;
    const old = last && until - last.day > data.near;
    const heard = old && agree && !assumed ? ", last heard " + last.text : "";
    if (basis === "reviewed") {
      return heard + " (documented until " + iso(until) + "; no change found by " + iso(reviewed) + ")";
    }
    const verb = assumed || heard ? " (the data end " : " (last documented ";
    return heard + verb + iso(until) + (reviewed ? ", reviewed " + iso(reviewed) : "") + ")";
  }

  function wordsOf(position) {
    const { spells, begun, agree, basis, late } = position;
    if (!spells.length) return "not documented";
    const stages = stagesOf(position);
    let words = (begun ? stages : ["not documented", ...stages]).join(" or ");
    if (basis === "silent" && agree) words += ", " + silenceOf(position);
    else if (late) words += afterTheEnd(position);
    const doubt = doubtOf(position);
    return doubt ? words + ": " + doubt : words;
  }

  function whoOf(position, spell) {
    if (!spell) return "";
    if (!spell.act) return position.start + " at the start";
    const source = spell.voice ? spell.voice + ", " + spell.grade : "no evidence";
    return position.agree ? source : spaced(spell.act) + ": " + source;
  }

  // The entries that made the answer, as `chain_of` lists them: text, number of the entry.
  function chainOf({ spells, all, wanted, start, last }) {
    if (!spells.length) return [];
    const links = all.slice(0, all.indexOf(spells[spells.length - 1]) + 1).map((spell, i) => (i
      ? [spaced(spell.act) + " " + spell.begins + " (" + spell.rule + ")" + (spell.latest <= wanted ? "" : ", perhaps later"), spell.entry]
      : ["start " + spell.begins + " (" + start + ")", 0]));
    return last ? [...links, ["last heard " + last.text, last.number]] : links;
  }

  function element(name, className, text = "") {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  // Put each date into its own element, which does not break at hyphens.
  function dated(text) {
    return text.split(/(\d{4}-\d\d(?:-\d\d)?[~?]?)/).map((part, i) => (i % 2 ? element("span", "date", part) : part));
  }

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
      link.href = "#" + row.dataset.country + "-" + number;
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
      link.href = "#src-" + spell.source;
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
})();
