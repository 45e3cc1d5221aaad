// Opens the pages in Firefox, through WebDriver BiDi, and uses them as a reader does.
//
//   node check.mjs FIREFOX REPORT SITE
//
// FIREFOX is the program, REPORT a report as HTML on Russia and at least five more countries, SITE a
// folder that `site` wrote. Both are opened from disk. Each line says what was checked; the first failure ends it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "puppeteer-core";

const [firefox, report, site] = process.argv.slice(2);
if (!site) throw new Error("usage: node check.mjs FIREFOX REPORT SITE");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RECOGNISED = "2025-07-03"; // Russia is the first state to recognise
const BEFORE = "2025-07-02";

// One browser in the light scheme, one in the dark one.
const started = (scheme) => launch({
  browser: "firefox",
  executablePath: firefox,
  headless: true,
  extraPrefsFirefox: { "layout.css.prefers-color-scheme.content-override": scheme },
});
const [dark, light] = [await started(0), await started(1)];
console.log(`${await light.version()}, through WebDriver BiDi`);

// A page, with all that it said and asked for.
async function open(file, { hash = "", width = 1280, browser = light } = {}) {
  const page = await browser.newPage();
  await page.setViewport({ width, height: 900 });
  const said = [], asked = [];
  page.on("console", (line) => said.push(line.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(resolve(file)).href + hash, { waitUntil: "load" });
  const end = async () => {
    assert.deepEqual(said, [], `${file} says on the console`);
    const away = asked.filter((url) => !/^(file|data|about|blob):/.test(url));
    assert.deepEqual(away, [], `${file} asks for`);
    await page.close();
  };
  return { page, end };
}

const text = (page, selector) => page.$eval(selector, (one) => one.textContent.replace(/\s+/g, " ").trim());
const rows = (page) => page.$$eval("#table tbody tr", (all) => all.filter((row) => !row.hidden).length);
const stageOf = (page, code) => text(page, `#table tr[data-country="${code}"] .words`);

async function set(page, id, value) {
  await page.$eval(`#${id}`, (field, given) => {
    field.value = given;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }, value);
}

async function until(page, what, check, ...given) {
  await page.waitForFunction(check, { timeout: 10_000 }, ...given).catch(() => assert.fail(`not so: ${what}`));
}

async function accessible(page, file) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run();
    return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).slice(0, 3).join(", ")}`);
  });
  assert.deepEqual(found, [], `axe finds in ${file}`);
}

function done(what) {
  console.log(`  ${what}`);
}

// The table with its day, its address and its marks, on a report or on the index of a site.
async function standings(file, query) {
  console.log(file);
  let { page, end } = await open(file);
  assert.match(await text(page, "h1"), /Russia recognises the Taliban government/);
  const all = await rows(page);
  assert.ok(all > 5, `${all} rows`);
  done(`heading and ${all} rows`);

  const now = await stageOf(page, "RUS");
  assert.match(now, /^De jure recognition/i);
  await set(page, "day", BEFORE);
  await until(page, "the table follows the day", () =>
    /^delisted/i.test(document.querySelector('#table tr[data-country="RUS"] .words').textContent.trim()));
  await until(page, "the address follows the day", (day) => location.hash.includes(`on=${day}`), BEFORE);
  await page.focus("#day-range");
  await page.keyboard.press("ArrowRight");
  await until(page, "the slider moves the table", () =>
    /^de jure recognition/i.test(document.querySelector('#table tr[data-country="RUS"] .words').textContent.trim()));
  await until(page, "the slider moves the address", (day) => location.hash.includes(`on=${day}`), RECOGNISED);
  done("day, slider and address");
  await accessible(page, file);
  done("axe finds nothing");
  await end();

  ({ page, end } = await open(file, { hash: `#on=${BEFORE}` }));
  assert.equal(await page.$eval("#day", (field) => field.value), BEFORE);
  assert.match(await stageOf(page, "RUS"), /^delisted/i);
  await page.reload();
  assert.match(await stageOf(page, "RUS"), /^delisted/i);
  done("address opened, and kept on reload");
  await end();

  ({ page, end } = await open(file));
  await set(page, "q", query);
  await until(page, "the search leaves Russia alone", () => {
    const shown = [...document.querySelectorAll("#table tbody tr")].filter((row) => !row.hidden);
    return shown.map((row) => row.dataset.country).join() === "RUS";
  });
  done("search");
  await end();

  ({ page, end } = await open(file));
  let reached = "";
  for (let press = 0; press < 60 && !reached; press += 1) {
    await page.keyboard.press("Tab");
    reached = await page.evaluate(() => document.activeElement.closest("svg a")?.getAttribute("href") ?? "");
  }
  assert.ok(reached, "the Tab key reaches a mark of a drawing");
  await page.keyboard.press("ArrowRight");
  const next = await page.evaluate(() => document.activeElement.closest("svg a")?.getAttribute("href") ?? "");
  assert.ok(next && next !== reached, "an arrow key goes to the next mark");
  done("keyboard reaches the marks");
  await end();

  for (const [width, browser] of [[375, light], [768, dark], [1280, dark]]) {
    ({ page, end } = await open(file, { width, browser }));
    const isDark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
    assert.equal(isDark, browser === dark);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} px too wide at ${width}`);
    await accessible(page, file);
    await end();
  }
  done("axe and width at 375 px, at 768 px in the dark scheme, at 1280 px in the dark scheme");
}

try {
  await standings(report, `rus/${RECOGNISED}/recognise`);
  await standings(join(site, "index.html"), "russia");

  const country = join(site, "RUS.html");
  console.log(country);
  let { page, end } = await open(country, { hash: `#RUS/${RECOGNISED}/recognise` });
  assert.match(await text(page, "h1"), /Russia/);
  const top = await page.evaluate((id) => document.getElementById(id).getBoundingClientRect().top,
    `RUS/${RECOGNISED}/recognise`);
  assert.ok(top >= 0 && top < 900, `the entry stands at ${top} px`);
  done("link to an entry");
  await accessible(page, country);
  done("axe finds nothing");
  await end();

  const search = join(site, "search.html");
  console.log(search);
  ({ page, end } = await open(search));
  await set(page, "q", "recognised de jure");
  await until(page, "results", () => document.querySelectorAll("#results > li").length > 0);
  done("search of entries and sources");
  await end();

  for (const name of ["compare.html", "histories.html", "sources.html", "changes.html", "signals.html", "404.html"]) {
    ({ page, end } = await open(join(site, name)));
    await accessible(page, name);
    await end();
    console.log(`${name}: axe finds nothing, nothing on the console, no request leaves`);
  }
} finally {
  await Promise.all([light.close(), dark.close()]);
}
