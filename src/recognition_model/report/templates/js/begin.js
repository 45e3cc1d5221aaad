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

// Show the controls, and what the address says.
function begin(...controls) {
  for (const control of controls) control();
  form.hidden = false;
  document.body.classList.add("scripted");
  state = history.state ?? stateIn(location.hash);
  render();
  history.replaceState(state, "", location.href);
  window.addEventListener("popstate", arrive);
  reveal();
}
