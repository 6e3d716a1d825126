// Positions, boxes and distances of GeoJSON geometries, longitude before latitude; distances in metres.

const radius = 6371008.8; // Mean radius of the Earth, IUGG.
const radians = (degrees) => (degrees * Math.PI) / 180;

/** Every [longitude, latitude] of a geometry. */
export function positions({ coordinates, geometries = [] }) {
  const flat = (part) => (typeof part[0] === "number" ? [part.slice(0, 2)] : part.flatMap(flat));
  return coordinates ? flat(coordinates) : geometries.flatMap(positions);
}

/** West, south, east, north of a geometry that does not cross the 180th meridian. */
export function boxOf(geometry) {
  const all = positions(geometry);
  const [longitudes, latitudes] = [all.map(([longitude]) => longitude), all.map(([, latitude]) => latitude)];
  const least = (numbers) => numbers.reduce((a, b) => Math.min(a, b));
  const greatest = (numbers) => numbers.reduce((a, b) => Math.max(a, b));
  return [least(longitudes), least(latitudes), greatest(longitudes), greatest(latitudes)];
}

/** The centre of the tile of a zoom that holds a position: all that a server may know of where a visitor is. */
export function tileCentre([longitude, latitude], zoom = 13) {
  const tiles = 2 ** zoom;
  const kept = Math.max(-85.0511, Math.min(85.0511, latitude));
  const column = Math.min(tiles - 1, Math.floor(((longitude + 180) / 360) * tiles));
  const row = Math.min(tiles - 1, Math.floor(((1 - Math.asinh(Math.tan(radians(kept))) / Math.PI) / 2) * tiles));
  const middle = Math.atan(Math.sinh(Math.PI * (1 - (2 * (row + 0.5)) / tiles)));
  return [((column + 0.5) / tiles) * 360 - 180, (middle * 180) / Math.PI].map((degrees) => Number(degrees.toFixed(6)));
}

/** On the sphere, between two positions (haversine). */
export function metres([west, south], [east, north]) {
  const part = Math.sin(radians(north - south) / 2) ** 2
    + Math.cos(radians(south)) * Math.cos(radians(north)) * Math.sin(radians(east - west) / 2) ** 2;
  return 2 * radius * Math.asin(Math.sqrt(part));
}

/** From a position to the nearest of a geometry; 0 inside an area. Good to some per mille within a town. */
export function metresTo(here, geometry) {
  if (geometry.type === "GeometryCollection") return Math.min(...geometry.geometries.map((part) => metresTo(here, part)));
  if (/Point$/.test(geometry.type)) return Math.min(...positions(geometry).map((position) => metres(here, position)));
  const depth = { LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 }[geometry.type];
  const lines = [geometry.coordinates].flat(depth - 1);
  const chains = depth === 1 ? [geometry.coordinates] : lines;
  if (/Polygon$/.test(geometry.type) && isInside(here, chains)) return 0;
  return Math.min(...chains.flatMap((chain) => chain.slice(1).map((end, index) => metresToSegment(here, chain[index], end))));
}

/** Even-odd over all rings at once: a hole is outside. */
function isInside([x, y], rings) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 1) {
      const [[x1, y1], [x2, y2]] = [ring[i - 1], ring[i]];
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
    }
  }
  return inside;
}

function metresToSegment(here, start, end) {
  const narrow = Math.cos(radians(here[1]));
  const flat = ([longitude, latitude]) => [(longitude - here[0]) * narrow, latitude - here[1]];
  const [[x1, y1], [x2, y2]] = [flat(start), flat(end)];
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const along = length ? Math.max(0, Math.min(1, -(x1 * (x2 - x1) + y1 * (y2 - y1)) / length)) : 0;
  return radians(Math.hypot(x1 + along * (x2 - x1), y1 + along * (y2 - y1))) * radius;
}
