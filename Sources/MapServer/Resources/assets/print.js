// On paper: the map with the numbers of the list, the day, and whom to name.

import { boxOf } from "./places.js";

/** @param placed the features of the list, in its order; null for one that stands nowhere or is not known. */
export function tiePrint(page, { map, placed, language, words }) {
  const day = page.querySelector(".colophon dd.printed");
  addEventListener("beforeprint", () => {
    day.textContent = new Date().toLocaleDateString(language, { dateStyle: "long" });
    for (const node of page.querySelectorAll(".printed")) node.hidden = false;
    if (!map()?.isDrawn) return;
    const numbered = placed().map((geometry, index) => geometry && { number: index + 1, at: middle(boxOf(geometry)) });
    const image = page.querySelector("img.on-paper") ?? page.querySelector("main").insertBefore(new Image(), page.querySelector(".items"));
    Object.assign(image, { className: "on-paper", alt: words.reading.printMap, src: map().picture(numbered.filter(Boolean)) });
    const said = map().attribution;
    const credit = page.querySelector(".attribution");
    if (said && !credit.textContent.includes(said)) credit.textContent += ` · ${said}`;
  });
  addEventListener("afterprint", () => page.querySelector("img.on-paper")?.remove());
}

const middle = ([west, south, east, north]) => [(west + east) / 2, (south + north) / 2];
