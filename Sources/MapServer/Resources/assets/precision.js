// How finely a pin shows: the cells of `Sources/Projections/Cells`, reckoned on the phone before anything is sent.
// Longitude before latitude in degrees, northing before easting in metres; a cell goes by its name, such as
// CRS3035RES200mN2889400E3763600 (system, side, south-west corner).

import { planes } from "./equal-area.js";

const sides = [200, 1000, 2000, 4000, 8000, 16000, 32000];
const finest = { about: 200, wide: 1000 };
// Where places of each grid may lie: west, south, east, north.
const bounds = { 3035: [-124780, 131900, 7862637, 6013716], 6933: [-17367531, -7342231, 17367531, 7342231] };

const isInEurope = (longitude, latitude) => longitude >= -35 && longitude <= 45 && latitude >= 24 && latitude <= 73;
const nameOf = ({ grid, side, northing, easting }) => `CRS${grid}RES${side}mN${northing}E${easting}`;

function positionOn(grid, longitude, latitude) {
  const meridian = Math.abs(latitude) === 90 ? 0 : longitude === 180 ? -180 : longitude;
  return planes[grid].positionOf(meridian, latitude);
}

function placeOn(grid, position) {
  const [longitude, latitude] = planes[grid].placeAt(position);
  return [rounded(Math.min(Math.max(longitude, -180), 180)), rounded(Math.min(Math.max(latitude, -90), 90))];
}

/** Seven decimals of degrees, halves away from 0; never −0. */
function rounded(degrees) {
  const size = Math.round(Math.abs(degrees) * 1e7) / 1e7;
  return degrees < 0 && size > 0 ? -size : size;
}

function cellHolding(longitude, latitude, side) {
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) throw new RangeError("no longitude and latitude");
  const grid = isInEurope(longitude, latitude) ? 3035 : 6933;
  const [northing, easting] = positionOn(grid, longitude, latitude).map((metres) => Math.floor(metres / 200) * 200);
  return { grid, side, northing: Math.floor(northing / side) * side, easting: Math.floor(easting / side) * side };
}

function read(name) {
  const match = /^CRS(3035|6933)RES(\d{3,5})mN(0|-?[1-9]\d{0,7})E(0|-?[1-9]\d{0,7})$/.exec(name);
  const [grid, side, northing, easting] = (match ?? []).slice(1).map(Number);
  const [west, south, east, north] = bounds[grid] ?? [];
  const isCell =
    sides.includes(side) && northing % side === 0 && easting % side === 0 &&
    northing <= north && northing + side >= south && easting <= east && easting + side >= west;
  if (!isCell) throw new RangeError(`“${name}” names no cell`);
  return { grid, side, northing, easting };
}

/** The square as [south, west, north, east] in metres, cut off where the world's plane ends. */
function extentOf({ grid, side, northing, easting }) {
  const extent = [northing, easting, northing + side, easting + side];
  if (grid === 3035) return extent;
  const [north, east] = planes[grid].corner;
  return [Math.max(extent[0], -north), Math.max(extent[1], -east), Math.min(extent[2], north), Math.min(extent[3], east)];
}

function cornersOf(cell) {
  const [south, west, north, east] = extentOf(cell);
  return [[south, west], [south, east], [north, east], [north, west]];
}

const moved = (start, part, end) => start.map((value, axis) => value + (end[axis] - value) * part);

function sideOf(level) {
  if (!finest[level]) throw new RangeError(`“${level}” is neither about nor wide`);
  return finest[level];
}

/** The name of the cell in which a place shows at `about` (200 m) or `wide` (1 km). */
export function cellOf(longitude, latitude, level = "about") {
  return nameOf(cellHolding(longitude, latitude, sideOf(level)));
}

/** The cell of a pin that was in `old` and has been moved: `old` where the pin is within half a side of it. */
export function cellForMoved(longitude, latitude, old) {
  const cell = read(old);
  const [south, west, north, east] = extentOf(cell);
  const [northing, easting] = positionOn(cell.grid, longitude, latitude);
  const turns = cell.grid === 6933 ? [0, -2, 2].map((turn) => turn * planes[6933].corner[1]) : [0];
  const gap = (value, low, high) => Math.max(low - value, value - high, 0);
  const eastwards = Math.min(...turns.map((turn) => gap(easting + turn, west, east)));
  const northwards = gap(northing, south, north);
  // Not a number, which is no less than anything, at the place opposite to Europe.
  const isNear = Math.sqrt(northwards * northwards + eastwards * eastwards) <= cell.side / 2;
  return isNear ? old : nameOf(cellHolding(longitude, latitude, cell.side));
}

/** The cell in which a pin shows that is placed again: `old`, or one around it, within half a side of it. */
export function movedCell(longitude, latitude, level, old) {
  const fresh = cellOf(longitude, latitude, level);
  if (!old || read(old).side > sideOf(level) || cellForMoved(longitude, latitude, old) !== old) return fresh;
  return cellOf(...representative(old), level);
}

/** What may leave the phone of a pin placed again. It says no more than the cell before and the cell now. */
export function snapMoved(longitude, latitude, level, old) {
  if (!old || level === "exact" || level === "none") return snap(longitude, latitude, level);
  const name = movedCell(longitude, latitude, level, old);
  const centre = representative(name);
  if (name === old || cellForMoved(...centre, old) !== old) return centre;
  // The middle of the cell beside lies on the edge of what counts as not moved; a place farther from it does not.
  const cell = read(name);
  const corners = cornersOf(cell);
  const middle = moved(corners[0], 1 / 2, corners[2]);
  const places = corners.map((corner) => placeOn(cell.grid, moved(middle, 1 / 2, corner)));
  return places.find((place) => cellOf(...place, level) === name && cellForMoved(...place, old) !== old) ?? centre;
}

/** The area of a cell as the server publishes it: a GeoJSON Polygon. */
export function cellPolygon(name) {
  const cell = read(name);
  const pieces = cell.grid === 3035 ? Math.max(1, cell.side / 1000) : 1;
  const corners = cornersOf(cell);
  const ring = [placeOn(cell.grid, corners[0])];
  corners.forEach((start, index) => {
    const end = corners[(index + 1) % 4];
    for (let step = 1; step <= pieces; step++) ring.push(placeOn(cell.grid, moved(start, step / pieces, end)));
  });
  return { type: "Polygon", coordinates: [ring] };
}

/** [longitude, latitude] of a place that stands for a cell: its centre, but where the area of its grid ends inside. */
export function representative(name) {
  const cell = read(name);
  const corners = cornersOf(cell);
  const middle = moved(corners[0], 1 / 2, corners[2]);
  const centre = placeOn(cell.grid, middle);
  const holds = (place) => nameOf(cellHolding(...place, cell.side)) === name;
  if (holds(centre)) return centre;
  for (let part = 2; part <= 1024; part *= 2) {
    const place = corners.map((corner) => placeOn(cell.grid, moved(corner, 1 / part, middle))).find(holds);
    if (place) return place;
  }
  return centre;
}

/** What may leave the phone: the pin itself at `exact`, the cell's representative at `about` and `wide`, null at `none`. */
export function snap(longitude, latitude, level) {
  if (level === "none") return null;
  return level === "exact" ? [rounded(longitude), rounded(latitude)] : representative(cellOf(longitude, latitude, level));
}
