// What a reader may take away: a figure as SVG and PNG, its table, citations, the sources.
const SVG = "http://www.w3.org/2000/svg";
const DPI = 300, POINTS = 72; // of an inch
const STAMP = "recognition-stamp";
// The sources as files, from pairs of an item of CSL and an entry of BibTeX.
const written = {
  "sources.json": (pairs) => JSON.stringify(pairs.map(([item]) => item), null, 2) + "\n",
  "sources.bib": (pairs) => pairs.map(([, entry]) => entry).join("\n"),
};
let unpacked = null;

function files() {
  unpacked ??= (async () => {
    const bytes = Uint8Array.from(atob(at("files").textContent), (char) => char.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  })();
  return unpacked;
}

function save(name, content, type) {
  const link = element("a", "");
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// The drawing as a document of its own: with its stamp, and without links into this page.
async function standalone(name) {
  const drawn = document.querySelector('[id="figure-' + name + '"] svg');
  const copy = drawn.cloneNode(true);
  const [, , width, height] = copy.getAttribute("viewBox").split(" ").map(Number);
  copy.setAttribute("xmlns", SVG);
  copy.setAttribute("width", width + "pt");
  copy.setAttribute("height", height + "pt");
  for (const link of copy.querySelectorAll("a")) {
    const group = document.createElementNS(SVG, "g");
    group.append(...link.childNodes);
    link.replaceWith(group);
  }
  const told = (tag, id, text) => {
    const made = document.createElementNS(SVG, tag);
    made.setAttribute("id", id);
    made.textContent = text;
    return made;
  };
  const described = document.getElementById(drawn.getAttribute("aria-describedby"));
  copy.prepend(told("title", "picture-title", drawn.getAttribute("aria-label")),
    told("desc", "picture-desc", described?.textContent ?? ""), told("metadata", STAMP, (await files())[name].stamp));
  copy.setAttribute("role", "img");
  copy.setAttribute("aria-labelledby", "picture-title picture-desc");
  for (const gone of ["aria-label", "aria-describedby"]) copy.removeAttribute(gone);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

async function png(name) {
  const { text, width, height } = await standalone(name);
  const image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  await image.decode();
  const canvas = element("canvas", "");
  canvas.width = Math.round(width * DPI / POINTS);
  canvas.height = Math.round(height * DPI / POINTS);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((made) => canvas.toBlob(made, "image/png"));
  return withChunks(new Uint8Array(await blob.arrayBuffer()), (await files())[name].stamp);
}

// A PNG that says its resolution and what it was made from, behind its header of 33 bytes.
function withChunks(bytes, stamp) {
  const metres = new DataView(new ArrayBuffer(9));
  [0, 4].forEach((at) => metres.setUint32(at, Math.round(DPI / 0.0254)));
  metres.setUint8(8, 1);
  const letters = new TextEncoder().encode(STAMP + "\0" + stamp); // the stamp is ASCII
  const chunks = [chunk("pHYs", new Uint8Array(metres.buffer)), chunk("tEXt", letters)];
  return new Blob([bytes.slice(0, 33), ...chunks, bytes.slice(33)], { type: "image/png" });
}

function chunk(kind, content) {
  const all = new Uint8Array(content.length + 12), view = new DataView(all.buffer);
  view.setUint32(0, content.length);
  all.set(new TextEncoder().encode(kind), 4);
  all.set(content, 8);
  view.setUint32(content.length + 8, crc(all.subarray(4, content.length + 8)));
  return all;
}

function crc(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

// Copy a text. A page opened from a disk may have no clipboard of its own.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = element("textarea", "unseen");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

function button(words, work, unseen = "") {
  const made = element("button", "", words);
  made.type = "button";
  if (unseen) made.append(element("span", "unseen", ": " + unseen));
  made.addEventListener("click", async () => {
    made.disabled = true;
    try { await work(made); } finally { made.disabled = false; }
  });
  return made;
}

function buttonsFor(place) {
  const name = place.dataset.figure;
  const title = document.querySelector('[id="figure-' + name + '"] svg')?.getAttribute("aria-label") ?? "";
  const text = place.previousElementSibling.textContent;
  const status = element("span", "status");
  status.setAttribute("role", "status");
  const copy = button("Copy citation", async () => { await copied(text); status.textContent = "copied"; }, title);
  const bib = button("BibTeX", async () => save(name + ".bib", (await files())[name].bib, "application/x-bibtex"), title);
  const drawn = title ? [
    button("SVG", async () => save(name + ".svg", (await standalone(name)).text, "image/svg+xml"), title),
    button("PNG, 300 dpi", async () => save(name + ".png", await png(name)), title),
    button("Table (CSV)", async () => save(name + ".csv", (await files())[name].csv, "text/csv"), title),
  ] : [];
  place.append(copy, " ", bib, ...drawn.flatMap((one) => [" ", one]), " ", status);
}

function fileControls() {
  for (const place of document.querySelectorAll(".get[data-figure]")) {
    const details = place.closest("details");
    if (details) details.addEventListener("toggle", () => place.childElementCount || buttonsFor(place));
    else buttonsFor(place);
  }
  for (const place of document.querySelectorAll(".get[data-file]")) {
    const { file, label } = place.dataset;
    place.append(button(label, async () => save(file, written[file]((await files()).sources), "text/plain")));
  }
}
