// Make src/recognition_model/plots/map.json: the shapes of countries, projected once.
//
//     npm ci --prefix tools/map && node tools/make_map.mjs [FILE]
//
// At build time only. It reads Natural Earth (public domain) from the package world-atlas and
// writes paths of straight lines that matplotlib and browsers draw with no library. The same input
// gives the same bytes. `nox -s map` compares them with the file in the repository.
//
// Natural Earth draws boundaries as they are controlled. In its data Crimea is a polygon of Russia.
// This script moves it to Ukraine, whose borders the General Assembly of the United Nations affirmed in
// resolution 68/262, and stops unless it finds exactly one such polygon. All other boundaries are unchanged.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const HERE = new URL("map/", import.meta.url);
const require = createRequire(new URL("package.json", HERE));
const d3 = await import(require.resolve("d3-geo"));
const { feature, merge } = await import(require.resolve("topojson-client"));
const TARGET = fileURLToPath(new URL("../src/recognition_model/plots/map.json", import.meta.url));

const CODES = json(new URL("codes.json", HERE)); // ISO 3166-1: number to alpha-3
// Shapes without a number. Only Kosovo has a code (XKX, user-assigned); the others keep words.
const WITHOUT_NUMBER = { Kosovo: "XKX", Somaliland: "somaliland", "N. Cyprus": "north-cyprus" };
// Places with an ISO code that Natural Earth draws as part of a state, or without a number: near
// which point their largest polygon lies. Cocos and Christmas Island are one shape.
const PARTS = {
  BES: [-68.3, 12.2],
  BVT: [3.4, -54.4],
  CCK: [96.8, -12.2],
  CXR: [105.6, -10.5],
  GLP: [-61.5, 16.2],
  GUF: [-53.2, 4.0],
  MTQ: [-61.0, 14.7],
  MYT: [45.1, -12.8],
  REU: [55.5, -21.1],
  SJM: [17.0, 78.5],
  TKL: [-171.8, -9.2],
};
const ANTARCTICA = "ATA"; // left out: it would take a fifth of the height
const CRIMEA = [34.3, 45.3];
const [RUSSIA, UKRAINE] = ["643", "804"];

const WIDTH = 1000; // of both maps
const SMALL = 9.6; // 1.5 mm on a map of 156 mm: a shape that is smaller gets a dot as well

const world = d3.geoEqualEarth().rotate([-11, 0]);
const region = d3.geoAzimuthalEqualArea().rotate([-62, -38]).clipAngle(60);
// The window of the region, on the meridian and the parallel of its centre.
const REGION = { west: 13, east: 111, south: 5, north: 58 };

const atlas = json(require.resolve("world-atlas/countries-110m.json"));
const version = json(require.resolve("world-atlas/package.json")).version;
const shapes = shapesOf(atlas);
const points = pointsOf(shapes);

fit(world, { type: "GeometryCollection", geometries: [...shapes.values(), multipoint(points)] });
const height = fitRegion();
const made = {
  format: "recognition-map/1",
  title: "Countries of the world, projected",
  source: `Natural Earth 1:110m (public domain), through world-atlas ${version}`,
  notes: [
    "Boundaries imply no position on the status of a territory.",
    "Natural Earth draws Crimea as a part of Russia. It is moved to Ukraine here.",
    "Antarctica is left out.",
    "Keys are ISO 3166-1 alpha-3 codes and XKX for Kosovo; somaliland and north-cyprus have no code.",
    "Paths have the commands M, L and Z. A dot stands where a place has no shape or a small one.",
  ],
  world: {
    projection: "Equal Earth, central meridian 11 E",
    ...drawn(world, northToSouth(world), false),
  },
  region: {
    projection: "Azimuthal equal-area, centred on 62 E 38 N",
    ...drawn(region, height, true),
  },
};
const target = process.argv[2] ?? TARGET;
const text = written(made);
writeFileSync(target, text);
console.log(`Natural Earth draws Crimea as a part of Russia: moved its polygon to Ukraine.`);
for (const name of ["world", "region"]) {
  const { paths, dots } = made[name];
  console.log(`${name}: ${Object.keys(paths).length} shapes, ${Object.keys(dots).length} dots`);
}
console.log(`${target}: ${Buffer.byteLength(text)} bytes`);

