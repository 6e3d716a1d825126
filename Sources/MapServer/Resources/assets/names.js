// Names beside the signs of the map, in the page's letters, and a button for each group, so that a keyboard opens it.

import { element, filled } from "./article.js";
import { boxOf, positions } from "./places.js";

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
const mostNames = 200;
const roomForWords = 150; // Pixels: what "autour d’ici, à 200 m près" needs.

/** The middle of a cell or an area, as far as the tile shows it. */
function middle(geometry) {
  const [west, south, east, north] = boxOf(geometry);
  return [(west + east) / 2, (south + north) / 2];
}

/** What is drawn, each once: a cell that lies in several tiles is put together again. */
export function spotsOf(features, articles) {
  const parts = new Map();
  for (const feature of features) {
    const id = feature.properties.id ?? feature.properties.cluster_id;
    parts.set(id, [...(parts.get(id) ?? []), feature]);
  }
  return [...parts.values()].map(([first, ...others]) => {
    if (!others.length || !/Polygon/.test(first.geometry.type)) return spotOf(first, articles);
    const geometries = [first, ...others].map(({ geometry }) => geometry);
    return spotOf({ properties: first.properties, geometry: { type: "GeometryCollection", geometries } }, articles);
  });
}

/** What is named on the map: where, and how far its sign reaches in pixels; a cluster's as in the style. */
export function spotOf({ properties, geometry }, articles, place) {
  const { cluster, point_count: count } = properties;
  const isPoint = geometry.type === "Point";
  return {
    id: properties.id ?? properties.cluster_id,
    cluster: cluster && { count, id: properties.cluster_id, zoom: properties.expansion_zoom },
    text: cluster ? "" : articles.name(properties),
    how: articles.how(properties),
    reach: cluster ? 14 + 7 * Math.log10(count) : isPoint ? 11 : 0,
    box: isPoint ? undefined : boxOf(geometry),
    at: isPoint ? geometry.coordinates : /Polygon|Collection/.test(geometry.type) ? middle(geometry) : place ?? positions(geometry)[0],
  };
}

export class Names {
  #map;
  #buttons = new Map();

  /** @param isLoud whether a spot is chosen or under the mouse; its name always finds room. */
  constructor(section, map, articles, { isLoud, opened }) {
    Object.assign(this, { articles, isLoud, opened });
    this.#map = map;
    this.names = section.querySelector(".names");
    this.groups = section.querySelector(".groups");
  }

  show(drawn, pinned) {
    const spots = [...new Map([...drawn, ...pinned].map((spot) => [spot.id, spot])).values()].slice(0, mostNames)
      .sort((a, b) => this.isLoud(b) - this.isLoud(a) || (`${a.id}` < `${b.id}` ? -1 : 1));
    // A group bears its number in its sign.
    const labels = spots.filter(({ text }) => text).map((spot) => this.#label(spot));
    this.names.replaceChildren(...labels);
    const taken = spots.filter(({ reach }) => reach > 0).map(({ at, reach }) => [this.#map.project(at), reach])
      .map(([{ x, y }, reach]) => [x - reach, y - reach, x + reach, y + reach]);
    const sizes = labels.map(({ offsetWidth, offsetHeight }) => [offsetWidth, offsetHeight]);
    labels.forEach((label, index) => {
      const side = this.#freeSide(label.spot, ...sizes[index], taken);
      if (side) Object.assign(label, { className: `${label.className} ${side.name}`, shift: side.shift });
      else label.remove();
    });
    this.#showGroups(spots.filter(({ cluster }) => cluster));
    this.move();
  }

  #label(spot) {
    const label = Object.assign(element("span", this.isLoud(spot) ? "is-loud" : "", spot.text), { spot });
    if (spot.how && (this.isLoud(spot) || !spot.box || this.#width(spot) > roomForWords)) label.append(element("small", "", spot.how));
    return label;
  }

  /** How wide a cell is on the screen, in pixels. */
  #width({ box }) {
    return box ? this.#map.project([box[2], box[1]]).x - this.#map.project([box[0], box[1]]).x : 0;
  }

  /** Where a name goes beside its sign: right, left, below or above, the first that is free; on a cell, in its middle. */
  #freeSide(spot, width, height, taken) {
    const { x, y } = this.#map.project(spot.at);
    const far = (spot.reach ?? 11) + 3;
    const sides = spot.reach === 0 ? [{ name: "below", shift: [-width / 2, -height / 2] }] : [
      { name: "to-the-right", shift: [far, -height / 2] },
      { name: "to-the-left", shift: [-far - width, -height / 2] },
      { name: "below", shift: [-width / 2, far - 2] },
      { name: "above", shift: [-width / 2, 2 - far - height] },
    ];
    const boxes = sides.map(({ shift: [right, down] }) => [x + right, y + down, x + right + width, y + down + height]);
    const isInside = ([left, , right]) => left > 0 && right < this.names.clientWidth;
    let free = boxes.findIndex((box) => isInside(box) && !taken.some((other) => overlap(box, other)));
    if (free < 0 && this.isLoud(spot)) free = Math.max(boxes.findIndex(isInside), 0);
    if ((x < 0 || x > this.names.clientWidth) && !this.isLoud(spot)) return undefined;
    if (free >= 0) taken.push(boxes[free]);
    return sides[free];
  }

  /** Buttons that stay keep their nodes, and with them the keyboard's place. */
  #showGroups(spots) {
    const ids = new Set(spots.map(({ id }) => id));
    for (const [id, button] of this.#buttons) {
      if (ids.has(id)) continue;
      button.remove();
      this.#buttons.delete(id);
    }
    for (const spot of spots) {
      const button = this.#buttons.get(spot.id) ?? this.#group(spot.id);
      button.spot = spot;
      const count = spot.cluster.count.toLocaleString(this.articles.language);
      button.setAttribute("aria-label", filled(this.articles.words.reading.openGroup, { count }));
    }
  }

  #group(id) {
    const button = element("button");
    button.type = "button";
    button.addEventListener("click", () => this.opened(button.spot));
    this.groups.append(button);
    this.#buttons.set(id, button);
    return button;
  }

  move() {
    const put = (node, right, down) => {
      const { x, y } = this.#map.project(node.spot.at);
      node.style.transform = `translate(${Math.round(x + right)}px, ${Math.round(y + down)}px)`;
    };
    for (const label of this.names.children) put(label, ...label.shift);
    for (const button of this.#buttons.values()) put(button, -22, -22);
  }
}
