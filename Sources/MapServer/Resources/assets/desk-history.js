// Moderation in numbers: the table of `GET /moderation/history`, which everybody may read.

import { element } from "./markup.js";

export const title = "deskHistory.title";

const outcomes = ["kept", "acted", "withdrawn-at-their-word", "gone"];
const restrictions = ["reject", "hide", "coarsen", "ask", "mask", "erase"];

export async function show(place, desk) {
  const words = desk.words.deskHistory;
  place.append(element("p", { class: "lede" }, words.lede));
  const { half_years: halves } = await desk.get("/moderation/history?f=json");
  if (!halves.length) {
    place.append(element("p", { class: "empty" }, words.none));
    return;
  }
  const number = (value) => (typeof value === "number" ? value.toLocaleString(desk.language) : value ?? desk.words.desk.none);
  const line = (name, value, isMain) => element("tr", { class: isMain ? "is-main" : "" },
    element("th", { scope: "row" }, name), halves.map((half) => element("td", {}, number(value(half)))));
  place.append(
    element("div", { class: "desk-table", tabindex: "0", role: "region", "aria-label": words.caption },
      element("table", {},
        element("caption", {}, words.caption),
        element("thead", {}, element("tr", {}, element("th", { scope: "col" }, words.halfYear),
          halves.map(({ half_year: half }) => element("th", { scope: "col" }, half)))),
        element("tbody", {},
          line(words.received, ({ reports }) => reports.received, true),
          outcomes.map((outcome) => line(words[outcome], ({ reports }) => reports[outcome])),
          line(words.ended, ({ reports }) => reports.ended, true),
          line(words.median_days, ({ reports }) => reports.median_days),
          line(words.restricted, ({ restrictions: done }) => done.total, true),
          restrictions.map((act) => line(words[act], ({ restrictions: done }) => done[act]))))),
    element("p", { class: "desk-hint" }, words.few),
    element("p", {}, element("a", { href: "/moderation/history?f=html" }, words.public)));
}
