// The page of a country: its figure by keyboard, and what may be taken away.
markControls();
fileControls();
printControls();
document.body.classList.add("scripted");
