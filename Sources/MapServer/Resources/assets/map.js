// The map of a layer's page, for those who want it. The list works without it, and whatever fails here leaves it as it is.

import { json, withParameters } from "./addresses.js";
import { ask, closest, drawGround, eastward, followLight, shownBox } from "./ground.js";
import { stateOf } from "./hours.js";
import { Names, spotOf, spotsOf } from "./names.js";
import { positions } from "./places.js";

const mouse = matchMedia("(hover: hover)"); // A touch feigns a mouse that then stays where it was.
const touchable = ["points-touch", "clusters", "walks-touch", "cells-fill", "areas-fill"];

export class LayerMap {
  #map; // Undefined until it has been seen once.
  #drawing;
  #names;
  #hovered;
  chosen; // A spot of names.js. Its name is always shown, and that of the one under the mouse.

  /**
   * @param question what is asked now.
   * @param view where the address says that the map looks.
   * @param gestures as in ground.js.
   * @param told what the page wants to hear: `moved()`, `settled()` when all is drawn, `chosen(spot)`, `opened(spot)` for a group that is one spot.
   */
  constructor(section, articles, { question, view, told, gestures }) {
    Object.assign(this, { section, articles, question, view, told, gestures });
  }

  get isDrawn() {
    return this.#map !== undefined;
  }

