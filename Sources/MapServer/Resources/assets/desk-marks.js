// Texts with what a curator should see in them: what was found (code points, as the server counts), and what an edit
// has changed, word by word.

import { element } from "./markup.js";

const most = 4_000_000; // Cells of the table of a comparison: beyond it, what differs is shown whole.

const pieces = (text) => text.match(/\s+|[\p{L}\p{N}\p{M}_’']+|[^\s\p{L}\p{N}\p{M}_’']+/gu) ?? [];
const length = (text) => [...text].length;

/** What is the same and what is not: [{text, side}], side "both", "before" or "after". */
export function differences(before, after) {
  const [one, other] = [pieces(before), pieces(after)];
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < one.length - start && end < other.length - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const middle = changes(one.slice(start, one.length - end), other.slice(start, other.length - end));
  const same = (list) => list.map((text) => ({ text, side: "both" }));
  return joined([...same(one.slice(0, start)), ...middle, ...same(one.slice(one.length - end))]);
}

/** The longest common subsequence (Wagner and Fischer 1974), read from its beginning. */
function changes(one, other) {
  const gone = one.map((text) => ({ text, side: "before" }));
  const come = other.map((text) => ({ text, side: "after" }));
  if (!one.length || !other.length || one.length * other.length > most) return [...gone, ...come];
  const width = other.length + 1;
  const common = new Uint16Array((one.length + 1) * width);
  for (let row = one.length - 1; row >= 0; row--) {
    for (let column = other.length - 1; column >= 0; column--) {
      const at = row * width + column;
      common[at] = one[row] === other[column] ? common[at + width + 1] + 1 : Math.max(common[at + width], common[at + 1]);
    }
  }
  const found = [];
  let [row, column] = [0, 0];
  while (row < one.length && column < other.length) {
    const at = row * width + column;
    if (one[row] === other[column]) {
      found.push({ text: one[row], side: "both" });
      row += 1;
      column += 1;
    } else if (common[at + width] >= common[at + 1]) found.push(gone[row++]);
    else found.push(come[column++]);
  }
  return [...found, ...gone.slice(row), ...come.slice(column)];
}

function joined(list) {
  const result = [];
  for (const piece of list) {
    if (result.at(-1)?.side === piece.side) result.at(-1).text += piece.text;
    else result.push({ ...piece });
  }
  return result;
}

/** The stretches of one side that the other has not: [{start, end}], in code points of that side. */
export function changed(list, side) {
  const found = [];
  let at = 0;
  for (const piece of list) {
    if (piece.side !== "both" && piece.side !== side) continue;
    const end = at + length(piece.text);
    if (piece.side === side) found.push({ start: at, end, is: side });
    at = end;
  }
  return found;
}

const tags = { before: "del", after: "ins", flag: "mark", masked: "s" };

/**
 * A text as nodes, with its stretches: [{start, end, is, name}], `is` one of before, after, flag, masked; `name` says in
 * words what a flag is. Stretches may lie over each other.
 */
export function marked(text, stretches, words) {
  if (!stretches.length) return [text];
  const points = [...text];
  const cuts = [...new Set([0, points.length, ...stretches.flatMap(({ start, end }) => [start, end])])]
    .filter((cut) => cut >= 0 && cut <= points.length).sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, place) => {
    const end = cuts[place + 1];
    const over = stretches.filter((stretch) => stretch.start <= start && stretch.end >= end);
    return over.reduce((inner, { is, name, start: first }) => element(tags[is], {},
      is === "flag" && first === start && element("span", { class: "desk-unseen" }, `${name} : `),
      is !== "flag" && first === start && element("span", { class: "desk-unseen" }, `${words[is]} : `), inner),
    points.slice(start, end).join(""));
  });
}

/** Where a selection of UTF-16 lies in code points, widened to what a reader sees as whole characters. */
export function inCodePoints(text, from, to) {
  const letters = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)];
  const first = letters.findLast(({ index }) => index <= from)?.index ?? 0;
  const last = letters.find(({ index, segment }) => index + segment.length >= to);
  const end = last ? last.index + last.segment.length : text.length;
  return { start: length(text.slice(0, first)), end: length(text.slice(0, end)) };
}
