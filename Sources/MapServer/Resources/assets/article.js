// A contribution as the list and the map's panel show it. What people wrote reaches the page through `textContent` only.

import { stateOf } from "./hours.js";
import { boxOf } from "./places.js";
import { timeInWords } from "./words.js";

/** A node that keeps what it says to itself, whichever way it is written. */
export function element(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) {
    node.textContent = text;
    node.dir = "auto";
  }
  return node;
}

export const filled = (phrase, values) => phrase.replace(/{(\w+)}/g, (_, name) => values[name]);

/** So many metres, as one says it: 40 m, 350 m, 1,2 km. */
export function distanceInWords(metres, language) {
  if (metres < 1000) return `${Math.round(metres / 10) * 10} m`;
  const kilometres = metres / 1000;
  return `${kilometres.toLocaleString(language, { maximumFractionDigits: kilometres < 10 ? 1 : 0 })} km`;
}

/** Builds articles in the words and the language of a page. */
export class Articles {
  constructor({ layer, stay, words, language }) {
    Object.assign(this, { layer, stay, words, language });
  }

  inWords(edtf) {
    return timeInWords(edtf, this.words.time, this.language);
  }

  /** "autour d’ici, à 200 m près" */
  precision({ precision = "exact", precision_m: metres = 0 }) {
    const distance = metres < 1000 ? `${metres} m` : `${Math.floor(metres / 1000)} km`;
    return filled(this.words.shown[precision] ?? "", { distance });
  }

  name({ title, text }) {
    return title || (text ?? "").slice(0, 60) || this.words.map.untitled;
  }

  /** One line of the list. */
  item(feature) {
    const { id, properties, geometry } = feature;
    const line = document.createElement("li");
    const article = element("article");
    Object.assign(article, { id: `c-${id}`, tabIndex: -1 });
    article.dataset.kind = properties.kind ?? "";
    article.setAttribute("aria-labelledby", `t-${id}`);
    article.append(this.#kind(properties), this.#title(id, properties), ...this.#words(properties));
    if (geometry) {
      const where = element("div", "where");
      where.append(element("p", "how", this.precision(properties)), this.#show(id));
      article.append(where);
    } else article.append(element("p", "unplaced", this.words.reading.elsewhere));
    line.append(article);
    return line;
  }

  /** The same for the panel, without what only the list needs. */
  card(feature) {
    const article = this.item(feature).firstChild;
    article.querySelector(".show")?.remove();
    for (const name of ["id", "tabindex", "aria-labelledby"]) article.removeAttribute(name);
    article.querySelector("h3").removeAttribute("id");
    return article;
  }

  address(id) {
    return `/collections/${this.layer}/items/${encodeURIComponent(id)}${this.stay}`;
  }

  /** How an encounter point is found now, in a word; empty for anything else. */
  standing(properties) {
    return this.words.states[stateOf(properties)] ?? "";
  }

  /** What is said beside a name on the map: a cell is somewhere in here; an encounter point sleeps or does not. */
  how(properties) {
    return properties.cell ? this.precision(properties) : this.standing(properties);
  }

  /** Where the map points when an item is read, whether or not it is drawn on its own. */
  spot({ id, properties, geometry }) {
    const [west, south, east, north] = boxOf(geometry);
    const at = [(west + east) / 2, (south + north) / 2];
    return { id, text: this.name(properties), how: this.how(properties), reach: properties.cell ? 0 : 11, at };
  }

  #kind(properties) {
    const { kind = "", when } = properties;
    const state = stateOf(properties);
    const line = element("p", "kind");
    const sign = element("span", "sign");
    sign.dataset.kind = kind;
    line.append(sign, this.words.kinds[kind] ?? kind);
    if (when) line.append(" ", element("span", "when", this.inWords(when)));
    if (state) {
      const standing = element("span", "state", this.standing(properties));
      standing.dataset.state = state;
      line.append(" ", standing);
    }
    return line;
  }

  #title(id, { title, lang }) {
    const heading = element("h3", title ? "" : "untitled");
    heading.id = `t-${id}`;
    const link = element("a", "", title || this.words.map.untitled);
    link.href = this.address(id);
    if (title && lang) link.lang = lang;
    heading.append(link);
    return heading;
  }

  #words({ text, author, theme = [], lang }) {
    const nodes = [];
    if (text) nodes.push(Object.assign(element("p", "text", text), lang ? { lang } : {}));
    if (author) nodes.push(element("p", "author", author));
    if (theme.length) {
      const list = element("ul", "themes");
      list.append(...theme.map((name) => element("li", "", name)));
      nodes.push(list);
    }
    return nodes;
  }

  #show(id) {
    const button = element("button", "show", this.words.reading.showOnMap);
    button.type = "button";
    button.dataset.item = id;
    button.setAttribute("aria-describedby", `t-${id}`);
    button.hidden = !document.querySelector("#carte:not([hidden])");
    return button;
  }
}
