// How often maps were looked at, a day: `GET /moderation/usage`. Rounded totals, which tell of nobody.

import { element, phrase } from "./markup.js";

export const title = "deskUsage.title";

const spans = [7, 30, 365];

export async function show(place, desk) {
  const words = desk.words.deskUsage;
  const choice = element("select", { id: "usage-days" },
    spans.map((days) => element("option", { value: String(days), selected: days === 30 }, phrase(words.days, { number: days }))));
  const told = element("div", { "aria-live": "polite" });
  place.append(
    element("p", { class: "lede" }, words.lede),
    element("p", {}, element("label", { for: "usage-days" }, words.span), " ", choice),
    told,
    element("p", { class: "desk-hint" }, words.few));
  const load = async () => {
    const { days } = await desk.get(`/moderation/usage?days=${choice.value}`);
    told.replaceChildren(...(days.length ? tables(days, words, desk) : [element("p", { class: "empty" }, words.none)]));
  };
  choice.addEventListener("change", () => load().catch((error) => desk.say(error.message)));
  await load();
}

/** One table a layer: the last day first, our own page before partners' maps. */
function tables(days, words, desk) {
  const when = new Intl.DateTimeFormat(desk.language, { dateStyle: "medium", timeZone: "UTC" });
  const layers = Map.groupBy ? Map.groupBy(days, ({ layer }) => layer) : grouped(days);
  return [...layers].map(([layer, lines]) => {
    const name = desk.layers.find(({ id }) => id === layer)?.title || layer;
    return element("div", { class: "desk-table", tabindex: "0", role: "region", "aria-label": name },
      element("table", {},
        element("caption", {}, name),
        element("thead", {}, element("tr", {}, ["day", "where", "count"].map((column) => element("th", { scope: "col" }, words[column])))),
        element("tbody", {}, lines.map((line) => element("tr", {},
          element("th", { scope: "row" }, element("time", { datetime: line.day }, when.format(new Date(`${line.day}T00:00:00Z`)))),
          element("td", { dir: "auto" }, line.partner ? phrase(words.partner, { name: line.partner }) : words.own),
          element("td", {}, line.count === null ? words.fewest : phrase(words.about, { number: line.count.toLocaleString(desk.language) })))))));
  });
}

function grouped(days) {
  const layers = new Map();
  for (const line of days) layers.set(line.layer, [...(layers.get(line.layer) ?? []), line]);
  return layers;
}
