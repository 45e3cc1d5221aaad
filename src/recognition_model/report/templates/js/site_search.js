// Searches entries and sources with MiniSearch. The words stand in the address, as in search.html#q=kabul.
const MOST = 100;
const form = document.getElementById("search"), box = document.getElementById("q");
const told = document.getElementById("found"), results = document.getElementById("results");
const kinds = [...form.querySelectorAll("[data-kind]")];
const texts = globalThis.recognitionSearch;
const plain = (term) => term.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const index = new globalThis.MiniSearch({
  idField: "to",
  fields: ["title", "date", "text"],
  processTerm: plain,
  searchOptions: { boost: { title: 3 }, combineWith: "AND", prefix: true, fuzzy: (term) => (term.length > 5 ? 0.15 : false) },
});
index.addAll(texts);
const byAddress = new Map(texts.map((one) => [one.to, one]));
let kind = "";

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

// The part of a text around the first word found.
function around(text, terms) {
  const low = plain(text), places = terms.map((term) => low.indexOf(term)).filter((at) => at >= 0);
  const from = Math.max(0, Math.min(...(places.length ? places : [0])) - 60);
  const part = text.slice(from, from + 220);
  return (from ? "…" : "") + part + (from + 220 < text.length ? "…" : "");
}

function show() {
  const words = box.value.trim();
  const found = words ? index.search(words, { filter: (one) => !kind || byAddress.get(one.id).kind === kind }) : [];
  told.textContent = !words ? texts.length + " entries, sources and countries" :
    found.length + " found" + (found.length > MOST ? "; the first " + MOST + " are shown" : "");
  results.replaceChildren(...found.slice(0, MOST).map((hit) => {
    const one = byAddress.get(hit.id), item = element("li", ""), link = element("a", one.title);
    link.href = one.to;
    item.append(link, " ", element("span", one.date + ", " + one.kind, "grade"));
    if (one.text) item.append(element("p", around(one.text, hit.terms), "note"));
    return item;
  }));
  for (const button of kinds) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
}

function read() {
  const asked = new URLSearchParams(location.hash.slice(1));
  box.value = asked.get("q") ?? "";
  kind = asked.get("kind") ?? "";
  show();
}

function write() {
  const state = new URLSearchParams(Object.entries({ q: box.value, kind }).filter(([, value]) => value));
  history.replaceState(null, "", String(state) ? "#" + state : location.pathname + location.search);
  show();
}

box.addEventListener("input", write);
for (const button of kinds) button.addEventListener("click", () => { kind = button.dataset.kind; write(); });
form.addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("hashchange", read);
form.hidden = false;
read();
if (!box.value) box.focus();
