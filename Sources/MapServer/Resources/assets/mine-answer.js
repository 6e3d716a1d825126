// What a curator has asked or decided, and what its author says to it; and what they agreed to, in the words of that day.

import { element, say } from "./markup.js";

/**
 * The question and the answer; undefined where there is nothing to answer.
 * @param changed sends a patch and shows what has become of it, with a sentence.
 */
export function answerPart({ state, question, answer, decisions }, { own, changed }) {
  const isContestable = Boolean(decisions.at(-1)?.contest) && ["rejected", "hidden", "published"].includes(state);
  if (!question && !isContestable) return undefined;
  const isOpen = state === "asked" || (isContestable && !answer);
  return element("section", { class: "panel-card", "aria-labelledby": "q-question" },
    element("h2", { id: "q-question", tabindex: "-1" }, question ? own.question : own.contest),
    question && element("p", { class: "text", dir: "auto", id: "asked-words" }, question),
    !question && element("p", { class: "hint" }, decisions.at(-1).contest.detail),
    answer && element("p", { id: "answered" }, element("b", {}, own.answered), " ", element("span", { dir: "auto" }, answer)),
    isOpen && formOf(own, changed));
}

function formOf(own, changed) {
  const field = element("textarea", { id: "answer", rows: 4, dir: "auto", maxlength: 2000, "aria-describedby": "f-answer" });
  const fault = element("p", { class: "fault", id: "f-answer", hidden: true });
  const send = (event) => {
    event.preventDefault();
    say(fault, field.value.trim() ? "" : own.needAnswer);
    if (!field.value.trim()) return field.focus();
    return changed({ answer: field.value.trim() }, own.answerSent);
  };
  return element("form", { class: "step", id: "answer-form", novalidate: true, autocomplete: "off", submit: send },
    element("div", { class: "field" }, element("label", { for: "answer" }, own.answer), field, fault),
    element("p", { class: "turn" }, element("button", { type: "submit", class: "go", id: "send-answer" }, own.sendAnswer)));
}

/** What was agreed to; nothing where no words of it are known. */
export function agreedPart({ consents }, own) {
  const known = consents.filter(({ sentence }) => sentence);
  if (!known.length) return undefined;
  const rules = known.find((proof) => proof.rules)?.rules;
  return element("details", { class: "more-words", id: "agreed" },
    element("summary", {}, own.agreed),
    element("div", {},
      element("ul", { class: "audience" }, known.map(({ sentence, withdrawn }) =>
        element("li", {}, sentence, withdrawn && element("small", {}, ` ${own.takenBack}`)))),
      rules && element("p", {}, element("a", { href: rules, target: "_blank", rel: "noopener noreferrer" }, own.agreedRules))));
}
