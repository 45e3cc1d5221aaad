// The controls of a report on its own.
begin(tableControls, findControls, markControls, fileControls, printControls);

// The panel of contents closes when a link of it is followed, and by Escape.
const contents = at("contents");
contents.addEventListener("click", (event) => { if (event.target.closest("a")) contents.open = false; });
contents.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !contents.open) return;
  contents.open = false;
  contents.querySelector("summary").focus();
});
document.addEventListener("click", (event) => { if (!contents.contains(event.target)) contents.open = false; });