  /** West, south, east, north of what shows. */
  get box() {
    return shownBox(this.#map);
  }

  /** Zoom, longitude and latitude, as the fragment of the address keeps them. */
  get place() {
    const { lng, lat } = this.#map.getCenter().wrap();
    return `${this.#map.getZoom().toFixed(2)}/${lng.toFixed(5)}/${lat.toFixed(5)}`;
  }

  draw() {
    return (this.#drawing ??= this.#draw());
  }

  async #draw() {
    const map = await drawGround(this.section, { view: this.view(), question: this.question(), words: this.articles.words.map, gestures: this.gestures });
    this.section.querySelector(".waiting").remove();
    this.#map = map;
    this.#names = new Names(this.section, map, this.articles, {
      isLoud: ({ id }) => id === this.chosen?.id || id === this.#hovered?.id, opened: (spot) => this.#open(spot),
    });
    this.#listen();
    this.#putToSleep();
    this.name();
    this.told.settled();
  }

  look(view) {
    this.#map?.jumpTo(view);
  }

  /** Goes to a box, no closer than a zoom. */
  fit(box, maxZoom = closest) {
    this.#map.fitBounds(eastward(box), { maxZoom, padding: 60 });
  }

  /** Shows what another question asks. */
  ask(question) {
    if (this.#map) ask(this.#map, question);
  }

  /** How many the map shows: groups count for what they hold, which is sure where none lies across the edge. */
  get total() {
    const drawn = this.#drawn(touchable);
    const seen = new Map(drawn.map(({ properties }) => [properties.id ?? properties.cluster_id, properties.point_count ?? 1]));
    return [...seen.values()].reduce((sum, count) => sum + count, 0);
  }

  /** What is drawn now of some layers of the style. */
  #drawn(layers) {
    return this.#map.queryRenderedFeatures({ layers: layers.filter((id) => this.#map.getLayer(id)) });
  }

  /** Whether a contribution stands there on its own, not inside a group. */
  shows(id) {
    return this.#drawn(touchable).some(({ properties }) => properties.id === id);
  }

  /** A sign that sleeps is drawn without its light; tiles bear no clock, so that this page says which. */
  #putToSleep() {
    for (const { properties } of this.#drawn(["points-touch"])) {
      if (properties.hours) this.#mark(properties.id, { asleep: stateOf(properties) === "asleep" });
    }
  }

  #mark(id, state) {
    const layer = this.#map?.getLayer("points-touch");
    if (layer && id) this.#map.setFeatureState({ source: layer.source, sourceLayer: layer.sourceLayer, id }, state);
  }

  choose(spot) {
    for (const [id, selected] of [[this.chosen?.id, false], [spot?.id, true]]) this.#mark(id, { selected });
    this.chosen = spot;
    if (this.#map) this.name();
  }

  hover(spot) {
    if (spot?.id === this.#hovered?.id) return;
    this.#mark(this.#hovered?.id, { hover: false });
    this.#hovered = spot;
    this.#mark(spot?.id, { hover: true });
    if (this.#map) this.name();
  }

  name() {
    const drawn = this.#drawn(["clusters", "points-touch", "cells-fill"]);
    this.#names.show(spotsOf(drawn, this.articles), [this.chosen, this.#hovered].filter((spot) => spot?.at));
  }

  focus() {
    this.#map?.getCanvas().focus();
  }

  /** Leaves room for a panel below on a narrow screen. */
  easeAbove(spot, height) {
    this.#map.easeTo({ center: spot.at, offset: [0, -height / 2] });
  }

  /** A group opens into what it holds; one that no zoom parts is listed. */
  #open(spot) {
    const { zoom } = spot.cluster;
    if (zoom === undefined || zoom > closest - 1) this.told.opened(spot);
    if (zoom !== undefined) this.#map.easeTo({ center: spot.at, zoom: Math.min(zoom, closest) });
  }

  /** The contributions of a group, as features. */
  leaves({ cluster }) {
    const address = `/xyz/${this.articles.layer}/clusters/${cluster.id}/leaves`;
    return json(withParameters(address, { ...this.question(), limit: "50" }));
  }

  /** What a finger means: the nearest point or cluster, else a walk, else an area. Of points one on the other, the next. */
  #touched({ x, y }) {
    const under = (layers, reach) => this.#map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]],
      { layers: layers.filter((id) => this.#map.getLayer(id)) });
    const points = [...under(["points-touch"], 0), ...under(["clusters"], 10)].map((feature) => {
      const places = positions(feature.geometry).map((position) => this.#map.project(position));
      return { feature, far: Math.min(...places.map((at) => Math.hypot(at.x - x, at.y - y))) };
    }).sort((a, b) => a.far - b.far);
    const same = points.filter(({ far }) => far < points[0].far + 1).map(({ feature }) => feature);
    const next = same.findIndex(({ properties }) => properties.id === this.chosen?.id) + 1;
    return same[next] ?? same[0] ?? under(["walks-touch"], 0)[0] ?? under(["cells-fill", "areas-fill"], 0)[0];
  }

  #listen() {
    const map = this.#map;
    map.on("idle", () => {
      this.#putToSleep();
      this.name();
      this.told.settled();
    });
    map.on("move", () => this.#names.move());
    map.on("moveend", () => this.told.moved());
    map.on("click", ({ point, lngLat }) => {
      const feature = this.#touched(point);
      const spot = feature && spotOf(feature, this.articles, [lngLat.lng, lngLat.lat]);
      if (spot?.cluster) this.#open(spot);
      else this.told.chosen(spot);
    });
    map.on("zoomstart", () => this.hover());
    map.on("mouseout", () => this.hover());
    map.on("mousemove", ({ point, lngLat }) => {
      if (!mouse.matches) return;
      const feature = this.#touched(point);
      map.getCanvas().style.cursor = feature ? "pointer" : "";
      this.hover(feature && spotOf(feature, this.articles, [lngLat.lng, lngLat.lat]));
    });
    followLight(this.section, map, this.question, () => this.choose(this.chosen));
  }

  /** The map as an image, with the number of each contribution that `numbers` names: {id → [number, longitude, latitude]}. */
  picture(numbered) {
    const drawn = this.#map.getCanvas();
    const copy = Object.assign(document.createElement("canvas"), { width: drawn.width, height: drawn.height });
    const pen = copy.getContext("2d");
    const scale = drawn.width / drawn.clientWidth;
    pen.drawImage(drawn, 0, 0);
    Object.assign(pen, { textAlign: "center", textBaseline: "middle", font: `600 ${11 * scale}px sans-serif` });
    for (const { number, at } of numbered) {
      const { x, y } = this.#map.project(at);
      pen.beginPath();
      pen.arc(x * scale, y * scale, 9 * scale, 0, 2 * Math.PI);
      Object.assign(pen, { fillStyle: "#ffffff", strokeStyle: "#1b1a17", lineWidth: 1.5 * scale });
      pen.fill();
      pen.stroke();
      pen.fillStyle = "#1b1a17";
      pen.fillText(String(number), x * scale, y * scale);
    }
    return copy.toDataURL("image/png");
  }

  get attribution() {
    return this.section.querySelector(".maplibregl-ctrl-attrib-inner")?.textContent ?? "";
  }
}
