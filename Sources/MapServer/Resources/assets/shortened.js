// A long list in a frame would make a long page of somebody else's: it begins with a few, and goes on when asked.

import { filled } from "./article.js";

const few = 3; // As in embed.css.

export function shorten(page, words, language) {
  const items = page.querySelector(".items");
  const rest = page.querySelector(".rest");
  const button = rest.querySelector("button");
  const count = () => items.children.length - few;

  function look() {
    const hidden = count();
    const isShort = hidden > 0 && !button.dataset.isPressed;
    page.classList.toggle("is-short", isShort);
    rest.hidden = !isShort;
    const text = hidden === 1 ? words.restOne : filled(words.rest, { count: hidden.toLocaleString(language) });
    if (button.textContent !== text) button.textContent = text;
  }

  button.addEventListener("click", () => {
    button.dataset.isPressed = "true";
    look();
    items.children[few]?.querySelector("article").focus();
  });
  new MutationObserver(look).observe(items, { childList: true });
  look();
}
