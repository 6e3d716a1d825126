// Who has done what, the last first. It holds no words of anybody's.

import { element, phrase, say } from "./markup.js";

export const title = "deskJournal.title";

const size = 50;

export async function show(place, desk) {
  const words = desk.words.deskJournal;
  const state = element("p", { class: "desk-note", role: "status" });
  const body = element("tbody", {});
  const more = element("button", { type: "button", hidden: true }, desk.words.desk.more);
  place.append(
    element("p", { class: "lede" }, words.lede), state,
    element("div", { class: "desk-table", tabindex: "0", role: "region", "aria-label": words.title },
      element("table", {},
        element("caption", { class: "desk-unseen" }, words.title),
        element("thead", {}, element("tr", {}, ["when", "who", "what", "about"].map((name) => element("th", { scope: "col" }, words[name])))),
        body)),
    element("p", {}, more));
  const when = new Intl.DateTimeFormat(desk.language, { dateStyle: "medium", timeStyle: "short" });
  const load = async (cursor) => {
    const page = await desk.get(`/moderation/journal?limit=${size}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
    if (page.whole !== undefined) {
      say(state, page.whole ? words.whole : phrase(words.broken, { number: page.broken_at }));
      state.classList.toggle("desk-fault", !page.whole);
    }
    body.append(...page.entries.map((entry) => line(entry, words, when, desk)));
    if (!cursor && !page.entries.length) body.append(element("tr", {}, element("td", { colspan: "4" }, words.none)));
    more.hidden = !page.next;
    more.onclick = () => load(page.next).catch((error) => desk.say(error.message));
  };
  await load();
}

/** What there is to say beside the act: a version, a role; all else as it is kept. */
function inWords(detail, words, desk) {
  const version = /^revision (\d+)$/.exec(detail)?.[1];
  const [, role, layer = ""] = /^(curator|partner|operator)( .*)?$/.exec(detail) ?? [];
  return version ? phrase(words.version, { number: version }) : role ? desk.words.desk[`role_${role}`] + layer : detail;
}

function line({ at, actor, who, own, act, subject, detail, layer }, words, when, desk) {
  const person = own ? words.you
    : who ? [who.label, desk.words.desk[`role_${who.role}`]].filter(Boolean).join(" · ") : words[`actor_${actor}`] ?? `${actor.slice(0, 8)}…`;
  return element("tr", {},
    element("td", { class: "desk-when" }, element("time", { datetime: at }, when.format(new Date(at)))),
    element("td", { dir: "auto" }, person),
    element("td", {}, words[`act_${act.replaceAll(" ", "_")}`] ?? act, detail && element("span", { class: "desk-hint" }, ` (${inWords(detail, words, desk)})`)),
    element("td", {}, layer && element("span", {}, layer, " "), subject !== layer && element("code", { title: subject }, subject.length > 12 ? `${subject.slice(0, 8)}…` : subject)));
}
