// What was reported, the open ones first: read, and closed with reasons for both sides.

import { element, phrase, say } from "./markup.js";
import { contributionOf, nameOf, storyOf } from "./desk-contribution.js";
import { decisionForm } from "./desk-decision.js";

export const title = "deskReports.title";

const size = 20;
const outcomes = ["kept", "acted", "withdrawn-at-their-word"];
const acts = ["hide", "coarsen", "mask", "erase"];
let number = 0;

export async function show(place, desk) {
  const words = desk.words.deskReports;
  const list = element("ol", { class: "desk-queue-list" });
  const count = element("p", { class: "desk-hint", role: "status" });
  const more = element("button", { type: "button", hidden: true }, desk.words.desk.more);
  place.append(count, list, element("p", {}, more));
  const load = async (cursor) => {
    const page = await desk.get(`/moderation/reports?limit=${size}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
    for (const entry of page.items) list.append(new Report(entry, desk).line);
    if (!cursor) say(count, page.oldest_days === null ? words.noneOpen : page.oldest_days === 0 ? words.oldestToday : phrase(page.oldest_days === 1 ? words.oldestOne : words.oldest, { days: page.oldest_days }));
    more.hidden = !page.next;
    more.onclick = () => load(page.next).catch((error) => desk.say(error.message));
    return page;
  };
  const page = await load();
  if (!page.items.length) say(count, words.none);
}

/** One report, and what it is about. */
class Report {
  constructor(entry, desk) {
    Object.assign(this, { entry, desk, words: desk.words.deskReports, number: (number += 1) });
    this.line = element("li", {});
    this.draw();
  }

  draw() {
    const { entry, desk, words } = this;
    const day = (moment) => new Date(moment).toLocaleDateString(desk.language, { dateStyle: "long" });
    const isOpen = entry.state === "open";
    const name = entry.feature ? nameOf(entry.feature, desk.words) : entry.isDealtWith ? words.dealtWith : words.gone;
    this.formPlace = element("div", { class: "desk-form-place" });
    this.news = element("p", { class: "desk-note", role: "status", hidden: true });
    this.node = element("article", { class: isOpen ? "desk-card" : "desk-card is-closed", tabindex: "-1", "aria-labelledby": `r-${this.number}`, "data-reference": entry.reference },
      element("div", { class: "desk-card-top" },
        element("ul", { class: "desk-signs" }, [
          isOpen ? words.open : words.closed, entry.layer, entry.open_reports > 1 && phrase(words.others, { count: entry.open_reports }),
          entry.good_faith && words.goodFaith,
        ].filter(Boolean).map((text) => element("li", { dir: "auto" }, text)))),
      element("h2", { id: `r-${this.number}`, class: "desk-title" }, words[`reason_${entry.reason}`] ?? entry.reason, " : ", element("bdi", {}, name)),
      entry.text && element("blockquote", { class: "desk-quote", dir: "auto" }, entry.text),
      element("p", { class: "desk-hint" }, phrase(words.made, { day: day(entry.made) }),
        entry.contact && [" ", words.contact, " ", element("bdi", {}, entry.contact)]),
      this.news,
      entry.feature && element("details", { class: "desk-about", open: isOpen },
        element("summary", {}, words.about),
        element("div", { class: "desk-stack" }, contributionOf({ feature: entry.feature, ground: { landmarks: [], shapes: [] }, desk, heading: "h3" }), storyOf(entry, desk.words))),
      !isOpen && element("dl", { class: "desk-story" }, element("div", {},
        element("dt", {}, phrase(words[`outcome_${entry.outcome}`], { day: entry.closed ? day(entry.closed) : "" })), element("dd", { dir: "auto" }, entry.reasons || desk.words.desk.none))),
      isOpen && entry.feature && element("p", { class: "desk-acts", role: "group", "aria-label": words.onContribution },
        element("span", { class: "desk-hint" }, words.onContribution),
        acts.filter((act) => act !== "coarsen" || entry.feature.geometry).map((act) =>
          element("button", { type: "button", "data-decision": act, click: () => this.begin(act) }, desk.words.deskReview[`do_${act}`]))),
      isOpen && this.closing(),
      this.formPlace);
    this.line.replaceChildren(this.node);
  }

  // What is done to the contribution

  begin(decision) {
    const { entry, desk } = this;
    const layer = desk.layers.find(({ id }) => id === entry.layer);
    const form = decisionForm({
      decision, item: { feature: entry.feature, flags: [] }, layer, words: desk.words, cancel: () => {
        this.formPlace.replaceChildren();
        this.node.focus();
      },
      send: async () => {
        const body = form.body();
        if (!body) return;
        try {
          const told = await desk.send("POST", `/moderation/items/${encodeURIComponent(entry.id)}/decision`, { ...body, revision: entry.revision });
          // What stood there is not what stands there now, and is shown to nobody any more.
          Object.assign(entry, { id: told.id, revision: told.revision, feature: null, isDealtWith: true });
          // What was done is the ground of the answer to who has reported it.
          this.close("acted", body.reasons);
        } catch (error) {
          if (!error.problem) throw error;
          form.fail(error.message);
        }
      },
    });
    this.formPlace.replaceChildren(form.form);
    form.focus();
  }

  // The answer to who has reported it

  closing() {
    const { words } = this;
    const offered = outcomes.filter((outcome) => outcome !== "withdrawn-at-their-word" || this.entry.reason === "mine");
    return element("p", { class: "desk-acts", role: "group", "aria-label": words.answer }, element("span", { class: "desk-hint" }, words.answer),
      offered.map((outcome) => element("button", { type: "button", "data-outcome": outcome, click: () => this.ask(outcome) }, words[`do_${outcome}`])));
  }

  ask(outcome, reasons = "") {
    const { words, number: id } = this;
    const area = element("textarea", { id: `answer-${id}`, rows: "3", maxlength: "5000", dir: "auto", "aria-describedby": `h-answer-${id} f-answer-${id}` });
    area.value = reasons;
    const fault = element("p", { class: "desk-fault", id: `f-answer-${id}`, role: "alert", hidden: true });
    this.formPlace.replaceChildren(element("form", { class: "desk-decision", novalidate: true, submit: async (event) => {
      event.preventDefault();
      if (!area.value.trim()) {
        say(fault, words.reasonsNeeded);
        return area.focus();
      }
      return this.close(outcome, area.value.trim(), fault);
    } },
    element("p", { class: "desk-decision-name" }, words[`will_${outcome}`]),
    element("p", { class: "desk-field" }, element("label", { for: `answer-${id}` }, words.reasons), element("span", { class: "desk-hint", id: `h-answer-${id}` }, words.reasonsHint), area),
    fault,
    element("p", { class: "desk-acts" }, element("button", { type: "submit", class: "desk-go" }, words[`do_${outcome}`]),
      element("button", { type: "button", click: () => { this.formPlace.replaceChildren(); this.node.focus(); } }, this.desk.words.deskReview.cancel))));
    area.focus();
  }

  async close(outcome, reasons, fault) {
    const { entry, desk, words } = this;
    try {
      const told = await desk.send("POST", `/moderation/reports/${encodeURIComponent(entry.reference)}/decision`, { outcome, reasons });
      Object.assign(entry, { state: "closed", outcome: told.outcome, reasons, closed: new Date().toISOString() });
      if (outcome === "withdrawn-at-their-word") entry.feature = null;
    } catch (error) {
      if (!error.problem) throw error;
      // Erased with what it was about, it was closed by that.
      if (error.code !== "AlreadyDecided" && error.status !== 404) {
        if (fault) say(fault, error.message);
        else this.ask(outcome, reasons);
        return;
      }
      Object.assign(entry, { state: "closed", outcome: "gone", feature: null, closed: new Date().toISOString() });
    }
    this.draw();
    desk.say(words.closedNow);
    const next = this.line.parentNode.querySelector(".desk-card:not(.is-closed)");
    (next ?? this.node).focus();
  }
}
