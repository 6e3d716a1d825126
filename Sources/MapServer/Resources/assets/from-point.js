// Somebody comes from the code on a wall: the place is known already, and what they give names the point. All of it
// stands in the fragment, which is never sent, and leaves the address as soon as it has been read.

import { element, phrase } from "./markup.js";

const pattern = /^#e=([0-9A-Za-z-]{12,20})(?:&at=(-?\d{1,3}(?:\.\d{1,12})?),(-?\d{1,2}(?:\.\d{1,12})?))?(?:&p=([0-9a-z]{26}))?$/;

/** {code, at, id} of the point that the address names, or undefined. */
export function arrival() {
  const [, code, longitude, latitude, id] = pattern.exec(location.hash) ?? [];
  if (!code) return undefined;
  history.replaceState(history.state, "", location.pathname + location.search);
  const isOnEarth = longitude !== undefined && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
  return { code, at: isOnEarth ? [Number(longitude), Number(latitude)] : undefined, id };
}

/** What everybody reads of the point; undefined without a network. */
async function titleOf({ id, name }, layer) {
  if (name || !id) return name;
  try {
    const answer = await fetch(`/collections/${encodeURIComponent(layer)}/items/${id}?f=geojson`, { credentials: "omit" });
    return answer.ok ? (await answer.json()).properties.title : undefined;
  } catch {
    return undefined;
  }
}

/** Says above the form where somebody writes from, with a way out. `named` learns the point's title. */
export async function showPoint({ point, layer, before, words, named, leave }) {
  document.querySelector("#at-point")?.remove();
  if (!point) return;
  const said = element("span", {}, words.atAPoint);
  const way = point.at && element("button", { type: "button", class: "quiet", id: "elsewhere", click: leave }, words.elsewhere);
  before.before(element("p", { class: "said at-point", id: "at-point", role: "status" }, said, " ", way));
  const title = await titleOf(point, layer);
  if (!title) return;
  named(title);
  said.textContent = phrase(words.atPoint, { place: title });
}
