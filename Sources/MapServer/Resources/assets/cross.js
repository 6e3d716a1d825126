// A cross on a plan, moved by arrow keys, by buttons, or by touching where it should go.

import { drawPlan, distanceInWords, placeFrom } from "./plan.js";
import { element, phrase } from "./markup.js";

const steps = [50, 200, 1000];
const ways = {
  ArrowUp: ["north", [0, 1]], ArrowLeft: ["west", [-1, 0]], ArrowRight: ["east", [1, 0]], ArrowDown: ["south", [0, -1]],
};

/** Draws the plan in a frame and answers keys there. `moved` gets each new place, and the one where it began. */
export function crossOn({ frame, compass, ground, start, words, moved }) {
  let place = start;
  let size = 1;
  const note = element("p", { class: "hint", role: "status" });

  function draw() {
    const across = steps[size] * 9;
    const label = phrase(words.drawing, { words: phrase(words.step, { distance: distanceInWords(steps[size], words) }) });
    frame.replaceChildren(drawPlan({ centre: place, across, ground, cross: true, label, words }));
    frame.firstChild.setAttribute("aria-hidden", "true");
    note.textContent = phrase(words.step, { distance: distanceInWords(steps[size], words) });
  }

  function go(metres) {
    place = placeFrom(place, metres);
    draw();
    moved(place, start);
  }

  function resize(change) {
    size = Math.max(0, Math.min(steps.length - 1, size + change));
    draw();
  }

  frame.addEventListener("keydown", (event) => {
    const way = ways[event.key]?.[1];
    if (way) go(way.map((part) => part * steps[size]));
    else if (event.key === "+") resize(1);
    else if (event.key === "-") resize(-1);
    else if (event.key === "Enter" || event.key === " ") moved(place, start);
    else return;
    event.preventDefault();
  });
  frame.addEventListener("click", (event) => {
    const box = frame.firstChild.getBoundingClientRect();
    const metres = (steps[size] * 9) / box.width;
    go([(event.clientX - box.left - box.width / 2) * metres, (box.top + box.height / 2 - event.clientY) * metres]);
  });

  // For fingers: with a keyboard the cross itself does the same, and six stops fewer.
  const button = (text, label, click, name) =>
    element("button", { type: "button", tabindex: -1, class: `arrow ${name}`, "aria-label": label, title: label, click }, text);
  const signs = { ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", ArrowDown: "↓" };
  compass.replaceChildren(
    ...Object.entries(ways).map(([key, [name, way]]) =>
      button(signs[key], phrase(words.move, { direction: words[name] }), () => go(way.map((part) => part * steps[size])), name)),
    button("−", words.finer, () => resize(-1), "finer"), button("+", words.coarser, () => resize(1), "coarser"), note);
  draw();
  return { draw };
}
