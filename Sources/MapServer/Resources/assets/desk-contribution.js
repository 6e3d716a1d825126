// A contribution as somebody reads it who decides about it: its words with what was found in them, its place, and an
// edit beside what stands.

import { element, phrase } from "./markup.js";
import { changed, differences, marked } from "./desk-marks.js";
import { drawPlan, middleOf, reachOf, distanceInWords } from "./plan.js";
import { timeInWords } from "./words.js";

const texts = ["title", "text", "author"];
const facts = ["kind", "when", "theme", "lang", "precision", "licence"];
const left = new Set([...texts, ...facts, "precision_m", "cell", "generalisation", "month", "encounter_state"]);

const longest = 1500; // Characters that stand whole; a longer text scrolls, by keyboard too.

export const nameOf = (feature, words) =>
  (feature?.properties.title || (feature?.properties.text ?? "").slice(0, 60)).trim() || words.deskReview.untitled;

/** What was found, by the field in which it stands. */
const flagsIn = (flags, field, words) => flags.filter(({ pointer }) => pointer === `/properties/${field}`)
  .map(({ start, end, kind }) => ({ start, end, is: "flag", name: words.deskReview[`flag_${kind}`] ?? kind }));

/**
 * The whole of it, as nodes.
 * @param {{feature: object, before?: object, differs?: string[], flags?: object[], ground: object, desk: object}} shown
 */
export function contributionOf({ feature, before, differs = [], flags = [], ground, desk, heading = "h2", id }) {
  const { words } = desk;
  if (!before) return [
    element(heading, { id, dir: "auto", class: "desk-title" }, titleNodes(feature, flags, [], words)),
    ...body(feature, flags, {}, { ground, desk }),
    found(flags, words),
  ].filter(Boolean);
  const compared = Object.fromEntries(texts.map((field) =>
    [field, differences(before.properties[field] ?? "", feature.properties[field] ?? "")]));
  const side = (one, name, flagged) => element("section", { class: `desk-side desk-side-${name}`, "aria-label": words.deskReview[`side_${name}`] },
    element("p", { class: "desk-side-name" }, words.deskReview[`side_${name}`]),
    element("p", { class: "desk-title", dir: "auto" }, titleNodes(one, flagged, changed(compared.title, name), words)),
    body(one, flagged, Object.fromEntries(texts.map((field) => [field, changed(compared[field], name)])), { ground, desk, differs }));
  return [
    element(heading, { id, class: "desk-title", dir: "auto" }, phrase(words.deskReview.edit, { title: nameOf(before, words) })),
    element("p", { class: "desk-hint" }, whatDiffers(differs, words)),
    element("div", { class: "desk-sides" }, side(before, "before", []), side(feature, "after", flags)),
    found(flags, words),
  ].filter(Boolean);
}

const titleNodes = (feature, flags, stretches, words) => feature.properties.title
  ? marked(feature.properties.title, [...flagsIn(flags, "title", words), ...stretches], words.deskReview)
  : [element("i", {}, words.deskReview.untitled)];

function body(feature, flags, stretches, { ground, desk, differs = [] }) {
  const { words } = desk;
  const { properties } = feature;
  const written = (field) => marked(properties[field], [...flagsIn(flags, field, words), ...(stretches[field] ?? [])], words.deskReview);
  return [
    properties.text && element("p", properties.text.length > longest ? { class: "text desk-text is-long", dir: "auto", tabindex: "0" } : { class: "text desk-text", dir: "auto" }, written("text")),
    properties.author && element("p", { class: "author", dir: "auto" }, written("author")),
    factsOf(properties, differs, desk),
    placeOf(feature, ground, words),
  ].filter(Boolean);
}

/** What is said of it, line by line; what an edit has changed says so. */
function factsOf(properties, differs, { words, language }) {
  const value = {
    kind: (kind) => words.kinds[kind] ?? kind,
    when: (when) => timeInWords(when, words.time, language),
    theme: (themes) => [themes].flat().join(", "),
    precision: (precision) => words.precision[precision] ?? precision,
  };
  const others = Object.keys(properties).filter((name) => !left.has(name) && typeof properties[name] !== "object");
  const lines = [...facts, ...others].filter((name) => properties[name] !== undefined && properties[name] !== null && properties[name] !== "");
  if (!lines.length) return undefined;
  return element("dl", { class: "desk-facts" }, lines.map((name) => {
    const isChanged = differs.includes(`/properties/${name}`);
    return element("div", { class: isChanged ? "is-changed" : "" },
      element("dt", {}, words.deskReview[`fact_${name}`] ?? name, isChanged && ` (${words.deskReview.changed})`),
      element("dd", { dir: "auto" }, String((value[name] ?? String)(properties[name]))));
  }));
}

/** The place as it would show, in words and drawn small. */
function placeOf({ geometry, properties }, ground, words) {
  if (!geometry) return element("p", { class: "desk-hint" }, words.precision.noneArea);
  const distance = distanceInWords(properties.precision_m ?? (properties.precision === "wide" ? 1000 : 200), words.plan);
  const sentence = phrase(words.precision[`${properties.precision ?? "exact"}Area`] ?? "", { distance });
  const canBeDrawn = geometry.type === "Point" || geometry.type === "Polygon";
  return element("details", { class: "desk-place" },
    element("summary", {}, sentence),
    canBeDrawn && drawPlan({
      centre: middleOf(geometry), across: reachOf(geometry), area: geometry, ground,
      label: phrase(words.plan.drawing, { words: sentence }), words: words.plan,
    }));
}

function whatDiffers(differs, words) {
  const names = differs.map((pointer) => pointer.split("/").at(-1))
    .map((name) => words.deskReview[`fact_${name}`] ?? name);
  return phrase(words.deskReview.differs, { names: names.join(", ") || words.deskReview.nothingDiffers });
}

/** What was found, in a list: who does not see the marks reads it here. */
function found(flags, words) {
  if (!flags.length) return undefined;
  return element("div", { class: "desk-found" },
    element("p", {}, words.deskReview.found),
    element("ul", {}, flags.map(({ kind, text }) => element("li", {},
      `${words.deskReview[`flag_${kind}`] ?? kind} : `, element("bdi", {}, text)))));
}

/** What was asked and answered, and what was decided before. */
export function storyOf({ question, answer, decisions = [] }, words) {
  if (!question && !answer && !decisions.length) return undefined;
  const said = (name, text) => text && element("div", {}, element("dt", {}, words.deskReview[name]), element("dd", { dir: "auto" }, text));
  return element("dl", { class: "desk-story" },
    said("question", question), said("answer", answer),
    decisions.map(({ decision, reasons }) => element("div", {},
      element("dt", {}, words.deskReview[`done_${decision}`] ?? decision), reasons && element("dd", { dir: "auto" }, reasons))));
}
