// The map itself: the library, loaded only when the map is wanted, and a style of ours on our own tiles.

import { json, ours, withParameters } from "./addresses.js";

export const closest = 17; // One more than the last zoom of clusters: there each point stands for itself.
const dark = matchMedia("(prefers-color-scheme: dark)");
const strong = matchMedia("(prefers-contrast: more)");
const still = matchMedia("(prefers-reduced-motion: reduce)");

function library() {
  const load = (node) => new Promise((resolve, reject) => {
    Object.assign(node, { onload: resolve, onerror: () => reject(new Error("the map library does not load")) });
    document.head.append(node);
  });
  const [script, sheet] = [document.createElement("script"), document.createElement("link")];
  script.src = new URL("maplibre-gl.js", import.meta.url);
  Object.assign(sheet, { rel: "stylesheet", href: new URL("map-library.css", import.meta.url) });
  return Promise.all([load(script), load(sheet)]);
}

/** Where the style for the light there is stands. */
function styleAddress({ dataset: { nightStyle, contrastStyle, style } }) {
  return (dark.matches && nightStyle) || (strong.matches && contrastStyle) || style;
}

/** The style for the light there is, its tiles showing what is asked. */
async function styleFor(section, question) {
  const address = styleAddress(section);
  section.dataset.drawn = address;
  const style = await json(address);
  for (const source of Object.values(style.sources)) if (source.url) source.url = tiles(source.url, question);
  return section.dataset.named ? style : withoutNames(style);
}

/**
 * Letters weigh more than all else that the first look needs: names on the map are drawn once somebody turns to it.
 * What says a number comes with the rest.
 */
const isName = ({ layout }) => layout?.["text-field"] !== undefined && !layout["text-font"]?.includes("Lieudit Numbers");

function withoutNames(style) {
  for (const layer of style.layers.filter(isName)) layer.layout.visibility = "none";
  return style;
}

/** Draws the names as soon as a pointer, a finger or the keyboard comes to the map, or paper is asked for. */
function nameWhenTurnedTo(section, map) {
  const signs = ["pointerenter", "pointerdown", "focusin", "wheel"];
  const show = () => {
    for (const sign of signs) section.removeEventListener(sign, show);
    removeEventListener("beforeprint", show);
    section.dataset.named = "yes";
    for (const layer of map.getStyle().layers.filter(isName)) map.setLayoutProperty(layer.id, "visibility", "visible");
  };
  for (const sign of signs) section.addEventListener(sign, show, { passive: true });
  addEventListener("beforeprint", show);
}

/** The address of a source of ours with the filters; a basemap's stays as it is. */
function tiles(address, question) {
  return /\/xyz\/[^/]+\.json/.test(address) ? withParameters(address, question) : ours(address);
}

/** West, south, east, north of a text such as a data attribute; undefined for none. */
export function boxIn(text) {
  const box = (text ?? "").split(",").map(Number);
  return box.length === 4 ? box : undefined;
}

function start(section) {
  const box = boxIn(section.dataset.bounds);
  if (!box) return { center: [0, 20], zoom: 1 };
  return { bounds: eastward(box), fitBoundsOptions: { padding: 48, maxZoom: 16 } };
}

/** A box across the 180th meridian goes on to the east. */
export const eastward = ([west, south, east, north]) => [[west, south], [east < west ? east + 360 : east, north]];

/**
 * @param view where the address says that it looks; undefined to look at all there is.
 * @param gestures what a map says that leaves a single finger and the wheel to the page around it; undefined for one that does not.
 */
export async function drawGround(section, { view, question, words, gestures }) {
  // Where the map has been asked for, it is what somebody looks at.
  if (document.body.classList.contains("map-open")) section.dataset.named = "yes";
  const [style] = await Promise.all([styleFor(section, question), library()]);
  const map = new maplibregl.Map({
    container: section.querySelector(".ground"), style, ...(view ?? start(section)),
    locale: { "Map.Title": words.mapTitle, "NavigationControl.ZoomIn": words.zoomIn, "NavigationControl.ZoomOut": words.zoomOut, ...gestures },
    cooperativeGestures: Boolean(gestures),
    transformRequest: (address) => ({ url: ours(address) }),
    attributionControl: { compact: false, customAttribution: "Lieudit" },
    // So that what is drawn can be printed.
    canvasContextAttributes: { preserveDrawingBuffer: true },
    dragRotate: false, pitchWithRotate: false, touchPitch: false, maxZoom: 20, fadeDuration: still.matches ? 0 : 300,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibregl.ScaleControl({ unit: "metric" }), "bottom-left");
  await map.once("load");
  if (!section.dataset.named) nameWhenTurnedTo(section, map);
  return map;
}

/** Shows other features on the same map. */
export function ask(map, question) {
  for (const id of Object.keys(map.getStyle().sources)) {
    const source = map.getSource(id);
    if (source.url && /\/xyz\/[^/]+\.json/.test(source.url)) source.setUrl(tiles(source.url, question));
  }
}

/** Calls back when the light changes, with the style for it. */
export function followLight(section, map, question, changed) {
  let last = 0; // Of several changes in a row the last one counts, whichever style comes first.
  const renew = async () => {
    const number = (last += 1);
    const style = await styleFor(section, question());
    if (number !== last) return;
    map.setStyle(style);
    map.once("idle", changed);
  };
  for (const light of [dark, strong]) light.addEventListener("change", renew);
  // It may have changed while the map was on its way.
  if (section.dataset.drawn !== styleAddress(section)) renew();
}

/** The box that the map shows, within ±180°. */
export function shownBox(map) {
  const bounds = map.getBounds();
  const [south, north] = [Math.max(-90, bounds.getSouth()), Math.min(90, bounds.getNorth())];
  if (bounds.getEast() - bounds.getWest() >= 360) return [-180, south, 180, north];
  const wrapped = (degrees) => ((((degrees + 180) % 360) + 360) % 360) - 180;
  return [wrapped(bounds.getWest()), south, wrapped(bounds.getEast()), north];
}

export const isWithin = (box, [west, south, east, north]) => {
  const [left, bottom, right, top] = box;
  const isWide = left <= right ? west >= left && east <= right : west >= left || east <= right;
  return isWide && south >= bottom && north <= top;
};
