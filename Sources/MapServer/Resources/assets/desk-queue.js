// What waits in a layer: read, and decided about, one after the other or several at once. Everything goes by keyboard:
// the keys count only while an entry of the list has the focus, so that they are in nobody's way.

import { element, phrase, say } from "./markup.js";
import { contributionOf, nameOf, storyOf } from "./desk-contribution.js";
import { decisionForm, decisions } from "./desk-decision.js";
import { groundOf } from "./landmarks.js";

export const title = "deskQueue.title";

const size = 20;
const most = 100; // Decisions in one body.

export async function show(place, desk, [asked]) {
  if (asked && desk.layers.some(({ id }) => id === asked)) desk.choose(asked);
  const queue = new Queue(place, desk);
  await queue.load();
}

class Queue {
  constructor(place, desk) {
    Object.assign(this, { place, desk, words: desk.words.deskQueue, said: desk.words.deskReview, cards: [] });
    this.layer = desk.layers.find(({ id }) => id === desk.layer);
    this.list = element("ol", { class: "desk-queue-list", keydown: (event) => this.key(event) });
    this.count = element("p", { class: "desk-hint", role: "status" });
    this.more = element("button", { type: "button", hidden: true, click: () => this.next() }, desk.words.desk.more);
    this.bar = element("div", { class: "desk-bar", role: "group", "aria-label": this.words.several, hidden: true });
    place.append(...[this.chooser(), this.help(), this.count, this.list, element("p", {}, this.more), this.bar].filter(Boolean));
  }

  chooser() {
    if (this.desk.layers.length < 2) return this.layer && element("p", { class: "lede" }, this.layer.title || this.layer.id);
    const select = element("select", { id: "queue-layer", change: () => this.desk.navigate(`queue/${select.value}`) },
      this.desk.layers.map(({ id, title }) => element("option", { value: id, selected: id === this.layer?.id }, title || id)));
    return element("p", { class: "desk-field desk-narrow" }, element("label", { for: "queue-layer" }, this.desk.words.desk.layer), select);
  }

  help() {
    const line = (key, text) => element("li", {}, element("kbd", {}, key), " ", text);
    return element("details", { class: "desk-keys" }, element("summary", {}, this.words.keys),
      element("p", { class: "desk-hint" }, this.words.keysWhere),
      element("ul", {}, line("j ↓", this.words.keyNext), line("k ↑", this.words.keyBefore), line("x", this.words.keyChoose),
        decisions.map(({ name, key }) => line(key, this.said[`do_${name}`]))));
  }

  address(after) {
    const cursor = after ? `&cursor=${encodeURIComponent(after)}` : "";
    return `/moderation/${encodeURIComponent(this.layer.id)}/queue?limit=${size}${cursor}`;
  }

  async load() {
    if (!this.layer) return say(this.count, this.words.noLayer);
    // Landmarks help to see where something is; without them the plan is empty, and that is all.
    const [page, ground] = await Promise.all([this.desk.get(this.address()), groundOf({ layer: this.layer.id })]);
    this.ground = ground;
    if (page.paused) this.list.before(element("p", { class: "desk-note" }, this.words.paused, " ", element("bdi", {}, page.pause_reasons ?? "")));
    this.add(page, undefined);
  }

  async next() {
    const after = this.after;
    const before = this.cards.length;
    await this.attempt(async () => this.add(await this.desk.get(this.address(after)), after));
    this.cards[before]?.node.focus();
  }

  add({ items, next }, after) {
    for (const item of items) {
      const card = new Card(this, item, after);
      this.cards.push(card);
      this.list.append(card.line);
    }
    this.after = next ?? undefined;
    this.more.hidden = !next;
    this.tell();
  }

  tell() {
    const waiting = this.waiting.length;
    say(this.count, !waiting ? this.words.none : phrase(this.words[waiting === 1 ? "one" : "some"], { count: waiting }) + (this.after ? ` ${this.words.andMore}` : ""));
    const chosen = this.chosen.length;
    this.bar.hidden = chosen < 2;
    if (chosen >= 2 && !this.bar.querySelector("form")) this.drawBar(chosen);
  }

  get waiting() {
    return this.cards.filter(({ isDone }) => !isDone);
  }

  get chosen() {
    return this.waiting.filter(({ box }) => box.checked);
  }

  /** Runs it; what the server refuses is said, and nothing typed goes. */
  async attempt(work, fail = (text) => this.desk.say(text)) {
    try {
      return await work();
    } catch (error) {
      if (!error.problem) throw error;
      await fail(error.message, error);
      return undefined;
    }
  }

  // Several at once

