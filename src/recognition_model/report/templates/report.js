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
  const unique = (values) => [...new Set(values)];
  const asLoaded = caption.textContent;
  let sortedBy = "stage", rising = false;

  // Spells as known by the day `by`; null means all that the report knows.
  function spellsOf(country, by) {
    if (by === null || (data.limit !== null && by >= data.limit)) return country.whole;
    return country.versions.filter((version) => version.from <= by).pop().spells;
  }

  function untilOf(country, by) {
    return Math.min(country.until, by ?? Infinity, data.limit ?? Infinity);
  }

  function positionOf(country, on, by) {
    const all = spellsOf(country, by), until = untilOf(country, by);
    const wanted = on ?? until;
    const spells = all.filter((spell, i) =>
      spell.earliest <= wanted && (i === all.length - 1 || wanted < all[i + 1].latest));
    const begun = all[0].latest <= wanted;
    const states = unique(spells.map((spell) => spell.stage + "/" + spell.ban));
    return { spells, begun, until, start: country.start, certain: begun && states.length === 1,
      late: spells.length > 0 && wanted > until };
  }

  function doubtOf(position) {
    const { spells, begun, certain } = position;
    if (!spells.length || certain) return "";
    const dates = spells.slice(begun ? 1 : 0).filter((s) => s.act).map((s) => s.begins);
    const reasons = begun ? [] : ["the record begins " + spells[0].begins];
    if (dates.length) {
      reasons.push((dates.length === 1 ? "the act is dated " : "the acts are dated ") + dates.join(", "));
    }
    return reasons.join("; ");
  }

  function wordsOf(position) {
    const stages = unique(position.spells.map((spell) => spaced(data.stages[spell.stage])));
    let words = (position.begun ? stages : ["not documented", ...stages]).join(" or ");
    if (position.late) words += " (last documented " + iso(position.until) + ")";
    const doubt = doubtOf(position);
    return doubt ? words + ": " + doubt : words;
  }

  function whoOf(position, spell) {
    if (!spell) return "";
    if (!spell.act) return position.start + " at the start";
    const source = spell.voice ? spell.voice + ", " + spell.grade : "no evidence";
    return position.certain ? source : spaced(spell.act) + ": " + source;
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
    cell("chips").replaceChildren(...ranks.map((rank) => element("span", "chip s" + rank)));
    cell("words").replaceChildren(...dated(wordsOf(position)));
    cell("ban").textContent = unique(position.spells.map((one) => data.bans[one.ban])).join(" or ");
    cell("since").textContent = position.certain ? spell.begins : "";
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
      const stages = unique(position.spells.map((spell) => spell.stage));
      const key = !position.spells.length ? -2 : position.begun && stages.length === 1 ? stages[0] : -1;
      counts.set(key, (counts.get(key) || 0) + 1);
    }
    const word = (key) => (key >= 0 ? spaced(data.stages[key]) : key === -1 ? "in doubt" : "not documented");
    const parts = [...counts].sort((a, b) => b[0] - a[0]).map(([key, n]) => word(key) + " " + n);
    const late = positions.filter((position) => position.late).length;
    return (on === null ? "Each on the last day of its data" : "On " + iso(on)) +
      (by === null ? "" : ", as known by " + iso(by)) + ": " + parts.join(", ") + "." +
      (late ? " For " + late + " of " + positions.length + " countries the record ends before that day." : "");
  }

  function show() {
    const on = ordinal(day.value), by = ordinal(known.value);
    const positions = [...body.rows].map((row) => fill(row, on, by));
    const limit = data.limit === null ? null : iso(data.limit);
    caption.textContent = on === null && by === null ? asLoaded
      : (on === null ? "each on the last day of its data" : "on " + iso(on)) +
        (by === null ? (limit ? ", as known by " + limit : "") : ", as known by " + iso(by));
    answer.textContent = summary(positions, on, by);
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
