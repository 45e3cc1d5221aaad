// A browser prints a hatching as a picture of its whole area, which makes a large file. On paper a
// hatching is the grey or colour that it looks like from afar.
const HATCHED = "figure svg [fill^='url(']";

function mixed(colours, share) {
  const [ground, line] = colours.map((one) => [1, 3, 5].map((at) => parseInt(one.slice(at, at + 2), 16)));
  return "rgb(" + ground.map((one, i) => Math.round(one + (line[i] - one) * share)).join(",") + ")";
}

function flat(one) {
  const pattern = document.getElementById(one.getAttribute("fill").slice(5, -1));
  const colours = [pattern.querySelector("rect").getAttribute("fill"), pattern.querySelector("path").getAttribute("stroke")];
  const step = Number(pattern.getAttribute("width")), wide = Number(pattern.querySelector("path").getAttribute("stroke-width") ?? 1);
  return colours.every((colour) => /^#[0-9a-f]{6}$/i.test(colour)) ? mixed(colours, Math.min(1, 1.4 * wide / step)) : "none";
}

function printControls() {
  let before = [];
  window.addEventListener("beforeprint", () => {
    before = [...document.querySelectorAll(HATCHED)].map((one) => [one, one.getAttribute("fill")]);
    for (const [one] of before) one.setAttribute("fill", flat(one));
  });
  window.addEventListener("afterprint", () => before.forEach(([one, fill]) => one.setAttribute("fill", fill)));
}
