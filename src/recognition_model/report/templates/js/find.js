// The search box and the filters: which countries and which of their entries are shown.
const q = at("q"), found = at("found");
const sections = [...document.querySelectorAll("section.country")];
const FILTERS = ["stage", "country", "family"].map(at).filter(Boolean);
let index = null;

// Letters without accents and case, so that `Turkiye` finds `Türkiye`.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// The text of every entry with the titles of its sources, made when it is first asked for.
function indexed() {
  const titles = new Map([...document.querySelectorAll(".sources > li")].map((one) =>
    ["#" + one.id, one.querySelector("cite").textContent]));
  const cited = (row) => [...row.querySelectorAll('a[href*="#src-"]')].map((a) => titles.get(a.getAttribute("href")) ?? "");
  index ??= new Map(sections.map((section) => {
    const name = plain(section.querySelector("h2").textContent);
    const rows = [...section.querySelectorAll(".entries tbody tr")].map((row) => ({
      row, text: name + " " + plain([row.textContent, row.id, ...cited(row)].join(" ")) }));
    return [section.id, { name, rows }];
  }));
  return index;
}

function showFound(positions) {
  const words = plain(state.q).split(/\s+/).filter(Boolean);
  const { family, country, stage } = state;
  const choosing = Boolean(words.length || family);
  const has = (text) => words.every((word) => text.includes(word));
  let shown = 0, entries = 0;
  for (const section of sections) {
    const position = positions.get(section.id);
    let visible = (!country || country === section.id) &&
      (!stage || position.spells.some((one) => data.stages[one.stage] === stage));
    if (choosing || index) {
      const { name, rows } = indexed().get(section.id);
      const named = words.length > 0 && has(name);
      let left = 0;
      for (const { row, text } of rows) {
        row.hidden = choosing && !((named || has(text)) && (!family || row.dataset.family === family));
        left += !row.hidden;
      }
      visible &&= !choosing || left > 0 || (named && !family);
      entries += visible ? left : 0;
    }
    section.hidden = !visible;
    body.querySelector('[data-country="' + section.id + '"]').hidden = !visible;
    shown += visible;
  }
  say(shown, choosing ? entries : null, choosing || Boolean(country || stage));
}

function say(shown, entries, chosen) {
  const of = shown + " of " + countries(sections.length);
  const told = !chosen ? "" : !shown ? "Nothing found" : entries === null ? of
    : entries + (entries === 1 ? " entry in " : " entries in ") + of;
  if (found.textContent !== told) found.textContent = told;
}

// The next entry that was found, or the next country, after the one that was shown last.
function next() {
  const rows = sections.filter((one) => !one.hidden).flatMap((one) => {
    const hits = [...one.querySelectorAll(".entries tbody tr:not([hidden])")];
    return state.family || state.q ? hits : [one];
  });
  if (!rows.length || !found.textContent) return;
  const here = rows.indexOf(next.last);
  next.last = rows[(here + 1) % rows.length];
  next.last.scrollIntoView({ block: "center" });
  for (const one of document.querySelectorAll(".here")) one.classList.remove("here");
  next.last.classList.add("here");
  found.textContent = "match " + (rows.indexOf(next.last) + 1) + " of " + rows.length;
}

function findControls() {
  const stages = at("stage");
  if (stages) {
    stages.append(new Option("all", ""), ...[...data.stages].reverse().map((one) => new Option(spaced(one), one)));
  }
  for (const one of FILTERS) one.addEventListener("change", () => change({ [one.id]: one.value }, 0));
  q.addEventListener("input", () => change({ q: q.value.trim() }));
  at("find").addEventListener("submit", (event) => { event.preventDefault(); next(); });
  at("find").hidden = false;
  at("filters").addEventListener("click", () => {
    at("filters").setAttribute("aria-expanded", form.classList.toggle("open"));
  });
}

// The controls say what is shown.
function syncControls() {
  for (const [field, name] of [[day, "on"], [known, "known-by"], [q, "q"]]) {
    if (field.value.trim() !== state[name]) field.value = state[name];
  }
  for (const one of FILTERS) one.value = state[one.id];
}
