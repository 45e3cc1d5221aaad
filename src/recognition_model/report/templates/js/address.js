// What the page shows, kept in its address: #on=2024-05-28&q=kabul. Any other fragment is an id.
// A link to an entry keeps what is shown: it is then in the history's own state.
const NAMES = ["on", "known-by", "stage", "country", "family", "q", "sort"];
const nothing = () => Object.fromEntries(NAMES.map((name) => [name, ""]));
let state = nothing(), pending = 0;

// Whether a fragment says what is shown. Ids have no word before an equals sign.
const isState = (fragment) => /^#[a-z-]+=/.test(fragment);

function stateIn(fragment) {
  const given = new URLSearchParams(isState(fragment) ? fragment.slice(1) : "");
  return { ...nothing(), ...Object.fromEntries(NAMES.map((name) => [name, (given.get(name) ?? "").trim()])) };
}

function addressOf(one) {
  const given = new URLSearchParams(NAMES.filter((name) => one[name]).map((name) => [name, one[name]]));
  return location.href.split("#")[0] + (given.size ? "#" + given : "");
}

// Show something else. The address follows when the reader pauses, so that going back is one step.
function change(parts, after = 300) {
  state = { ...state, ...parts };
  render();
  clearTimeout(pending);
  pending = setTimeout(remember, after);
}

function remember() {
  const address = addressOf(state);
  if (address === location.href) history.replaceState(state, "", address);
  else history.pushState(state, "", address);
}

function targetOf(fragment) {
  let id = fragment.slice(1);
  try { id = decodeURIComponent(id); } catch { /* it is no text: an id as it stands */ }
  return id ? document.getElementById(id) : null;
}

// An entry that a link names is shown, whatever was searched for.
function reveal() {
  const target = isState(location.hash) ? null : targetOf(location.hash);
  if (!target) return;
  if (target.closest("[hidden]")) {
    state = { ...state, stage: "", country: "", family: "", q: "" };
    render();
    history.replaceState(state, "", location.href);
  }
  target.scrollIntoView();
}

// Going back or forward, or following a link of the page.
function arrive(event) {
  clearTimeout(pending);
  const told = event.state ?? (isState(location.hash) || !location.hash ? stateIn(location.hash) : state);
  const same = NAMES.every((name) => told[name] === state[name]);
  state = told;
  history.replaceState(state, "", location.href);
  if (!same) render();
  reveal();
}
