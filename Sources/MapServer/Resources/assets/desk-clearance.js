// The partner's view: what waits for their word before it shows on their site, what shows, and their maps to embed.

import { element, phrase, say } from "./markup.js";
import { contributionOf, nameOf } from "./desk-contribution.js";

export const title = "deskClearance.title";

const size = 20;
const kinds = ["place", "memory", "encounter"];
const nowhere = { landmarks: [], shapes: [] };

export async function show(place, desk, [asked]) {
  const words = desk.words.deskClearance;
  const { embeds } = await desk.get("/embeds");
  const open = embeds.filter(({ closed }) => !closed);
  if (!open.length) {
    place.append(element("p", { class: "empty" }, words.none));
    return;
  }
  const embed = open.find(({ key }) => key === asked) ?? open[0];
  if (open.length > 1) {
    const select = element("select", { id: "c-embed", change: () => desk.navigate(`clearance/${select.value}`) },
      open.map((one) => element("option", { value: one.key, selected: one === embed }, nameOfEmbed(one))));
    place.append(element("p", { class: "desk-field desk-narrow" }, element("label", { for: "c-embed" }, words.embed), select));
  } else place.append(element("p", { class: "lede", dir: "auto" }, nameOfEmbed(embed)));
  const view = new Clearance(place, desk, embed);
  await view.load();
  place.append(rule(embed, desk, () => view.reload()));
  await embedLine(place, embed, desk);
}

const nameOfEmbed = ({ title: name, layer }) => (name ? `${name} (${layer})` : layer);
const addressOf = (embed, rest) => `/embeds/${encodeURIComponent(embed.key)}/${rest}`;

/** What waits, what shows and what was refused, each in a list of its own. */
class Clearance {
  constructor(place, desk, embed) {
    Object.assign(this, { desk, embed, words: desk.words.deskClearance, parts: {} });
    for (const name of ["waiting", "cleared", "refused"]) {
      const list = element("ol", { class: "desk-queue-list" });
      const more = element("button", { type: "button", hidden: true }, desk.words.desk.more);
      const count = element("p", { class: "desk-hint", role: "status", tabindex: "-1" });
      const everything = name === "waiting" && element("p", { class: "desk-acts" }, element("button", { type: "button", id: "clear-all", click: () => this.clearAll() }, this.words.clearAll));
      const inside = [count, everything, list, element("p", {}, more)].filter(Boolean);
      this.parts[name] = { list, more, count, everything };
      place.append(name === "waiting"
        ? element("section", { class: "desk-stack", "aria-labelledby": "c-waiting" }, element("h2", { id: "c-waiting" }, this.words.waiting), inside)
        : element("details", { class: "desk-card desk-about" }, element("summary", {}, this.words[name]), element("div", { class: "desk-stack" }, inside)));
    }
  }

  async load() {
    await Promise.all(Object.keys(this.parts).map((name) => this.fill(name)));
  }

  async reload() {
    for (const { list } of Object.values(this.parts)) list.replaceChildren();
    await this.load();
  }

  async fill(name, cursor) {
    const part = this.parts[name];
    const page = await this.desk.get(addressOf(this.embed, `${name}?limit=${size}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`));
    part.list.append(...page.items.map((entry) => this.line(name, entry)));
    part.more.hidden = !page.next;
    part.more.onclick = () => this.fill(name, page.next).catch((error) => this.desk.say(error.message));
    this.tell(name);
  }

  tell(name) {
    const { list, count, everything, more } = this.parts[name];
    const number = list.children.length;
    say(count, number ? phrase(this.words[number === 1 ? "one" : "some"], { count: number }) + (more.hidden ? "" : ` ${this.words.andMore}`) : this.words[`${name}None`]);
    if (everything) everything.hidden = number < 2;
  }

  line(name, entry) {
    const { words, desk } = this;
    const button = (act, word, isMain) => element("button", { type: "button", class: isMain ? "desk-go" : "", "data-act": act, click: () => this.answer(act, entry, line, name) },
      word, element("span", { class: "desk-unseen" }, ` ${nameOf(entry.feature, desk.words)}`));
    const line = element("li", {}, element("article", { class: name === "waiting" ? "desk-card" : "desk-small", tabindex: "-1", "data-id": entry.id },
      name === "waiting" ? contributionOf({ feature: entry.feature, ground: nowhere, desk, heading: "h3" })
        : element("p", { class: "desk-title", dir: "auto" }, nameOf(entry.feature, desk.words)),
      element("p", { class: "desk-acts" }, name === "waiting"
        ? [button("clear", words.clear, true), button("refuse", words.refuse)] : button("withdraw", words.withdraw))));
    return line;
  }

