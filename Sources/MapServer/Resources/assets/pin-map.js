// The map on which somebody touches the spot. It asks for no tile finer than zoom 13, some three kilometres wide: who
// looks at requests does not learn where it is that they come close.

import { element } from "./markup.js";
import { cellOf, cellPolygon } from "./precision.js";

const finestTiles = 13;
const namesFrom = 15;

function library() {
  const load = (node) => new Promise((resolve, reject) => {
    Object.assign(node, { onload: resolve, onerror: () => reject(new Error("the map library does not load")) });
    document.head.append(node);
  });
  if (globalThis.maplibregl) return Promise.resolve();
  const script = element("script", { src: "/assets/maplibre-gl.js" });
  return Promise.all([load(script), load(element("link", { rel: "stylesheet", href: "/assets/map-library.css" }))]);
}

/** A colour of the page's own, by day or by night. */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const ours = (address) => new URL(address, location.href).pathname + new URL(address, location.href).search;

async function json(address) {
  const answer = await fetch(ours(address), { credentials: "omit" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

/** The style's ground. Of the layer itself only what the page has already is drawn, so that no tile of it is asked for. */
async function groundStyle(address, ground) {
  const style = await json(address);
  style.layers = style.layers.filter((layer) => layer.source !== "lieudit");
  delete style.sources.lieudit;
  for (const source of Object.values(style.sources)) {
    if (source.url) {
      const { tiles, minzoom, maxzoom, attribution } = await json(source.url);
      Object.assign(source, { tiles, minzoom, maxzoom, attribution });
      delete source.url;
    }
    if (source.tiles) {
      source.tiles = source.tiles.map((tile) => location.origin + decodeURI(ours(tile)));
      source.maxzoom = Math.min(source.maxzoom ?? finestTiles, finestTiles);
    }
  }
  const collection = (features) => ({ type: "geojson", data: { type: "FeatureCollection", features } });
  const feature = (type, coordinates) => ({ type: "Feature", properties: {}, geometry: { type, coordinates } });
  const shapes = ground.shapes.flatMap(({ kind, rings }) =>
    rings.map((ring) => feature(kind === "shape" ? "Polygon" : "LineString", kind === "shape" ? [ring] : ring)));
  Object.assign(style.sources, {
    drawn: collection(shapes), landmarks: collection(ground.landmarks.map(({ at }) => feature("Point", at))), chosen: collection([]),
  });
  style.layers.push(
    { id: "drawn", type: "line", source: "drawn", paint: { "line-color": colour("walk"), "line-width": 2, "line-dasharray": [2, 1.5] } },
    { id: "landmarks", type: "circle", source: "landmarks", paint: { "circle-radius": 5, "circle-color": colour("place"), "circle-stroke-color": colour("card"), "circle-stroke-width": 2 } },
    { id: "chosen-area", type: "fill", source: "chosen", paint: { "fill-color": colour("memory"), "fill-opacity": 0.18 } },
    { id: "chosen-edge", type: "line", source: "chosen", paint: { "line-color": colour("memory"), "line-width": 2 } },
  );
  return style;
}

/** Opens the map in a container, under a title for who cannot see it. `touched` gets each spot, [longitude, latitude]. */
export async function mapForPinning({ container, title, settings, start, ground, touched }) {
  const [style] = await Promise.all([groundStyle(matchMedia("(prefers-color-scheme: dark)").matches ? settings.night : settings.style, ground), library()]);
  container.hidden = false;
  const map = new maplibregl.Map({
    container, style, center: start, zoom: 14, maxZoom: 19, dragRotate: false, pitchWithRotate: false, touchPitch: false,
    attributionControl: { compact: false, customAttribution: "Lieudit" }, locale: { "Map.Title": title },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  await map.once("load");
  for (const { name, at } of ground.landmarks.slice(0, 80)) {
    new maplibregl.Marker({ element: element("span", { class: "pin-name", dir: "auto" }, name), anchor: "top", offset: [0, 6] }).setLngLat(at).addTo(map);
  }
  const nameSpots = () => container.classList.toggle("shows-names", map.getZoom() >= namesFrom);
  map.on("zoom", nameSpots);
  nameSpots();
  const pin = new maplibregl.Marker({ color: colour("memory") });
  map.on("click", ({ lngLat }) => {
    const { lng, lat } = lngLat.wrap();
    pin.setLngLat([lng, lat]).addTo(map);
    map.getSource("chosen").setData(cellPolygon(cellOf(lng, lat)));
    touched([lng, lat]);
  });
  return map;
}
