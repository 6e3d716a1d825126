// The form in which a curator decides: what is needed for the decision, and why, which its author will read.

import { element, phrase, say } from "./markup.js";
import { inCodePoints, marked } from "./desk-marks.js";

/** The decisions and their keys, the same in every language. */
export const decisions = [
  { name: "publish", key: "p" }, { name: "reject", key: "r" }, { name: "ask", key: "a" }, { name: "coarsen", key: "c" },
  { name: "mask", key: "m" }, { name: "hide", key: "h" }, { name: "erase", key: "e" },
];

/** The sentences that the rules of a layer are made of, as ways to begin one's reasons. */
function templates(decision, layer, words) {
  const own = Object.entries(words.deskReasons).filter(([name]) => name.startsWith(`${decision}_`)).map(([, text]) => text);
  const rules = (layer?.rules ?? "").split(/\n+|(?<=[.!?…])\s+/).map((rule) => rule.trim()).filter(Boolean);
  return [...own, ...rules.map((rule) => phrase(words.deskReview.byRule, { rule }))];
}

let count = 0;

/**
 * The form for one decision.
 * @param {{decision: string, item?: object, layer: object, words: object, several?: number}} asked `item` has feature and
 *   flags; without one it is for several.
 * @returns {{form: HTMLFormElement, body: () => object|undefined, fail: (text: string) => void}} `body` answers what is
 *   sent, or nothing when something is missing, which it says.
 */
export function decisionForm({ decision, item, layer, words, several, send, cancel }) {
  const number = (count += 1);
  const said = words.deskReview;
  const isReasoned = decision !== "publish";
  const area = element("textarea", { id: `reasons-${number}`, rows: "3", maxlength: "5000", dir: "auto", "aria-describedby": `h-reasons-${number} f-reasons-${number}` });
  const fault = element("p", { class: "desk-fault", id: `f-reasons-${number}`, role: "alert", hidden: true });
  const offered = templates(decision, layer, words);
  const select = element("select", { id: `template-${number}` }, offered.map((text) => element("option", {}, text.length > 90 ? `${text.slice(0, 89)}…` : text)));
  // Not as soon as one is chosen: with the arrows one passes by the others.
  const take = () => {
    area.value = [area.value.trim(), offered[select.selectedIndex]].filter(Boolean).join("\n");
    area.focus();
  };
  const more = { coarsen: () => precisionField(number, said), mask: () => maskField(number, item, said) }[decision]?.();
  const ground = ["reject", "hide", "coarsen", "mask", "erase"].includes(decision) && element("label", { class: "desk-check" },
    element("input", { type: "checkbox", name: "law" }), said.law);

  const form = element("form", { class: "desk-decision", novalidate: true, "data-decision": decision, submit: (event) => {
    event.preventDefault();
    send();
  } },
  element("p", { class: "desk-decision-name" }, several ? phrase(said[`all_${decision}`], { count: several }) : said[`will_${decision}`]),
  decision === "erase" && element("p", { class: "desk-note" }, said.eraseMeans),
  more && [more.nodes].flat(2),
  isReasoned && [
    offered.length > 0 && element("p", { class: "desk-field" }, element("label", { for: `template-${number}` }, said.template),
      element("span", { class: "desk-with" }, select, element("button", { type: "button", "data-take": true, click: take }, said.takeTemplate))),
    element("p", { class: "desk-field" },
      element("label", { for: `reasons-${number}` }, decision === "ask" ? said.yourQuestion : said.reasons),
      element("span", { class: "desk-hint", id: `h-reasons-${number}` }, said.reasonsHint), area),
    ground,
  ],
  fault,
  element("p", { class: "desk-acts" },
    element("button", { type: "submit", class: "desk-go" }, said[`do_${decision}`]),
    element("button", { type: "button", click: cancel }, said.cancel)));

  const fail = (text, node = area) => {
    say(fault, text);
    area.toggleAttribute("aria-invalid", false);
    if (!text) return;
    if (node === area) area.setAttribute("aria-invalid", "true");
    (node?.isConnected ? node : form.querySelector("button")).focus();
  };
  const body = () => {
    const reasons = area.value.trim();
    if (isReasoned && !reasons) return void fail(decision === "ask" ? said.questionNeeded : said.reasonsNeeded);
    const members = more ? more.read() : {};
    if (!members) return void fail(more.missing, more.first());
    fail();
    const isLaw = form.querySelector("[name=law]")?.checked;
    return { decision, ...(isReasoned && { reasons }), ...(decision === "ask" && { question: reasons }), ...(isLaw && { ground: "law" }), ...members };
  };
  return { form, body, fail, focus: () => (more?.first() ?? (isReasoned ? (offered.length ? select : area) : form.querySelector("[type=submit]"))).focus() };
}

