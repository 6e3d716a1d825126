// The named places and drawn lines of a layer, asked for whole: nobody learns which of them is meant.

import { distanceInWords, directionInWords, metresFrom } from "./plan.js";
import { phrase } from "./markup.js";

const pages = 5;
const rings = {
  LineString: (coordinates) => [coordinates], MultiLineString: (coordinates) => coordinates, Polygon: (coordinates) => coordinates,
  MultiPolygon: (coordinates) => coordinates.flat(),
};

/**
 * {landmarks: [{name, at}], shapes: [{kind, rings}]}; empty where they cannot be had.
 * @param embed the key of the embed that shows the page: then only what shows on it.
 */
export async function groundOf({ layer, embed }) {
  const ground = { landmarks: [], shapes: [] };
  let address = `/collections/${encodeURIComponent(layer)}/items?f=geojson&limit=1000&properties=title,precision${embed ? `&embed=${embed}` : ""}`;
  try {
    for (let page = 0; address && page < pages; page++) {
      const answer = await fetch(address, { credentials: "omit" });
      if (!answer.ok) break;
      const found = await answer.json();
      found.features.forEach((feature) => add(feature, ground));
      const next = found.links?.find((link) => link.rel === "next")?.href;
      address = next && new URL(next).pathname + new URL(next).search;
    }
  } catch {
    // Without a network there are none; the other ways to say where remain.
  }
  ground.landmarks.sort((first, second) => first.name.localeCompare(second.name));
  return ground;
}

/** Only what shows exactly: an area that hides somebody's place is no landmark. */
function add({ geometry, properties }, ground) {
  if (!geometry || (properties.precision && properties.precision !== "exact")) return;
  if (geometry.type === "Point") {
    if (properties.title) ground.landmarks.push({ name: properties.title, at: geometry.coordinates.slice(0, 2) });
  } else if (rings[geometry.type]) {
    const kind = geometry.type.endsWith("Polygon") ? "shape" : "line";
    ground.shapes.push({ kind, rings: rings[geometry.type](geometry.coordinates) });
  }
}

/** Names of streets, squares, stations and venues, asked for whole and searched here; none where there is no file of them. */
export async function namesOfGround() {
  try {
    const answer = await fetch("/basemap/names.json", { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!answer.ok) return { names: [], attribution: "" };
    const { names, attribution } = await answer.json();
    return { attribution, names: names.map(([name, kind, longitude, latitude]) => ({ name, kind, at: [longitude, latitude] })) };
  } catch {
    return { names: [], attribution: "" };
  }
}

const folded = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

/** Those whose name holds all the words, whatever their case and accents; those that begin with them first. */
export function search(landmarks, words) {
  const wanted = folded(words).split(/\s+/).filter(Boolean);
  for (const landmark of landmarks) landmark.plain ??= folded(landmark.name);
  const found = landmarks.filter(({ plain }) => wanted.every((word) => plain.includes(word)));
  const begins = ({ plain }) => (wanted.length && plain.startsWith(wanted[0]) ? 0 : 1);
  return found.toSorted((first, second) => begins(first) - begins(second));
}

/** Where a place is, by the nearest landmark, for who does not see the plan. */
export function placeInWords(place, landmarks, start, words) {
  const away = (landmark) => Math.hypot(...metresFrom(landmark.at, place));
  const nearest = landmarks.reduce((best, one) => (!best || away(one) < away(best) ? one : best), undefined);
  const from = nearest ? metresFrom(nearest.at, place) : metresFrom(start, place);
  const metres = Math.hypot(...from);
  if (metres < 15) return nearest ? phrase(words.at, { place: nearest.name }) : words.atStart;
  const values = { distance: distanceInWords(metres, words), direction: directionInWords(from, words), place: nearest?.name };
  return phrase(nearest ? words.toThe : words.fromStart, values);
}
