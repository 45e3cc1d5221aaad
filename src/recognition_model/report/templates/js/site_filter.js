// Shows only the items of a list that have all the words of a search box. The words stand in the address.
const box = document.querySelector("[data-filters]");
const list = document.getElementById(box.dataset.filters), told = document.getElementById("found");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const items = [...list.children].map((item) => [item, plain(item.textContent)]);
function show() {
  const words = plain(box.value).split(/\s+/).filter(Boolean);
  let left = 0;
  for (const [item, text] of items) {
    item.hidden = !words.every((word) => text.includes(word));
    left += !item.hidden;
  }
  told.textContent = words.length ? left + " of " + items.length + " shown" : "";
}
function read() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("q");
  if (asked !== null) box.value = asked;
  show();
}
box.addEventListener("input", () => {
  history.replaceState(null, "", box.value ? "#q=" + encodeURIComponent(box.value) : location.pathname + location.search);
  show();
});
box.form.addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("hashchange", read);
box.form.hidden = false;
read();
