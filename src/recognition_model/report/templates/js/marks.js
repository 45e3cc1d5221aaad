// Marks of a drawing that lead somewhere: one Tab stop a drawing, arrow keys from mark to mark, and
// what is behind a mark shown beside it.
const popover = at("popover");
let shownFor = null, leaving = 0;

// A name without the tooltip that a title would bring up beside ours.
function nameOf(mark, words) {
  const title = mark.querySelector(":scope > title");
  const told = words ?? title?.textContent ?? "";
  if (told && mark.getAttribute("aria-label") !== told) mark.setAttribute("aria-label", told);
  if (title?.id) mark.removeAttribute("aria-labelledby");
  title?.remove();
}

function lineOf(className, ...parts) {
  const line = element("p", className);
  line.append(...parts);
  return line;
}

// What the row of an entry says, or that of a country.
function behind(mark) {
  const id = mark.dataset.country ?? decodeURIComponent(mark.getAttribute("href").slice(1));
  const entry = document.getElementById(id);
  const standing = document.querySelector('tr[data-country="' + CSS.escape(id) + '"]');
  if (standing) {
    const cell = (name) => standing.querySelector("." + name).textContent.trim();
    const since = [cell("since") && "since " + cell("since"), cell("ban"), cell("who")].filter(Boolean).join("; ");
    return [lineOf("head", standing.cells[0].textContent), lineOf("", cell("words")), lineOf("grade", since)];
  }
  if (entry?.localName !== "tr") return [lineOf("", mark.getAttribute("aria-label"))];
  const date = entry.querySelector("th a").textContent;
  const deed = entry.querySelector("b, s").textContent;
  const proofs = entry.querySelector("ul")?.cloneNode(true);
  for (const link of proofs?.querySelectorAll('a[href*="#src-"]') ?? []) {
    const source = targetOf(link.getAttribute("href"));
    link.replaceWith(source ? " " + source.querySelector("cite").textContent + " " + link.textContent : link.textContent);
  }
  return [lineOf("head", date + ", " + deed), lineOf("", entry.cells[2].textContent.trim()), ...(proofs ? [proofs] : [])];
}

function pop(mark) {
  clearTimeout(leaving);
  if (shownFor === mark) return;
  unpop();
  popover.replaceChildren(...behind(mark));
  popover.hidden = false;
  beside(mark);
  mark.setAttribute("aria-describedby", "popover");
  shownFor = mark;
}

function beside(mark) {
  const box = mark.getBoundingClientRect(), { offsetWidth: wide, offsetHeight: high } = popover;
  const page = document.documentElement.clientWidth;
  popover.style.left = Math.max(8, Math.min(box.left + box.width / 2 - wide / 2, page - wide - 8)) + "px";
  const below = box.bottom + 8, above = box.top - high - 8;
  popover.style.top = Math.max(8, above < 56 && below + high < innerHeight ? below : above) + "px";
}

function unpop() {
  clearTimeout(leaving);
  shownFor?.removeAttribute("aria-describedby");
  shownFor = null;
  popover.hidden = true;
}

const unpopSoon = () => { clearTimeout(leaving); leaving = setTimeout(unpop, 250); };

function marksOf(drawing) {
  const marks = [...drawing.querySelectorAll("a[href]")];
  for (const mark of marks) nameOf(mark);
  nameOf(drawing);
  if (!marks.length) return;
  const stop = (mark) => marks.forEach((one) => one.setAttribute("tabindex", one === mark ? 0 : -1));
  stop(marks[0]);
  drawing.addEventListener("keydown", (event) => {
    const here = marks.indexOf(event.target.closest("a"));
    const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1,
      Home: 0, End: marks.length - 1 }[event.key];
    if (here < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    marks[(to + marks.length) % marks.length].focus();
  });
  drawing.addEventListener("focusin", (event) => {
    const mark = event.target.closest("a");
    stop(mark);
    pop(mark);
  });
  drawing.addEventListener("focusout", unpop);
  drawing.addEventListener("pointerover", (event) => event.target.closest("a") && pop(event.target.closest("a")));
  drawing.addEventListener("pointerout", unpopSoon);
}

function markControls() {
  for (const mark of document.querySelectorAll('a[href*="#src-"]')) {
    const where = mark.nextElementSibling;
    const at = where?.className === "at" ? ", paragraph " + where.textContent.slice(1) : "";
    mark.setAttribute("aria-label", "source " + mark.textContent.slice(1, -1) + at);
  }
  for (const drawing of document.querySelectorAll("figure svg, #map svg")) marksOf(drawing);
  popover.addEventListener("pointerenter", () => clearTimeout(leaving));
  popover.addEventListener("pointerleave", unpopSoon);
  document.addEventListener("keydown", (event) => event.key === "Escape" && unpop());
  document.addEventListener("scroll", () => {
    if (shownFor && shownFor === document.activeElement) beside(shownFor);
    else if (shownFor) unpop();
  }, { passive: true });
}
