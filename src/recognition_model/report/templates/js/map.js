// The map: each country in the colour of its stage, in the form of what that rests on.
const lands = [...document.querySelectorAll("#map a[data-country]")];

function showMap(positions) {
  const counts = new Map();
  for (const land of lands) {
    const position = positions.get(land.dataset.country);
    const ranks = unique(position.spells.map((one) => one.stage));
    const stage = !ranks.length ? "none" : ranks.length === 1 && position.begun ? "s" + ranks[0] : "open";
    const form = !position.late ? "" : position.basis === "reviewed" ? " dotted" : " hatched";
    land.setAttribute("class", stage + (ranks.length && isWeak(position) ? " pale" : "") + form);
    const row = body.querySelector('[data-country="' + land.dataset.country + '"]');
    nameOf(land, row.cells[0].textContent + ": " + row.querySelector(".words").textContent);
    land.classList.toggle("dim", row.hidden);
    if (ranks.length) counts.set(stage, (counts.get(stage) ?? 0) + 1);
  }
  for (const line of document.querySelectorAll("#map .legend [data-stage]")) {
    const { stage } = line.dataset;
    const count = counts.get(stage === "open" ? stage : "s" + stage) ?? 0;
    line.querySelector(".count").textContent = count;
    line.hidden = stage === "open" && !count;
  }
}
