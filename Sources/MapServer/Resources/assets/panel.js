// What has been chosen on the map, where the list does not stand beside it.

import { element, filled } from "./article.js";

export class Panel {
  constructor(section, articles, { closed, chosen }) {
    this.node = section.querySelector(".panel");
    this.place = this.node.querySelector(".chosen");
    Object.assign(this, { articles, chosen });
    this.node.querySelector(".close").addEventListener("click", closed);
  }

  get isOpen() {
    return !this.node.hidden;
  }

  get height() {
    return this.node.offsetHeight;
  }

  close() {
    this.node.hidden = true;
  }

  /** One contribution; undefined when it cannot be read. */
  show(feature) {
    this.#open(feature ? this.articles.card(feature) : element("p", "empty", this.articles.words.map.unreadable));
  }

  /** Several at one spot, each to choose. */
  list(features, count) {
    const { words, language } = this.articles;
    const heading = element("h3", "", filled(words.reading.sameSpot, { count: count.toLocaleString(language) }));
    const list = element("ul", "leaves");
    for (const feature of features) {
      const line = element("li");
      const button = element("button", "", this.articles.name(feature.properties));
      button.type = "button";
      button.addEventListener("click", () => this.chosen(feature));
      line.append(button);
      list.append(line);
    }
    const node = element("div");
    node.append(heading, list);
    this.#open(node);
  }

  #open(node) {
    this.place.replaceChildren(node);
    this.node.hidden = false;
    this.node.scrollTop = 0;
    this.node.focus({ preventScroll: true });
  }
}
