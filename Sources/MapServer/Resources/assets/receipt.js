// The receipt: once, as a link, a code to photograph and a code to write down.

import { drawn, element, phrase, say } from "./markup.js";
import { drawPlan, middleOf, reachOf, distanceInWords } from "./plan.js";
import { qrModules, qrPath } from "./qr.js";

/** A QR code as a drawing; nothing where the text is too long for one. */
export function qrCode(text, label) {
  try {
    const { path, side } = qrPath(qrModules(text));
    return drawn("svg", { class: "qr", viewBox: `0 0 ${side} ${side}`, role: "img", "aria-label": label, "shape-rendering": "crispEdges" },
      drawn("rect", { class: "qr-ground", width: side, height: side }), drawn("path", { class: "qr-modules", d: path }));
  } catch {
    return undefined;
  }
}

/** What shows of a place: a drawing and its words. `side` is the cell's, in metres. */
export function shownPlace({ geometry, precision, side, ground, words }) {
  const distance = distanceInWords(side ?? (precision === "wide" ? 1000 : 200), words.plan);
  const sentence = phrase(words.precision[`${geometry ? precision : "none"}Area`], { distance });
  const nodes = [element("p", { class: "area-words" }, sentence)];
  if (geometry?.type === "Point" || geometry?.type === "Polygon") {
    const label = phrase(words.plan.drawing, { words: sentence });
    nodes.unshift(drawPlan({ centre: middleOf(geometry), across: reachOf(geometry), area: geometry, ground, label, words: words.plan }));
  }
  return element("figure", { class: "shown" }, nodes);
}

/** The whole receipt. `next` is what happens when the device goes to the next person. */
export function receiptOf({ acceptance, title, ground, words, next }) {
  const { receipt, state, shows, parent } = acceptance;
  const say_ = words.receipt;
  const news = element("p", { class: "said", role: "status" });
  const copy = async () => {
    await navigator.clipboard?.writeText(receipt.link);
    say(news, say_.copied);
  };
  return [
    element("p", { class: "lede" }, say_[state] ?? say_.pending),
    parent && parentPart(parent, say_),
    element("article", { class: "ticket" },
      element("p", { class: "ticket-title", dir: "auto" }, title),
      qrCode(receipt.link, say_.qr),
      element("p", { class: "ticket-label" }, say_.code),
      element("p", { class: "ticket-code", translate: "no" }, receipt.code),
      element("p", { class: "ticket-label" }, phrase(say_.codeAt, { address: receipt.link.split("#")[0].replace(/^https?:\/\//, "") })),
      element("p", {}, element("strong", {}, say_.keep), " ", say_.once)),
    element("p", { class: "turn" },
      element("button", { type: "button", class: "go", id: "print", click: () => print() }, say_.print), " ",
      navigator.clipboard && element("button", { type: "button", class: "quiet", id: "copy", click: copy }, say_.copy), " ",
      element("a", { class: "button quiet", id: "to-mine", href: receipt.link.replace("#", `${location.search}#`), rel: "noreferrer" }, say_.link)),
    news,
    element("h3", { class: "unprinted" }, say_.shows),
    shownPlace({ geometry: shows.geometry, precision: shows.precision, side: shows.precision_m, ground, words }),
    element("p", { class: "turn next-person" },
      element("button", { type: "button", id: "next-person", click: next }, say_.next), element("span", { class: "hint" }, say_.nextHint)),
  ].filter(Boolean);
}

/** For somebody under 15: what their parent needs in order to agree. */
function parentPart({ link, code }, words) {
  return element("article", { class: "ticket parent" },
    qrCode(link, words.parentLink),
    element("p", { class: "ticket-label" }, words.parentCode),
    element("p", { class: "ticket-code", translate: "no" }, code),
    element("p", {}, element("a", { href: link, rel: "noreferrer" }, words.parentLink)));
}
