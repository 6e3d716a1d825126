// What will show, exactly, before it is sent.

import { element, phrase } from "./markup.js";
import { shownPlace } from "./receipt.js";
import { timeInWords } from "./words.js";

/** The contribution as others will read it, and who they are. */
export function previewOf({ fields, place, area, ground, when, isChild, words }) {
  const title = fields.title.trim();
  const author = isChild ? "" : fields.author.trim();
  const time = when && timeInWords(when, words.time, document.documentElement.lang);
  return [
    element("article", { "data-kind": fields.kind },
      element("p", { class: "kind" }, element("span", { class: "sign", "data-kind": fields.kind }), words.kinds[fields.kind],
        time && element("span", { class: "when" }, time)),
      element("h3", { dir: "auto", class: title ? "" : "untitled" }, title || words.say.noTitle),
      fields.text.trim() && element("p", { class: "text", dir: "auto" }, fields.text.trim()),
      author && element("p", { class: "author", dir: "auto" }, author)),
    shownPlace({ geometry: area, precision: place.precision, ground, words }),
    element("ul", { class: "audience" },
      element("li", {}, words.say.toEverybody),
      element("li", {}, fields.partners === "yes" ? words.say.toPartners : words.say.noPartners),
      fields.licence && element("li", {}, phrase(words.say.underLicence, { licence: fields.licence })),
      isChild && element("li", {}, words.say.childParent)),
  ];
}