  drawBar(count) {
    const act = ({ name }) => element("button", { type: "button", click: () => this.beginSeveral(name) }, this.said[`do_${name}`]);
    const shared = decisions.filter(({ name }) => name !== "mask");
    this.bar.replaceChildren(
      element("p", {}, phrase(this.words.chosen, { count })),
      element("p", { class: "desk-acts" }, shared.map(act), element("button", { type: "button", click: () => {
        const first = this.chosen[0];
        for (const { box } of this.chosen) box.checked = false;
        this.tell();
        first?.node.focus();
      } }, this.words.chooseNone)));
  }

  beginSeveral(decision) {
    const cards = this.chosen;
    const form = decisionForm({
      decision, layer: this.layer, words: this.desk.words, several: cards.length, send: () => this.sendSeveral(cards, form),
      cancel: () => { this.drawBar(cards.length); this.bar.querySelector("button").focus(); },
    });
    this.bar.replaceChildren(form.form);
    form.focus();
  }

  async sendSeveral(cards, form) {
    const body = form.body();
    if (!body || this.isSending) return;
    if (cards.length > most) return form.fail(phrase(this.words.tooMany, { most }));
    const sent = cards.map(({ item }) => ({ ...body, id: item.id, revision: item.revision }));
    const fail = async (text, { faults }) => {
      const place = Number(/^\/decisions\/(\d+)/.exec(faults[0]?.pointer)?.[1] ?? NaN);
      const card = cards[place];
      // What it says now stands there before they are asked to send again.
      await card?.renew(text);
      form.fail(card ? phrase(this.words.oneOfThem, { title: nameOf(card.item.feature, this.desk.words), text }) : text);
    };
    this.isSending = true;
    const done = await this.attempt(() => this.desk.send("POST", `/moderation/${encodeURIComponent(this.layer.id)}/decisions`, { decisions: sent }), fail)
      .finally(() => { this.isSending = false; });
    if (!done) return;
    cards.forEach((card, place) => card.done(body.decision, done.decisions[place]));
    this.bar.replaceChildren();
    this.tell();
    this.desk.say(phrase(this.words.severalDone, { count: cards.length }));
    this.focusAfter(cards.at(-1));
  }

  // Keys

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), select, textarea, form")) return;
    const card = this.cards.find(({ line }) => line.contains(event.target));
    const acts = {
      j: () => this.move(card, 1), ArrowDown: () => this.move(card, 1), k: () => this.move(card, -1), ArrowUp: () => this.move(card, -1),
      x: () => { if (!card || card.isDone) return; card.box.checked = !card.box.checked; this.tell(); },
      ...Object.fromEntries(decisions.map(({ name, key }) => [key, () => card?.begin(name)])),
    };
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.shiftKey) return;
    event.preventDefault();
    act();
  }

  move(card, by) {
    const waiting = this.waiting;
    const place = card && waiting.includes(card) ? waiting.indexOf(card) + by : 0;
    waiting[Math.max(0, Math.min(waiting.length - 1, place))]?.node.focus();
  }

  /** To the next that waits, else to the one before, else to what says that there is nothing more. */
  focusAfter(card) {
    const at = this.cards.indexOf(card);
    const next = this.cards.slice(at + 1).find(({ isDone }) => !isDone) ?? this.cards.slice(0, at).findLast(({ isDone }) => !isDone);
    if (next) return next.node.focus();
    if (!this.more.hidden) return this.more.focus();
    this.count.tabIndex = -1;
    return this.count.focus();
  }
}

let number = 0;

/** One that waits. */
class Card {
  constructor(queue, item, after) {
    Object.assign(this, { queue, item, after, isDone: false, number: (number += 1) });
    this.box = element("input", { type: "checkbox", change: () => queue.tell() });
    this.line = element("li", {});
    this.draw();
  }

  draw(news) {
    const { queue, item } = this;
    const { words } = queue.desk;
    this.formPlace = element("div", { class: "desk-form-place" });
    this.fault = element("p", { class: "desk-note", role: "status", hidden: true });
    this.node = element("article", { class: "desk-card", tabindex: "-1", "aria-labelledby": `q-${this.number}`, "data-id": item.id },
      element("div", { class: "desk-card-top" },
        element("label", { class: "desk-check" }, this.box, element("span", {}, queue.words.choose, element("span", { class: "desk-unseen" }, ` ${nameOf(item.feature, words)}`))),
        element("ul", { class: "desk-signs" }, this.signs().map((text) => element("li", {}, text)))),
      this.fault,
      contributionOf({ ...item, ground: queue.ground, desk: queue.desk, id: `q-${this.number}` }),
      storyOf(item, words),
      element("p", { class: "desk-acts desk-decisions" }, decisions.filter(({ name }) => name !== "coarsen" || item.feature.geometry).map(({ name, key }) =>
        element("button", { type: "button", "data-decision": name, "aria-keyshortcuts": key, click: () => this.begin(name) },
          queue.said[`do_${name}`], " ", element("kbd", { "aria-hidden": "true" }, key)))),
      this.formPlace);
    this.line.replaceChildren(this.node);
    say(this.fault, news);
  }

