// The controls of the index.
begin(tableControls, findControls, markControls, playControls);
known.addEventListener("change", drawTicks);
