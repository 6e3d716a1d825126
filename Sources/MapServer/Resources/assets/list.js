// The list of a layer's page: what is asked, in the part of the map that shows, the nearest first when that is wanted.

import { json, withParameters } from "./addresses.js";
import { distanceInWords, element, filled } from "./article.js";
import { metresTo, tileCentre } from "./places.js";
import { isOpen } from "./question.js";

const pageLength = 100;

export class ContributionList {
  #reading; // The request under way; a newer one ends it.
  #next; // The address of the page after the last one shown.
  #features = [];
  #isAdopting = false;
  #counts = false; // Whether the count is this script's and not the server's.

  constructor(page, articles) {
    this.articles = articles;
    this.words = articles.words.reading;
    this.layer = articles.layer;
    this.list = page.querySelector(".items");
    this.heading = page.querySelector(".heading h2");
    this.empty = page.querySelector(".empty");
    this.more = page.querySelector(".next");
    this.said = page.querySelector(".said");
    this.all = page.querySelector(".all");
    if (!this.more.hidden) this.#next = `/collections/${this.layer}/items${new URL(this.more.querySelector("a").href).search}`;
    this.more.addEventListener("click", (event) => {
      if (!this.#next) return;
      event.preventDefault();
      this.#append();
    });
  }

  /** The ids that the list shows, in its order. */
  get shown() {
    return [...this.list.querySelectorAll("article")].map(({ id }) => id.slice(2));
  }

  feature(id) {
    return this.#features.find((feature) => feature.id === id);
  }

  /** What the map has counted since. */
  recount(total) {
    if (this.#counts && !this.total?.isSure) {
      this.total = total;
      this.#count();
    }
  }

  /** Gets to know the features that the server has written in the list already. */
  async adopt(question) {
    if (this.#features.length || this.#isAdopting || !this.list.children.length) return;
    this.#isAdopting = true;
    const page = await json(this.#address(question)).catch(() => ({ features: [] }));
    if (!this.#features.length) this.#features = page.features.filter(({ id }) => document.getElementById(`c-${id}`));
  }

  /**
   * Shows what a question asks.
   * @param box west, south, east, north: only what the map shows there; undefined for all there is.
   * @param here where the visitor is, which stays here: the server is told the centre of a tile of zoom 13.
   * @param total how many there are, as far as the map knows: {count, isSure}, asked once the list is there.
   * @param isRenewed whether what is known by its id may say something else now.
   */
  async show(question, { box, here, total, isRenewed = false } = {}) {
    this.#reading?.abort();
    const reading = (this.#reading = new AbortController());
    this.list.setAttribute("aria-busy", "true");
    try {
      const page = await json(this.#address(question, box, here), reading.signal);
      this.#features = this.#sorted(page.features, here);
      this.here = here;
      this.#take(page);
      this.#render(isRenewed);
      this.#head(question, box, page, total?.());
      return true;
    } catch (reason) {
      if (reason.name === "AbortError") return false;
      this.say(this.words.unreachable);
      return false;
    } finally {
      if (this.#reading === reading) this.list.removeAttribute("aria-busy");
    }
  }

  say(sentence) {
    if (this.said.textContent !== sentence) this.said.textContent = sentence;
  }

  #address(question, box, here) {
    return withParameters(`/collections/${this.layer}/items`, {
      ...question, bbox: box?.map((degrees) => degrees.toFixed(6)).join(","), near: here && tileCentre(here).join(","), limit: String(pageLength),
    });
  }

  #sorted(features, here) {
    if (!here) return features;
    for (const feature of features) feature.metres = feature.geometry ? metresTo(here, feature.geometry) : Infinity;
    return features.sort((a, b) => a.metres - b.metres || (a.id < b.id ? -1 : 1));
  }

  #take(page) {
    this.#next = page.links.find(({ rel }) => rel === "next")?.href;
    this.more.hidden = !this.#next;
    this.more.querySelector("a").textContent = this.words.more;
  }

  async #append() {
    const page = await json(this.#next).catch(() => undefined);
    if (!page) return this.say(this.words.unreachable);
    const features = this.#sorted(page.features, this.here);
    this.#features.push(...features);
    this.#take(page);
    const lines = features.map((feature) => this.#line(feature));
    this.list.append(...lines);
    lines[0]?.querySelector("article").focus();
    this.#count();
  }

  /** Lines that stay keep their nodes, so that nobody who reads or tabs through them is thrown out. */
  #render(isRenewed) {
    const focused = document.activeElement;
    const lines = isRenewed ? [...this.list.children].filter((line) => line.contains(focused)) : [...this.list.children];
    const known = new Map(lines.map((line) => [line.firstElementChild.id.slice(2), line]));
    this.list.replaceChildren(...this.#features.map((feature) => this.#line(feature, known.get(feature.id))));
    if (focused !== document.activeElement && this.list.contains(focused)) focused.focus({ preventScroll: true });
    else if (focused?.closest?.("article") && !this.list.contains(focused)) this.heading.focus({ preventScroll: true });
  }

  #line(feature, known) {
    const line = known ?? this.articles.item(feature);
    line.querySelector(".away")?.remove();
    if (Number.isFinite(feature.metres)) line.querySelector(".how").append(element("span", "away", this.#away(feature)));
    return line;
  }

  #away({ metres, properties }) {
    if (metres < 20) return this.words.here;
    const distance = distanceInWords(metres, this.articles.language);
    return filled(properties.cell ? this.words.atAbout : this.words.at, { distance });
  }

  #head(question, box, page, total) {
    const count = element("span", "count");
    if (box) this.heading.replaceChildren(this.words.onMap, " ", count);
    else if (question.q) {
      const { openQuote, closeQuote, with: before } = this.words;
      this.heading.replaceChildren(`${before} ${openQuote}`, element("span", "", question.q), `${closeQuote} `, count);
    } else this.heading.replaceChildren(this.words.toRead, " ", count);
    this.all.hidden = !box && isOpen(question);
    this.empty.hidden = this.#features.length > 0;
    this.empty.textContent = box ? this.words.nothingHere : this.words.nothingFound;
    this.total = page.numberMatched === undefined ? total : { count: page.numberMatched, isSure: true };
    this.#count();
  }

  /** "100 sur 1 234", as surely as it is known. */
  #count() {
    this.#counts = true;
    const shown = this.list.children.length;
    const number = (count) => count.toLocaleString(this.articles.language);
    const values = { shown: number(shown), all: number(this.total?.count ?? 0) };
    const { some, someAbout, someOfMany } = this.words;
    const isMore = this.total?.count > shown;
    const text = !this.#next ? values.shown : !isMore ? filled(someOfMany, values) : filled(this.total.isSure ? some : someAbout, values);
    this.heading.querySelector(".count").textContent = text;
    this.say([this.heading.textContent, this.here && this.words.nearDone].filter(Boolean).join(". "));
  }
}
