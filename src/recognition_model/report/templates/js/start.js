// Everything shown follows from `state`.
function render() {
  const on = dayIn(state.on), by = dayIn(state["known-by"]);
  const codes = [...body.rows].map((row) => row.dataset.country);
  const positions = new Map(showDay(on, by).map((position, i) => [codes[i], position]));
  sort();
  showFound(positions);
  if (lands.length) showMap(positions);
  syncControls();
}

tableControls();
findControls();
markControls();
fileControls();
printControls();
form.hidden = false;
document.body.classList.add("scripted");
state = history.state ?? stateIn(location.hash);
render();
history.replaceState(state, "", location.href);
window.addEventListener("popstate", arrive);
reveal();

// The panel of contents closes when a link of it is followed, and by Escape.
const contents = at("contents");
contents.addEventListener("click", (event) => { if (event.target.closest("a")) contents.open = false; });
contents.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !contents.open) return;
  contents.open = false;
  contents.querySelector("summary").focus();
});
document.addEventListener("click", (event) => { if (!contents.contains(event.target)) contents.open = false; });

// A part that fits its window needs no Tab stop for scrolling.
for (const one of document.querySelectorAll(".drawn")) {
  one.setAttribute("role", "region");
  one.setAttribute("aria-label", "Figure: " + one.firstElementChild.getAttribute("aria-label"));
}
const regions = [...document.querySelectorAll(".scroll, .drawn")];
const fit = () => regions.forEach((one) => {
  if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
  else one.removeAttribute("tabindex");
});
window.addEventListener("resize", fit);
fit();

// Narrow windows show rows as blocks, which not every browser takes for a table any more.
const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
const narrow = window.matchMedia("(max-width: 52rem)");
const roles = () => {
  if (!narrow.matches) return;
  for (const one of document.querySelectorAll("table.stack, table.stack :is(thead, tbody, tr, th, td)")) {
    one.setAttribute("role", ROLES[one.localName] ?? (one.scope === "col" ? "columnheader" : "rowheader"));
  }
};
narrow.addEventListener("change", roles);
roles();
