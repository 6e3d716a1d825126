// The map of a layer's page, for those who want it. The list works without it, and whatever fails here leaves it as it is.
// What people wrote reaches the page through `textContent` or a copy of the list's own nodes, never as HTML.

import { timeInWords } from "./words.js";

const section = document.querySelector("#carte");
const words = JSON.parse(section.dataset.words);
const language = document.documentElement.lang;
const inWords = (edtf) => timeInWords(edtf, words.time, language);
const page = document.querySelector("#page");
const list = page.querySelector(".items");
const panel = section.querySelector(".panel");
const names = section.querySelector(".names");
const openLink = document.querySelector(".open");
const closeButton = section.querySelector(".back");
const wide = matchMedia("(min-width: 48rem)");
const mouse = matchMedia("(hover: hover)"); // A touch feigns a mouse that then stays where it was.
const closest = 17; // One more than the last zoom of clusters: there each point stands for itself.
const locale = {
  "Map.Title": words.map.mapTitle,
  "NavigationControl.ZoomIn": words.map.zoomIn,
  "NavigationControl.ZoomOut": words.map.zoomOut,
};

let map; // Undefined until it has been seen once.
let drawing;
let chosen; // A spot: {id, text, at}. Its name is always shown, and that of the one under the mouse.
let hovered;
let opener; // What has led from the list to the map on a narrow screen, and gets the focus back.

// Addresses

/** The same address at the host that served this page: the map asks nobody else, whatever a style says. */
function ours(address) {
  const url = new URL(address, location.href);
  return url.protocol.startsWith("http") ? location.origin + url.pathname + url.search : address;
}

/** The map shows what the list was asked for. */
function asked(address) {
  const url = new URL(ours(address));
  const here = new URLSearchParams(location.search);
  for (const name of ["kind", "theme", "datetime", "q"]) if (here.get(name)) url.searchParams.set(name, here.get(name));
  return url.href;
}

