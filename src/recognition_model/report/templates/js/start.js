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
