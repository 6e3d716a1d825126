// Follows what is published while somebody looks: by validators, so that what has not changed costs a few bytes, once
// a minute at most, and not at all while the page is hidden or out of sight.

const minute = 60000;
const rest = 2000; // The least between two looks, however often one comes back.

/**
 * @param addresses what to ask, as a function.
 * @param changed called when any of them has changed since it was asked last.
 * @param gone called once when there is nothing at them any more.
 */
export function keepUp({ addresses, changed, gone }) {
  const tags = new Map();
  let timer;
  let last = Date.now();
  let isInSight = true;
  let isOver = false;

  async function look() {
    last = Date.now();
    let isNew = false;
    for (const address of addresses()) {
      const answer = await fetch(address, { cache: "no-cache", credentials: "omit" });
      if (answer.status === 404) return end();
      if (!answer.ok) return undefined;
      const tag = answer.headers.get("ETag");
      if (tags.get(address) !== tag) isNew = true;
      tags.set(address, tag);
    }
    return isNew && changed();
  }

  function end() {
    isOver = true;
    gone();
  }

  function plan() {
    clearTimeout(timer);
    if (isOver || document.visibilityState !== "visible" || !isInSight) return;
    const wait = Math.max(0, last + minute - Date.now());
    timer = setTimeout(again, wait);
  }

  async function again() {
    await look().catch(() => {}); // Without a network the next look may find one.
    plan();
  }

  function back() {
    clearTimeout(timer);
    if (!isOver && document.visibilityState === "visible" && isInSight && Date.now() - last > rest) again();
    else plan();
  }

  document.addEventListener("visibilitychange", back);
  new IntersectionObserver(([{ isIntersecting }]) => {
    if (isIntersecting === isInSight) return;
    isInSight = isIntersecting;
    back();
  }).observe(document.body);
  plan();
}
