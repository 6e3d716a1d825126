// A small plan of somewhere: an area or a spot among the named places around it. Longitude before latitude; metres.

import { drawn, phrase } from "./markup.js";

const width = 360;
const height = 260;
// Of a sphere as large as the Earth; a plan of some kilometres needs no more.
const metresPerDegree = (Math.PI / 180) * 6371008.8;

/** How far east and north a place is of another. */
export function metresFrom([longitude, latitude], [toLongitude, toLatitude]) {
  const east = (((toLongitude - longitude + 540) % 360) - 180) * metresPerDegree * Math.cos((latitude * Math.PI) / 180);
  return [east, (toLatitude - latitude) * metresPerDegree];
}

/** The place so many metres east and north of another; poles and the antimeridian are not gone beyond. */
export function placeFrom([longitude, latitude], [east, north]) {
  const degrees = latitude + north / metresPerDegree;
  const along = longitude + east / (metresPerDegree * Math.max(Math.cos((latitude * Math.PI) / 180), 1e-6));
  return [((along + 540) % 360) - 180, Math.max(-89.9, Math.min(89.9, degrees))];
}

/** Metres in a reader's words. */
export function distanceInWords(metres, words) {
  const number = metres >= 950 ? Math.round(metres / 100) / 10 : Math.round(metres / 10) * 10;
  return phrase(metres >= 950 ? words.kilometres : words.metres, { number: number.toLocaleString(document.documentElement.lang) });
}

/** One of eight directions. */
export function directionInWords([east, north], words) {
  const names = ["east", "northEast", "north", "northWest", "west", "southWest", "south", "southEast"];
  return words[names[(Math.round(Math.atan2(north, east) / (Math.PI / 4)) + 8) % 8]];
}

/** The middle of a GeoJSON Point or Polygon. */
export function middleOf(geometry) {
  if (geometry.type === "Point") return geometry.coordinates;
  const ring = geometry.coordinates[0].slice(0, -1);
  return [0, 1].map((axis) => ring.reduce((sum, place) => sum + place[axis], 0) / ring.length);
}

/** How many metres a plan should be wide to show an area whole. */
export function reachOf(geometry) {
  if (geometry.type === "Point") return 600;
  const middle = middleOf(geometry);
  return 6.2 * Math.max(...geometry.coordinates[0].map((place) => Math.max(...metresFrom(middle, place).map(Math.abs))));
}

/**
 * The plan as an SVG element.
 * @param {{centre: number[], across: number, area?: object, ground: {landmarks: object[], shapes: object[]}, cross?: boolean, label: string, words: object}} plan
 *   area: the GeoJSON that will show; cross: whether a cross stands in the middle; across: metres from side to side.
 */
export function drawPlan({ centre, across, area, ground, cross, label, words }) {
  const scale = width / across;
  const at = (place) => {
    const [east, north] = metresFrom(centre, place);
    return [width / 2 + east * scale, height / 2 - north * scale];
  };
  const path = (places) => "M" + places.map((place) => at(place).map((value) => value.toFixed(1)).join(" ")).join("L");
  const svg = drawn("svg", { class: "plan", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  svg.append(drawn("rect", { class: "plan-ground", width, height }));
  for (const { rings, kind } of ground.shapes) {
    for (const ring of rings) svg.append(drawn("path", { class: `plan-${kind}`, d: path(ring) }));
  }
  if (area?.type === "Polygon") svg.append(drawn("path", { class: "plan-area", d: path(area.coordinates[0]) + "Z" }));
  named(svg, ground.landmarks, at);
  if (area?.type === "Point") {
    const [x, y] = at(area.coordinates);
    svg.append(drawn("circle", { class: "plan-spot", cx: x, cy: y, r: 7 }));
  }
  if (cross) {
    svg.append(drawn("path", { class: "plan-cross", d: `M${width / 2 - 16} ${height / 2}h32M${width / 2} ${height / 2 - 16}v32` }));
  }
  svg.append(...scaleBar(across, scale, words), ...northSign(words));
  return svg;
}

/** The places within the plan, the names of those that leave room for each other. */
function named(svg, landmarks, at) {
  const spots = landmarks.map(({ name, at: place }) => ({ name, x: at(place)[0], y: at(place)[1] }))
    .filter(({ x, y }) => x > 6 && x < width - 6 && y > 6 && y < height - 6);
  const taken = [[0, height - 34, width, height], [width - 28, 0, width, 44], ...spots.map(({ x, y }) => [x - 4, y - 4, x + 4, y + 4])];
  for (const { x, y } of spots) svg.append(drawn("circle", { class: "plan-landmark", cx: x, cy: y, r: 3.5 }));
  for (const { name, x, y } of spots) {
    const text = name.length > 24 ? `${name.slice(0, 23)}…` : name;
    const length = text.length * 7;
    const left = x + 12 + length > width ? x - 8 - length : x + 8;
    const box = [left, y - 9, left + length, y + 7];
    if (left < 2 || taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
    taken.push(box);
    svg.append(drawn("text", { class: "plan-name", x: left, y: y + 4 }, text));
  }
}

function scaleBar(across, scale, words) {
  const metres = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000].findLast((length) => length <= across / 3) ?? 20;
  const length = metres * scale;
  return [
    drawn("path", { class: "plan-scale", d: `M14 ${height - 20}v6h${length.toFixed(1)}v-6` }),
    drawn("text", { class: "plan-note", x: 18 + length, y: height - 12 }, distanceInWords(metres, words)),
  ];
}

const northSign = (words) => [
  drawn("path", { class: "plan-north", d: `M${width - 18} 26l6 -14l6 14l-6 -4z` }),
  drawn("text", { class: "plan-note", x: width - 12, y: 40, "text-anchor": "middle" }, words.northLetter),
];
