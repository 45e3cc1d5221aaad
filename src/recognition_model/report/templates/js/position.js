// Where a country stands on a day, as known by a day: like `History.on` and `--known-by`.
// Whether a day `by` means all that the report knows, as null does.
const isAll = (by) => by === null || (data.limit !== null && by >= data.limit);

// Spells as known by the day `by`.
function spellsOf(country, by) {
  const named = isAll(by) ? country.whole : country.versions.filter((version) => version.from <= by).pop().spells;
  return named.map((at) => country.spells[at]);
}

function untilOf(country, by) {
  return Math.min(country.until, by ?? Infinity, data.limit ?? Infinity);
}

// The entries that count as known by the day `by`, in file order. One whose date may still lie
// ahead counts from the last day.
function entriesOf(country, by, until) {
  const known = isAll(by) ? Infinity : by;
  return country.entries
    .filter((one) => one.known <= known && !(one.gone <= known) && (one.earliest ?? one.day) <= until)
    .map((one) => ({ ...one, latest: one.day, day: Math.min(one.day, until), text: one.text ?? iso(one.day) }));
}

// What the answer for a day rests on, as `Attested.on` works it out.
function basisOf(position, wanted, before) {
  const { started, until, reviewed, start } = position;
  if (!started) return "";
  if (wanted > until) return wanted <= reviewed ? "reviewed" : "beyond";
  if (start === "assumed" && !before.some((one) => one.attests)) return "assumed";
  return before.length && wanted - before[before.length - 1].day <= data.near ? "evidenced" : "silent";
}

function positionOf(country, on, by) {
  const all = spellsOf(country, by), until = untilOf(country, by);
  const wanted = on ?? until;
  // A record that begins after its data end, as known by a day, has no state yet.
  const spells = all[0].earliest > until ? [] : all.filter((spell, i) =>
    spell.earliest <= wanted && (i === all.length - 1 || wanted < all[i + 1].latest));
  const begun = spells.length > 0 && all[0].latest <= wanted;
  const states = unique(spells.map((spell) => spell.stage + "/" + spell.ban));
  // A review that looked further than the day counts up to it, unless the data do as well.
  const reviewed = country.reviewed > (by ?? Infinity) ? (by > until ? by : null) : country.reviewed;
  const started = all[0].earliest <= wanted;
  const position = { spells, all, wanted, started, begun, until, reviewed, start: country.start,
    agree: begun && states.length === 1, late: spells.length > 0 && wanted > until };
  const entries = entriesOf(country, by, until);
  const before = entries.filter((one) => one.day <= wanted);
  // An act that may still lie ahead of the day says nothing about the start.
  const told = before.some((one) => one.attests && one.latest <= wanted);
  return { ...position, basis: basisOf(position, wanted, before), assumed: country.start === "assumed" && !told,
    last: before[before.length - 1], next: entries[before.length] };
}

function doubtOf(position) {
  const { spells, begun, agree } = position;
  if (!spells.length || agree) return "";
  const dates = spells.slice(begun ? 1 : 0).filter((s) => s.act).map((s) => s.begins);
  const reasons = begun ? [] : ["the record begins " + spells[0].begins];
  if (dates.length) {
    reasons.push((dates.length === 1 ? "the act is dated " : "the acts are dated ") + dates.join(", "));
  }
  return reasons.join("; ");
}

// An assumed start has no words of its own once a status has attested it.
function stagesOf({ spells, start, assumed }) {
  const attested = (spell) => !spell.act && start === "assumed" && !assumed;
  return unique(spells.map((spell) =>
    spell.words && !attested(spell) ? spell.words : spaced(data.stages[spell.stage])));
}

function silenceOf({ last, next }) {
  const until = next ? "until " + next.text : "since";
  if (last) return "last heard " + last.text + ", then nothing " + until;
  return next ? "nothing heard " + until : "nothing heard at all";
}

// Whether an answer rests on an assumption, or on nothing heard within two years of the day or the end.
function isWeak({ spells, basis, until, last, late, assumed }) {
  if (!late) return basis === "assumed" || basis === "silent";
  return (assumed && !spells[0].act) || (last !== undefined && until - last.day > data.near);
}

function afterTheEnd({ spells, agree, basis, until, reviewed, last, ...position }) {
  const assumed = position.assumed && !spells[0].act;
  const old = last && until - last.day > data.near;
  const heard = old && agree && !assumed ? ", last heard " + last.text : "";
  if (basis === "reviewed") {
    return heard + " (documented until " + iso(until) + "; no change found by " + iso(reviewed) + ")";
  }
  const verb = assumed || heard ? " (the data end " : " (last documented ";
  return heard + verb + iso(until) + (reviewed ? ", reviewed " + iso(reviewed) : "") + ")";
}

function wordsOf(position) {
  const { spells, begun, agree, basis, late } = position;
  if (!spells.length) return "not documented";
  const stages = stagesOf(position);
  let words = (begun ? stages : ["not documented", ...stages]).join(" or ");
  if (basis === "silent" && agree) words += ", " + silenceOf(position);
  else if (late) words += afterTheEnd(position);
  const doubt = doubtOf(position);
  return doubt ? words + ": " + doubt : words;
}

function whoOf(position, spell) {
  if (!spell) return "";
  if (!spell.act) return position.start + " at the start";
  const source = spell.voice ? spell.voice + ", " + spell.grade : "no evidence";
  return position.agree ? source : spaced(spell.act) + ": " + source;
}

// The entries that made the answer, as `chain_of` lists them: text, number of the entry.
function chainOf({ spells, all, wanted, start, last }) {
  if (!spells.length) return [];
  const links = all.slice(0, all.indexOf(spells[spells.length - 1]) + 1).map((spell, i) => (i
    ? [spaced(spell.act) + " " + spell.begins + " (" + spell.rule + ")" + (spell.latest <= wanted ? "" : ", perhaps later"), spell.entry]
    : ["start " + spell.begins + " (" + start + ")", 0]));
  return last ? [...links, ["last heard " + last.text, last.number]] : links;
}
