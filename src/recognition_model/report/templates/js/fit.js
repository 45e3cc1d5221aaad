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