  async answer(act, entry, line, name) {
    const body = { [act]: [act === "clear" ? { id: entry.id, form: entry.form } : entry.id] };
    try {
      const told = await this.desk.send("POST", addressOf(this.embed, "clearances"), body);
      const next = (line.nextElementSibling ?? line.previousElementSibling)?.querySelector("article");
      if (told.changed.length || told.unknown.length) {
        // It is looked at again before it shows: nothing is cleared unseen.
        await this.reload();
        this.desk.say(told.changed.length ? this.words.changed : this.words.unknown);
        return void this.parts[name].count.focus();
      }
      line.remove();
      this.tell(name);
      const other = { clear: "cleared", refuse: "refused", withdraw: "waiting" }[act];
      this.parts[other].list.replaceChildren();
      await this.fill(other);
      this.desk.say(phrase(this.words[`was_${act}`], { title: nameOf(entry.feature, this.desk.words) }));
      (next ?? this.parts[name].count).focus();
    } catch (error) {
      if (!error.problem) throw error;
      this.desk.say(error.message);
    }
  }

  async clearAll() {
    if (!(await this.desk.ask(this.words.reallyAll))) return;
    try {
      const { cleared } = await this.desk.send("POST", addressOf(this.embed, "clearances"), { clear: "all" });
      await this.reload();
      this.desk.say(phrase(this.words.wasAll, { count: cleared }));
      this.parts.waiting.count.focus();
    } catch (error) {
      if (!error.problem) throw error;
      this.desk.say(error.message);
    }
  }
}

/** What is cleared as it comes, without being looked at. */
function rule(embed, desk, changed) {
  const words = desk.words.deskClearance;
  const offered = embed.kinds.length ? embed.kinds : kinds;
  const boxes = offered.map((kind) => element("input", { type: "checkbox", value: kind, checked: embed.standing && (!embed.standing.kinds.length || embed.standing.kinds.includes(kind)) }));
  const themes = element("input", { id: "rule-themes", type: "text", dir: "auto", autocomplete: "off", "aria-describedby": "h-rule-themes" });
  themes.value = embed.standing?.themes.join(", ") ?? "";
  const state = element("p", { role: "status" });
  const fault = element("p", { class: "desk-fault", role: "alert", hidden: true });
  const tell = () => say(state, embed.standing ? words.ruleIs : words.noRule);
  tell();
  const set = async (standing) => {
    say(fault);
    try {
      const told = await desk.send("PUT", addressOf(embed, "standing"), standing);
      embed.standing = told.standing;
      tell();
      desk.say(standing ? words.ruleSet : words.ruleEnded);
      await changed();
    } catch (error) {
      if (!error.problem) throw error;
      say(fault, error.message);
    }
  };
  return element("form", { class: "desk-card", novalidate: true, submit: (event) => {
    event.preventDefault();
    const chosen = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    if (!chosen.length) return void say(fault, words.ruleNeeds);
    const list = themes.value.split(",").map((theme) => theme.trim()).filter(Boolean);
    set({ kinds: chosen.length === offered.length ? embed.kinds : chosen, themes: list });
  } },
  element("h2", {}, words.rule), element("p", { class: "desk-hint" }, words.ruleMeans), state,
  element("fieldset", { class: "desk-fields" }, element("legend", {}, words.ruleKinds), boxes.map((box) => element("label", { class: "desk-check" }, box, desk.words.kinds[box.value] ?? box.value))),
  element("p", { class: "desk-field" }, element("label", { for: "rule-themes" }, words.ruleThemes), element("span", { class: "desk-hint", id: "h-rule-themes" }, words.ruleThemesHint), themes),
  fault,
  element("p", { class: "desk-acts" }, element("button", { type: "submit" }, words.ruleDo), element("button", { type: "button", id: "rule-end", click: () => set(null) }, words.ruleEnd)));
}

/** The line to copy into the partner's own page, where that part is installed. */
async function embedLine(place, embed, desk) {
  const own = embed.links?.find(({ rel }) => rel === "self")?.href;
  const publicURL = own ? own.slice(0, own.indexOf("/embeds/")) : location.origin;
  try {
    const { embedPanel } = await import("./embed-line.js");
    place.append(embedPanel(embed, { publicURL, words: desk.words.line, level: 2 }));
  } catch {
    place.append(element("p", { class: "desk-hint" }, element("a", { href: `/map/${encodeURIComponent(embed.layer)}` }, desk.words.deskClearance.map)));
  }
}