async function json(address) {
  const answer = await fetch(ours(address));
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

const item = (id) => json(`/collections/${section.dataset.layer}/items/${encodeURIComponent(id)}`);

/** The view that the fragment holds, `#carte=zoom/longitude/latitude`; a fragment, unlike a query, is never sent. */
function view() {
  const [, zoom, longitude, latitude] = /^#carte=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(location.hash) ?? [];
  return Math.abs(latitude) <= 85 ? { zoom: +zoom, center: [+longitude, +latitude] } : undefined;
}

function keepView() {
  if (!wide.matches && !document.body.classList.contains("map-open")) return;
  const { lng, lat } = map.getCenter().wrap();
  history.replaceState(history.state, "", `#carte=${map.getZoom().toFixed(2)}/${lng.toFixed(5)}/${lat.toFixed(5)}`);
}

// Words

function element(tag, className, text) {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  node.dir = "auto";
  return node;
}

/** A contribution that is not on this page of the list. */
function written({ kind, title, when, text, author }) {
  const node = element("article", "", "");
  node.dataset.kind = kind;
  node.append(element("p", "kind", words.kinds[kind] ?? kind), element("h3", title ? "" : "untitled", title || words.map.untitled));
  if (when) node.firstChild.append(element("span", "when", inWords(when)));
  if (text) node.append(element("p", "text", text));
  if (author) node.append(element("p", "author", author));
  return node;
}

function copied(article) {
  const node = article.cloneNode(true);
  for (const name of ["id", "tabindex", "class", "aria-labelledby", "aria-current"]) node.removeAttribute(name);
  const heading = node.querySelector("h3");
  // On the page of one contribution its title stands above the list.
  if (heading) heading.removeAttribute("id");
  else node.querySelector(".kind").after(element("h3", "", document.getElementById(`t-${article.id.slice(2)}`).textContent));
  const link = element("a", "more", words.map.readInList);
  link.href = `#${article.id}`;
  node.querySelector(".show").replaceWith(link);
  return node;
}

// Choosing

const article = (id) => document.getElementById(`c-${id}`);
const nameOf = ({ title, text }) => title || (text ?? "").slice(0, 60) || words.map.untitled;

function mark(id, state) {
  const layer = map?.getLayer("points-touch");
  if (layer && id) map.setFeatureState({ source: layer.source, sourceLayer: layer.sourceLayer, id }, state);
}

/** Marks one contribution in the list and on the map, or none. */
function choose(spot) {
  for (const [id, isChosen] of [[chosen?.id, false], [spot?.id, true]]) {
    mark(id, { selected: isChosen });
    article(id)?.classList.toggle("is-chosen", isChosen);
    article(id)?.setAttribute("aria-current", isChosen);
  }
  chosen = spot;
  panel.hidden = true;
  if (map) nameSpots();
}

function hover(spot) {
  if (spot?.id === hovered?.id) return;
  mark(hovered?.id, { hover: false });
  hovered = spot;
  mark(spot?.id, { hover: true });
  if (map) nameSpots();
}

/** From the map to the words: in the list when it stands beside the map, else in the panel. */
async function read(spot) {
  choose(spot);
  const { id } = spot;
  const here = article(id);
  if (here && wide.matches) {
    here.scrollIntoView({ block: "center" });
    here.focus({ preventScroll: true });
    return;
  }
  const node = here ? copied(here) : await item(id).then(({ properties }) => written(properties),
    () => element("p", "empty", words.map.unreadable));
  if (chosen !== spot) return;
  panel.querySelector(".chosen").replaceChildren(node);
  panel.hidden = false;
  panel.scrollTop = 0;
  panel.focus({ preventScroll: true });
  if (!wide.matches) map.easeTo({ center: spot.at, offset: [0, -panel.offsetHeight / 2] });
}

function closePanel() {
  choose();
  map.getCanvas().focus();
}

function positions({ coordinates, geometries = [] }) {
  const flat = (part) => (typeof part[0] === "number" ? [part.slice(0, 2)] : part.flatMap(flat));
  return coordinates ? flat(coordinates) : geometries.flatMap(positions);
}

/** Where a contribution is: the box around it, and its spot; undefined for one that stands nowhere. */
async function placed(id) {
  const feature = await item(id).catch(() => undefined);
  if (!feature?.geometry) return undefined;
  const box = positions(feature.geometry).reduce((box, position) => box.extend(position), new maplibregl.LngLatBounds());
  return { box, spot: { id, text: nameOf(feature.properties), at: box.getCenter() } };
}

/** From the list to the map. */
async function find(button) {
  if (!wide.matches) {
    opener = button;
    location.hash = "carte";
  }
  await drawn();
  const place = map && await placed(button.dataset.item);
  if (!place) return;
  choose(place.spot);
  map.fitBounds(place.box, { maxZoom: closest, padding: 70 });
}

/** What a finger means: the nearest point or cluster, else a walk, else an area. Of points one on the other, the next. */
function touched({ x, y }) {
  const under = (layers, reach) => map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]],
    { layers: layers.filter((id) => map.getLayer(id)) });
  const points = [...under(["points-touch"], 0), ...under(["clusters"], 10)].map((feature) => {
    const places = positions(feature.geometry).map((position) => map.project(position));
    return { feature, far: Math.min(...places.map((at) => Math.hypot(at.x - x, at.y - y))) };
  }).sort((a, b) => a.far - b.far);
  const same = points.filter(({ far }) => far < points[0].far + 1).map(({ feature }) => feature);
  const next = same.findIndex(({ properties }) => properties.id === chosen?.id) + 1;
  return same[next] ?? same[0] ?? under(["walks-touch"], 0)[0] ?? under(["cells-fill", "areas-fill"], 0)[0];
}

// Names

