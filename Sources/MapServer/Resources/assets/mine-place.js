// The pin of one's own contribution, placed again: in the same five ways as the first time, with the same drawing of what
// will show. Nothing finer than that leaves the device.

import { element, say } from "./markup.js";
import { placeQuestion } from "./place.js";
import { shownPlace } from "./receipt.js";

/**
 * The form as an element.
 * @param settings those of placeQuestion, with `old`, the cell in which it shows now.
 * @param save gets the patch, and whether it would show where it does already.
 */
export function movingPart({ settings, words, ground, template, cancel, save }) {
  const { own } = words;
  const levels = element("fieldset", { class: "choices", id: "precisions" }, element("legend", {}, words.precision.legend));
  const drawing = element("div", { class: "drawing", id: "shown-area" });
  const fault = element("p", { class: "fault", id: "f-place", hidden: true });
  const shown = element("div", { class: "step", id: "moved-shows", hidden: true }, drawing, levels);
  const form = element("form", { class: "step panel-card", id: "moving", novalidate: true, autocomplete: "off" },
    element("h2", { tabindex: "-1" }, own.movePlace),
    element("p", { class: "hint" }, own.moveHint),
    template.content.cloneNode(true),
    element("p", { class: "said", id: "said-place", role: "status" }), fault, shown,
    element("p", { class: "turn" }, element("button", { type: "submit", class: "go", id: "save-place" }, own.save), " ",
      element("button", { type: "button", class: "quiet", click: cancel }, own.cancel)));
  const place = placeQuestion({ settings, words, step: form, changed: () => draw() });

  function draw() {
    const { pin, level } = place.answer;
    say(fault, "");
    shown.hidden = !pin;
    if (!pin) return;
    const boxes = place.levels().map((name) => element("label", { class: "choice" },
      element("input", { type: "radio", name: "precision", value: name, checked: name === level, change: () => place.level(name) }),
      element("span", {}, element("b", {}, words.precision[name]), " ", element("small", {}, words.precision[`${name}Hint`]))));
    const focused = levels.contains(document.activeElement) && document.activeElement.value;
    levels.replaceChildren(levels.firstElementChild, ...boxes);
    if (focused) levels.querySelector(`[value="${focused}"]`)?.focus();
    drawing.replaceChildren(shownPlace({ geometry: place.area(), precision: level, ground, words }));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { way, pin } = place.answer;
    if (!way) return say(fault, words.say.needPlace);
    if (way !== "words" && !pin) return say(fault, words.say.needPin);
    const at = place.snapped();
    const geometry = at && { type: "Point", coordinates: at };
    return save({ geometry, properties: { precision: place.precision() } }, place.isOld());
  });
  return form;
}
