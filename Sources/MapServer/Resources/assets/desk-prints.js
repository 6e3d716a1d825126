// Codes on their way to a wall. The server knows them by their hashes only: what was issued stays in this page until it
// is left, and is sent back to be drawn.

import { element } from "./markup.js";
import { button, counted } from "./desk-fields.js";

/** Asks for something that is no JSON. Throws what the desk throws where it is refused. */
async function fetched(desk, path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST", body: JSON.stringify(body), credentials: "same-origin", cache: "no-store", referrerPolicy: "no-referrer",
      headers: { "Content-Type": "application/json", "Accept-Language": desk.language },
    });
  } catch {
    throw refusal({ detail: desk.words.desk.offline });
  }
  if (!answer.ok) throw refusal(await answer.json().catch(() => ({ detail: desk.words.desk.failed })));
  return answer;
}

function refusal(problem) {
  const faults = problem.errors ?? [];
  return Object.assign(new Error(faults.map(({ detail }) => detail).join(" ") || problem.detail), { problem, code: problem.code, faults });
}

const addressOf = ({ point, id }, ending) => `/encounters/${encodeURIComponent(point)}/codes/${encodeURIComponent(id)}/code.${ending}`;

/** A drawing or picture of a code, as an address that lasts as long as the page. */
export async function imageOf(desk, code, ending) {
  const answer = await fetched(desk, addressOf(code, ending), { code: code.code });
  return URL.createObjectURL(await answer.blob());
}

export async function download(desk, code, ending) {
  const address = await imageOf(desk, code, ending);
  element("a", { href: address, download: `${code.code}.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The sheets of some codes, to look at and to print. `words` are those of the section. */
export async function sheetsOf(desk, layer, codes, words) {
  const answer = await fetched(desk, `/moderation/${encodeURIComponent(layer)}/sheets`,
    { codes: codes.map(({ point, id, code }) => ({ point, id, code })) });
  const frame = element("iframe", { class: "craft-sheets", title: words.sheetsTitle, srcdoc: await answer.text() });
  return element("section", { class: "desk-card desk-stack", id: "sheets" },
    element("h2", { tabindex: "-1" }, counted(words, "sheets", codes.length, desk.language)),
    element("p", { class: "desk-note" }, words.sheetsOnce),
    element("p", { class: "desk-acts" }, button(words.print, () => frame.contentWindow.print(), { class: "desk-go", id: "print-sheets" })),
    frame);
}