/** What is named on the map: where, and how far its sign reaches in pixels; a cluster's as in the style. */
const spotOf = ({ properties, geometry }, place) => ({
  id: properties.id ?? properties.cluster_id,
  text: properties.cluster ? `× ${properties.point_count.toLocaleString(language)}` : nameOf(properties),
  reach: properties.cluster ? 14 + 7 * Math.log10(properties.point_count) : 11,
  at: geometry.type === "Point" ? geometry.coordinates : place ?? positions(geometry)[0],
});

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
const isLoud = ({ id }) => id === chosen?.id || id === hovered?.id;

/** Names beside the signs, in the page's letters, since the map has none. One that would cover another is left out. */
function nameSpots() {
  const layers = ["clusters", "points-touch"].filter((id) => map.getLayer(id));
  const drawn = map.queryRenderedFeatures({ layers }).map((feature) => spotOf(feature));
  const pinned = [chosen, hovered].filter((spot) => spot?.at);
  const spots = [...new Map([...drawn, ...pinned].map((spot) => [spot.id, spot])).values()].slice(0, 200)
    .sort((a, b) => isLoud(b) - isLoud(a) || (`${a.id}` < `${b.id}` ? -1 : 1));
  const labels = spots.map((spot) => Object.assign(element("span", isLoud(spot) ? "is-loud" : "", spot.text), { spot }));
  names.replaceChildren(...labels);
  const taken = spots.map(({ at, reach }) => [map.project(at), reach])
    .map(([{ x, y }, reach]) => [x - reach, y - reach, x + reach, y + reach]);
  const sizes = labels.map(({ offsetWidth, offsetHeight }) => [offsetWidth, offsetHeight]);
  labels.forEach((label, index) => {
    const side = freeSide(label, ...sizes[index], taken);
    if (side) Object.assign(label, { className: `${label.className} ${side.name}`, shift: side.shift });
    else label.remove();
  });
  moveNames();
}

/** Where a name goes beside its sign: right, left, below or above, the first that is free. A loud one always finds room. */
function freeSide({ spot }, width, height, taken) {
  const { x, y } = map.project(spot.at);
  const far = (spot.reach ?? 11) + 3;
  const sides = [
    { name: "to-the-right", shift: [far, -height / 2] },
    { name: "to-the-left", shift: [-far - width, -height / 2] },
    { name: "below", shift: [-width / 2, far - 2] },
    { name: "above", shift: [-width / 2, 2 - far - height] },
  ];
  const boxes = sides.map(({ shift: [right, down] }) => [x + right, y + down, x + right + width, y + down + height]);
  const isInside = ([left, , right]) => left > 0 && right < names.clientWidth;
  let free = boxes.findIndex((box) => isInside(box) && !taken.some((other) => overlap(box, other)));
  if (free < 0 && isLoud(spot)) free = Math.max(boxes.findIndex(isInside), 0);
  if ((x < 0 || x > names.clientWidth) && !isLoud(spot)) return undefined;
  if (free >= 0) taken.push(boxes[free]);
  return sides[free];
}

function moveNames() {
  for (const label of names.children) {
    const { x, y } = map.project(label.spot.at);
    label.style.transform = `translate(${Math.round(x + label.shift[0])}px, ${Math.round(y + label.shift[1])}px)`;
  }
}

// Drawing

function library() {
  const load = (node) => new Promise((resolve, reject) => {
    Object.assign(node, { onload: resolve, onerror: () => reject(new Error("the map library does not load")) });
    document.head.append(node);
  });
  const [script, sheet] = [document.createElement("script"), document.createElement("link")];
  script.src = new URL("maplibre-gl.js", import.meta.url);
  Object.assign(sheet, { rel: "stylesheet", href: new URL("maplibre-gl.css", import.meta.url) });
  return Promise.all([load(script), load(sheet)]);
}

function start() {
  const [west, south, east, north] = (section.dataset.bounds ?? "").split(",").map(Number);
  if (north === undefined) return { center: [0, 20], zoom: 1 };
  // A box across the 180th meridian goes on to the east.
  const bounds = [[west, south], [east < west ? east + 360 : east, north]];
  return { bounds, fitBoundsOptions: { padding: 48, maxZoom: 16 } };
}

