// The slider plays: one change after another. Ticks below it stand where the table changes.
const playing = at("play"), PACE = 900; // milliseconds
let timer = 0;

function daysOfChange() {
  const by = dayIn(state["known-by"]);
  const days = Object.values(data.countries).flatMap((country) => spellsOf(country, by).map((spell) => spell.latest));
  return unique(days).filter((one) => data.first <= one && one <= data.last).sort((a, b) => a - b);
}

function drawTicks() {
  const ticks = at("ticks"), length = data.last - data.first;
  ticks.setAttribute("viewBox", "0 0 1000 10");
  ticks.replaceChildren(...daysOfChange().map((one) => {
    const tick = document.createElementNS("http://www.w3.org/2000/svg", "path");
    tick.setAttribute("d", "M" + ((one - data.first) / length * 1000).toFixed(1) + " 0V10");
    return tick;
  }));
}

function stop() {
  clearInterval(timer);
  timer = 0;
  playing.textContent = "Play";
}

function play() {
  if (timer) { stop(); return; }
  const days = daysOfChange(), here = dayIn(state.on);
  if (here === null || here >= days[days.length - 1]) change({ on: iso(days[0]) });
  playing.textContent = "Stop";
  timer = setInterval(() => {
    const next = days.find((one) => one > dayIn(state.on));
    if (next === undefined) stop();
    else change({ on: iso(next) });
  }, PACE);
}

function playControls() {
  playing.addEventListener("click", play);
  for (const id of ["earlier", "later", "reset"]) at(id).addEventListener("click", stop);
  range.addEventListener("pointerdown", stop);
  drawTicks();
}