function json(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** The shape of each place by its key, with Crimea in Ukraine. */
function shapesOf(topology) {
  const geometries = topology.objects.countries.geometries;
  const [russia, ukraine] = [RUSSIA, UKRAINE].map((id) => geometries.find((one) => one.id === id));
  const polygons = (one) => (one.type === "Polygon" ? [one.arcs] : one.arcs);
  const isCrimea = (arcs) =>
    d3.geoContains(feature(topology, { type: "Polygon", arcs }), CRIMEA);
  const crimea = polygons(russia).filter(isCrimea);
  if (crimea.length !== 1) throw new Error(`expected one polygon of Crimea, found ${crimea.length}`);
  const without = polygons(russia).filter((arcs) => !isCrimea(arcs));
  const found = new Map();
  for (const one of geometries) {
    const key = CODES[one.id] ?? WITHOUT_NUMBER[one.properties.name];
    if (!key) throw new Error(`no code for ${one.properties.name}`);
    if (found.has(key)) throw new Error(`two shapes of ${key}`);
    if (key === ANTARCTICA) continue;
    if (one === russia) {
      found.set(key, feature(topology, { type: "MultiPolygon", arcs: without }).geometry);
    } else if (one === ukraine) {
      const parts = [...polygons(ukraine), ...crimea];
      found.set(key, merge(topology, parts.map((arcs) => ({ type: "Polygon", arcs }))));
    } else {
      found.set(key, feature(topology, one).geometry);
    }
  }
  return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Where a place without a shape lies, by its code: the middle of its largest polygon. */
function pointsOf(shapes) {
  const finer = ["50m", "10m"].map((scale) => {
    const topology = json(require.resolve(`world-atlas/countries-${scale}.json`));
    return feature(topology, topology.objects.countries).features;
  });
  const every = finer[1].flatMap(polygonsOf);
  const found = {};
  for (const [number, code] of Object.entries(CODES)) {
    if (shapes.has(code) || code === ANTARCTICA) continue;
    if (code in PARTS) {
      found[code] = nearest(every, PARTS[code], code);
      continue;
    }
    const same = (one) => one.id === number;
    const drawn = finer.map((features) => features.filter(same)).find((some) => some.length);
    if (!drawn) throw new Error(`no shape of ${code} at any scale`);
    found[code] = d3.geoCentroid(largest(drawn.flatMap(polygonsOf), d3.geoArea));
  }
  return found;
}

function polygonsOf({ geometry }) {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return parts.map((coordinates) => ({ type: "Polygon", coordinates }));
}

function largest(some, size) {
  return some.reduce((best, one) => (size(one) > size(best) ? one : best));
}

/** The middle of the largest polygon within a degree and a half of a point. */
function nearest(every, point, code) {
  const near = every.filter((one) => d3.geoDistance(d3.geoCentroid(one), point) < Math.PI / 120);
  if (!near.length) throw new Error(`no polygon near ${code}`);
  return d3.geoCentroid(largest(near, d3.geoArea));
}

function multipoint(points) {
  return { type: "MultiPoint", coordinates: Object.values(points) };
}

function fit(projection, whole) {
  const margin = SMALL / 2;
  projection.fitExtent([[margin, 0], [WIDTH - margin, WIDTH]], whole);
  const [[, top]] = d3.geoPath(projection).bounds(whole);
  const [x, y] = projection.translate();
  projection.translate([x, y - top + margin]);
}

function northToSouth(projection) {
  const geometries = [...shapes.values(), multipoint(points)];
  const [, [, low]] = d3.geoPath(projection).bounds({ type: "GeometryCollection", geometries });
  return round(low + SMALL / 2);
}

/** Scale the map of the region so that its window has the width, clip it, return the height. */
function fitRegion() {
  const corners = [[REGION.west, 38], [REGION.east, 38], [62, REGION.south], [62, REGION.north]];
  region.fitWidth(WIDTH, { type: "MultiPoint", coordinates: corners });
  const [left, , low, top] = corners.map((corner) => region(corner));
  const [x, y] = region.translate();
  region.translate([x - left[0], y - top[1]]);
  const tall = round(low[1] - top[1]);
  region.clipExtent([[0, 0], [WIDTH, tall]]);
  return tall;
}

/** The paths and dots of a map. With `cut`, what lies outside is left out. */
function drawn(projection, height, cut) {
  const paths = {};
  const dots = {};
  for (const [key, shape] of shapes) {
    const rings = ringsOf(projection, shape);
    if (!rings.length) continue;
    paths[key] = rings.map((ring) => `M${ring.map((at) => at.join(",")).join("L")}Z`).join("");
    const ring = largest(rings, (one) => Math.abs(area(one)));
    if (!touchesEdge(ring, height) && across(ring) < SMALL && key.length === 3) dots[key] = middle(ring);
  }
  for (const [code, point] of Object.entries(points)) {
    const at = projection(point);
    const [room, margin] = [[WIDTH, height], SMALL / 2 - 0.1];
    const inside = at?.every((value, axis) => value >= margin && value <= room[axis] - margin);
    if (inside) dots[code] = at.map(round);
    else if (!cut) throw new Error(`${code} lies outside the map`);
  }
  const sorted = Object.fromEntries(Object.entries(dots).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { width: WIDTH, height, paths, dots: sorted };
}

/** The rings of a projected shape as rounded points, without repeated points and empty rings. */
function ringsOf(projection, shape) {
  const rings = [];
  const context = {
    moveTo: (x, y) => rings.push([[round(x), round(y)]]),
    lineTo: (x, y) => rings.at(-1).push([round(x), round(y)]),
    closePath: () => {},
  };
  d3.geoPath(projection, context)(shape);
  const same = ([x, y], [u, v]) => x === u && y === v;
  return rings
    .map((ring) => ring.filter((at, index) => !same(at, ring.at(index - 1))))
    .filter((ring) => ring.length > 2);
}

function round(value) {
  return Math.round(value * 10) / 10;
}

function area(ring) {
  return ring.reduce((sum, [x, y], i) => {
    const [u, v] = ring.at(i - 1);
    return sum + u * y - x * v;
  }, 0) / 2;
}

function middle(ring) {
  let [sum, x, y] = [0, 0, 0];
  ring.forEach(([a, b], i) => {
    const [u, v] = ring.at(i - 1);
    const cross = u * b - a * v;
    sum += cross;
    x += (u + a) * cross;
    y += (v + b) * cross;
  });
  return [round(x / (3 * sum)), round(y / (3 * sum))];
}

/** How large a ring looks: the side of a square as large as the box around it. */
function across(ring) {
  const [wide, high] = [0, 1].map((axis) => {
    const values = ring.map((at) => at[axis]);
    return Math.max(...values) - Math.min(...values);
  });
  return Math.sqrt(wide * high);
}

function touchesEdge(ring, height) {
  return ring.some(([x, y]) => x <= 0 || y <= 0 || x >= WIDTH || y >= height);
}

/** JSON with a line for each shape. */
function written(value) {
  const lines = JSON.stringify(value, null, 1).split("\n").map((line) => line.trim());
  return lines
    .join("\n")
    .replace(/\[\n([-\d.]+),\n([-\d.]+)\n\]/g, "[$1,$2]")
    .replace(/": /g, '":')
    .concat("\n");
}
