// The search box and the stages of the index: which countries of the table are shown.
const q = at("q"), found = at("found");
const chips = [...document.querySelectorAll("#map .legend [data-stage]")].filter((one) => one.dataset.stage !== "open");

// Letters without accents and case, so that `Turkiye` finds `Türkiye`.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function showFound(positions) {
  const words = plain(state.q).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of body.rows) {
    const position = positions.get(row.dataset.country);
    const text = plain([row.dataset.country, ...[...row.cells].map((cell) => cell.textContent)].join(" "));
    const stands = !state.stage || position.spells.some((one) => data.stages[one.stage] === state.stage);
    row.hidden = !(stands && words.every((word) => text.includes(word)));
    shown += !row.hidden;
  }
  const chosen = words.length || state.stage;
  const told = !chosen ? "" : shown ? shown + " of " + countries(body.rows.length) : "Nothing found";
  if (found.textContent !== told) found.textContent = told;
}

// The counts of the legend are buttons: each shows the countries of its stage, or all again.
function findControls() {
  for (const line of chips) {
    const button = element("button", "chip-button");
    button.type = "button";
    button.append(...line.childNodes);
    line.append(button);
    button.addEventListener("click", () => {
      const stage = data.stages[line.dataset.stage];
      change({ stage: state.stage === stage ? "" : stage }, 0);
    });
  }
  q.addEventListener("input", () => change({ q: q.value.trim() }));
}

// The controls say what is shown.
function syncControls() {
  for (const [field, name] of [[day, "on"], [known, "known-by"], [q, "q"]]) {
    if (field.value.trim() !== state[name]) field.value = state[name];
  }
  for (const line of chips) {
    line.querySelector("button").setAttribute("aria-pressed", String(data.stages[line.dataset.stage] === state.stage));
  }
}