function precisionField(number, said) {
  const select = element("select", { id: `precision-${number}` }, ["about", "wide", "none"].map((value) =>
    element("option", { value }, said[`coarsen_${value}`])));
  return {
    nodes: element("p", { class: "desk-field" }, element("label", { for: `precision-${number}` }, said.coarsenTo), select),
    first: () => select, read: () => ({ precision: select.value }),
  };
}

/** Words are chosen by selecting them, with a mouse or with Shift and the arrows: the texts stand in fields that take
    nothing. They are not `readonly`, in which some browsers have no caret to select from. */
function maskField(number, item, said) {
  const { properties } = item.feature;
  const marks = [];
  const chosen = element("ul", { class: "desk-masks" });
  const word = element("input", { id: `word-${number}`, type: "text", maxlength: "200", dir: "auto" });
  const fields = ["title", "text", "author"].filter((name) => properties[name]);
  const add = (field, start, end) => {
    if (start >= end || marks.some((mark) => mark.field === field && mark.start === start && mark.end === end)) return;
    marks.push({ field, start, end });
    draw();
  };
  const draw = () => {
    chosen.replaceChildren(...marks.map((mark) => element("li", {},
      element("s", {}, element("bdi", {}, [...properties[mark.field]].slice(mark.start, mark.end).join(""))), " ",
      element("button", { type: "button", click: () => {
        marks.splice(marks.indexOf(mark), 1);
        draw();
        parts[0]?.area.focus();
      } }, said.unmask))));
    for (const { name, preview } of parts) {
      const own = marks.filter(({ field }) => field === name).map(({ start, end }) => ({ start, end, is: "masked" }));
      preview.replaceChildren(...(own.length ? marked(properties[name], own, said) : []));
      preview.hidden = !own.length;
    }
  };
  const parts = fields.map((name) => {
    const area = element("textarea", { id: `mask-${name}-${number}`, "aria-readonly": "true", dir: "auto", rows: name === "text" ? "5" : "1", "aria-describedby": `h-mask-${number}`,
      beforeinput: (event) => event.preventDefault(), input: () => { area.value = properties[name]; } });
    area.value = properties[name];
    const preview = element("p", { class: "desk-masked", dir: "auto", hidden: true });
    const mark = () => {
      const { start, end } = inCodePoints(properties[name], area.selectionStart, area.selectionEnd);
      if (area.selectionStart < area.selectionEnd) add(name, start, end);
      area.focus();
    };
    return { name, area, preview, node: element("div", { class: "desk-field" },
      element("label", { for: area.id }, said[`fact_${name}`]), area,
      element("p", { class: "desk-acts" }, element("button", { type: "button", "data-mask": name, click: mark }, said.maskSelection)), preview) };
  });
  const flags = (item.flags ?? []).filter(({ pointer }) => fields.includes(pointer.split("/").at(-1)));
  const nodes = [
    element("p", { class: "desk-hint", id: `h-mask-${number}` }, said.maskHint),
    flags.length > 0 && element("p", { class: "desk-acts" }, flags.map(({ pointer, start, end, text }) =>
      element("button", { type: "button", click: () => add(pointer.split("/").at(-1), start, end) }, said.maskFlag, " ", element("bdi", {}, text)))),
    parts.map(({ node }) => node),
    element("p", { class: "desk-field" }, element("label", { for: `word-${number}` }, said.maskEverywhere), word),
    chosen,
  ];
  return {
    nodes, missing: said.maskNeeded, first: () => parts[0]?.area ?? word,
    read() {
      const words = word.value.trim() ? [word.value.trim()] : [];
      if (!marks.length && !words.length) return undefined;
      return {
        ...(marks.length && { masks: marks.map(({ field, start, end }) => ({ pointer: `/properties/${field}`, start, end })) }),
        ...(words.length && { words }),
      };
    },
  };
}
