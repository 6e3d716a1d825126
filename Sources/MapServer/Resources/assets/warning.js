// A kind word before sending: what the words hold that may lead to a person or to a door. It is looked for here, so that
// nothing leaves before it is sent; the look is loaded when somebody has begun to write.

import { element } from "./markup.js";

/** What to show; undefined where there is nothing to say. */
export async function warningOf(texts, words) {
  try {
    const { kindsIn } = await import("./text-flags.js");
    const kinds = kindsIn(texts.filter(Boolean));
    if (!kinds.length) return undefined;
    return [
      element("p", {}, element("b", {}, words.warning.found)),
      element("ul", {}, kinds.map((kind) => element("li", {}, words.flags[kind] ?? kind))),
      element("p", {}, words.warning.advice),
    ];
  } catch {
    // Curators see the same.
    return undefined;
  }
}
