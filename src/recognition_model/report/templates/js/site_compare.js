// Shows the histories named in the address, as in compare.html#RUS,CHN: up to six, in that order.
const MOST = 6;
const list = document.getElementById("compared"), add = document.getElementById("add");
const told = document.getElementById("chosen"), form = document.getElementById("choose");
const all = new Map([...list.children].map((item) => [item.id, item]));
function named() {
  const text = location.hash.slice(1);
  try { return decodeURIComponent(text); } catch { return text; /* it is no text: as it stands */ }
}
const chosen = () => [...new Set(named().toUpperCase().split(","))]
  .filter((code) => all.has(code)).slice(0, MOST);
function show() {
  const codes = chosen();
  for (const item of all.values()) item.hidden = true;
  for (const code of codes) {
    all.get(code).hidden = false;
    list.append(all.get(code));
  }
  for (const option of add.options) option.disabled = codes.includes(option.value);
  add.value = "";
  add.disabled = codes.length === MOST;
  document.getElementById("none").disabled = !codes.length;
  told.textContent = codes.length ? codes.map((code) => all.get(code).dataset.name).join(", ") +
    (codes.length === MOST ? ". Six is the most." : "") : "No country is chosen.";
}
function go(codes) {
  history.replaceState(null, "", codes.length ? "#" + codes.join(",") : location.pathname + location.search);
  show();
}
add.addEventListener("change", () => add.value && go([...chosen(), add.value]));
document.getElementById("none").addEventListener("click", () => go([]));
for (const [code, item] of all) {
  const button = item.querySelector(".remove");
  button.hidden = false;
  button.addEventListener("click", () => { go(chosen().filter((one) => one !== code)); add.focus(); });
}
form.addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("hashchange", show);
form.hidden = false;
show();
scrollTo(0, 0);