async function draw() {
  const [style] = await Promise.all([json(section.dataset.style), library()]);
  for (const source of Object.values(style.sources)) if (source.url) source.url = asked(source.url);
  const drawn = new maplibregl.Map({
    container: section.querySelector(".ground"), style, locale, ...(view() ?? start()),
    transformRequest: (address) => ({ url: ours(address) }),
    attributionControl: { compact: false, customAttribution: "Lieudit" },
    dragRotate: false, pitchWithRotate: false, touchPitch: false, maxZoom: 20,
  });
  drawn.touchZoomRotate.disableRotation();
  drawn.keyboard.disableRotation();
  drawn.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  drawn.addControl(new maplibregl.ScaleControl({ unit: "metric" }), "bottom-left");
  await drawn.once("load");
  section.querySelector(".waiting").remove();
  // The page of one contribution shows that one among its neighbours.
  const one = section.dataset.item && (await placed(section.dataset.item))?.spot;
  map = drawn;
  listen();
  choose(chosen ?? one);
}

function listen() {
  map.on("idle", nameSpots);
  map.on("move", moveNames);
  map.on("moveend", keepView);
  map.on("click", ({ point, lngLat }) => {
    const feature = touched(point);
    if (!feature) return choose();
    const { cluster, expansion_zoom: zoom } = feature.properties;
    if (cluster) map.easeTo({ center: feature.geometry.coordinates, zoom: zoom ?? map.getZoom() + 2 });
    else read(spotOf(feature, lngLat));
  });
  map.on("zoomstart", () => hover());
  map.on("mouseout", () => hover());
  map.on("mousemove", ({ point, lngLat }) => {
    if (!mouse.matches) return;
    const feature = touched(point);
    map.getCanvas().style.cursor = feature ? "pointer" : "";
    hover(feature && spotOf(feature, lngLat));
  });
}

const drawn = () => (drawing ??= draw().catch(giveUp));

function giveUp(reason) {
  console.warn(reason);
  show(false);
  section.hidden = openLink.hidden = true;
  document.body.classList.remove("with-map");
  for (const button of page.querySelectorAll(".show")) button.hidden = true;
  const note = element("p", "empty", words.map.noMap);
  note.setAttribute("role", "status");
  (page.querySelector(".heading") ?? list).before(note);
}

// The page

/** On a narrow screen the map is a page of its own. */
function show(isOpen) {
  const wasOpen = document.body.classList.contains("map-open");
  if (isOpen === wasOpen) return;
  document.body.classList.toggle("map-open", isOpen);
  page.inert = isOpen;
  openLink.hidden = isOpen;
  if (isOpen) {
    drawn();
    closeButton.focus();
  } else {
    panel.hidden = true;
    (document.getElementById(location.hash.slice(1)) ?? opener)?.focus({ preventScroll: true });
    opener = undefined;
  }
}

function route() {
  const isMap = /^#carte(=|$)/.test(location.hash);
  show(isMap && !wide.matches);
  if (map && view()) map.jumpTo(view());
  if (location.hash.startsWith("#c-")) choose({ id: location.hash.slice(3) });
  if (wide.matches) drawn();
}

for (const when of page.querySelectorAll(".when")) when.textContent = inWords(when.textContent);
for (const button of page.querySelectorAll(".show")) button.hidden = false;
section.hidden = openLink.hidden = false;
document.body.classList.add("with-map");

closeButton.addEventListener("click", () => (opener ? history.back() : (location.hash = "liste")));
panel.querySelector(".close").addEventListener("click", closePanel);
panel.addEventListener("keydown", ({ key }) => key === "Escape" && closePanel());
openLink.addEventListener("click", () => (opener = openLink));
list?.addEventListener("click", ({ target }) => target.matches(".show") && find(target));
for (const [entering, leaving] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  list?.addEventListener(entering, ({ target }) => hover({ id: target.closest("article")?.id.slice(2) }));
  list?.addEventListener(leaving, () => hover());
}
addEventListener("hashchange", route);
wide.addEventListener("change", route);
route();
