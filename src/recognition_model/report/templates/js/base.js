// What every part uses: the record's data, dates as ordinals, elements made without markup.
const data = JSON.parse(document.getElementById("record")?.textContent ?? "null");
const at = (id) => document.getElementById(id);
const EPOCH = 719163; // the ordinal of 1970-01-01
const DAY = 86400000;
const iso = (ordinal) => new Date((ordinal - EPOCH) * DAY).toISOString().slice(0, 10);
const ordinal = (text) => (text ? Date.parse(text + "T00:00:00Z") / DAY + EPOCH : null);
const spaced = (word) => word.replace(/_/g, " ");
const countries = (n) => n + (n === 1 ? " country" : " countries");
const unique = (values) => [...new Set(values)];

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

// Put each date into its own element, which does not break at hyphens.
function dated(text) {
  return text.split(/(\d{4}-\d\d(?:-\d\d)?[~?]?)/).flatMap((part, i) =>
    (i % 2 ? [element("span", "date", part)] : part === ".." ? [part, element("wbr", "")] : [part]));
}