  /** What somebody should know at once, in words. */
  signs() {
    const { item, queue } = this;
    const { words } = queue;
    return [
      item.changed ? words.signEdit : item.state === "pending" ? words.signNew : words[`state_${item.state}`],
      item.age_band && words[`sign_${item.age_band}`],
      item.flags.length && phrase(words[item.flags.length === 1 ? "signFlag" : "signFlags"], { count: item.flags.length }),
      item.open_reports && phrase(words[item.open_reports === 1 ? "signReport" : "signReports"], { count: item.open_reports }),
      item.answer && words.signAnswer,
    ].filter(Boolean);
  }

  begin(decision) {
    if (this.isDone && decision !== "hide") return;
    if (decision === "coarsen" && !this.item.feature.geometry) return;
    const { queue } = this;
    for (const button of this.node.querySelectorAll("[data-decision]")) button.setAttribute("aria-pressed", button.dataset.decision === decision);
    if (decision === "publish") {
      this.form = undefined;
      this.formPlace.replaceChildren();
      this.send({ decision }, (text) => this.tell(text));
      return;
    }
    this.form = decisionForm({
      decision, item: this.item, layer: queue.layer, words: queue.desk.words, cancel: () => this.leave(),
      send: () => {
        const body = this.form.body();
        if (body) this.send(body, this.form.fail);
      },
    });
    this.formPlace.replaceChildren(this.form.form);
    this.form.focus();
  }

  leave() {
    this.form = undefined;
    this.formPlace.replaceChildren();
    for (const button of this.node.querySelectorAll("[aria-pressed]")) button.removeAttribute("aria-pressed");
    this.node.focus();
  }

  tell(text) {
    say(this.fault, text);
    this.node.focus();
  }

  async send(body, fail) {
    if (this.isSending) return;
    this.isSending = true;
    const { queue, item } = this;
    const told = await queue.attempt(
      () => queue.desk.send("POST", `/moderation/items/${encodeURIComponent(item.id)}/decision`, { ...body, revision: item.revision }),
      (text, error) => (error.status === 409 || error.status === 404 ? this.renew(text) : fail(text)));
    this.isSending = false;
    if (!told) return;
    this.done(body.decision, told);
    queue.tell();
    queue.desk.say(phrase(queue.words[`was_${body.decision}`], { title: nameOf(item.feature, queue.desk.words) }));
    queue.focusAfter(this);
  }

  /** It has changed meanwhile: what it says now, with what was typed still there. */
  async renew(text) {
    const { queue } = this;
    const page = await queue.attempt(() => queue.desk.get(queue.address(this.after)));
    const now = page?.items.find(({ id }) => id === this.item.id);
    if (page && !now) {
      this.isDone = true;
      this.box.checked = false;
      this.line.replaceChildren(this.node = element("p", { class: "desk-done", tabindex: "-1" },
        phrase(queue.words.goneMeanwhile, { title: nameOf(this.item.feature, queue.desk.words) }), " ", text));
      queue.tell();
      return this.node.focus();
    }
    const form = this.form;
    if (now) this.item = now;
    this.draw(`${text} ${queue.words.hereItIs}`);
    // Marks were counted in the text that was: they are chosen again.
    if (form && form.form.dataset.decision !== "mask") this.formPlace.replaceChildren(form.form);
    else this.form = undefined;
    return this.node.focus();
  }

  done(decision, told) {
    const { queue, item } = this;
    this.isDone = true;
    this.box.checked = false;
    const name = nameOf(item.feature, queue.desk.words);
    const again = decision === "publish" && element("button", { type: "button", click: () => this.reopen(told) }, queue.words.hideAgain);
    this.node = element("p", { class: "desk-done", tabindex: "-1" }, element("span", { dir: "auto" }, phrase(queue.words[`was_${decision}`], { title: name })), " ", again);
    this.line.replaceChildren(this.node);
  }

  /** Somebody sees at once that it should not have been published. */
  reopen({ id, revision }) {
    this.item = { ...this.item, id, revision, before: undefined, changed: false, state: "published" };
    this.isDone = false;
    this.draw();
    this.begin("hide");
    this.queue.tell();
  }
}
