// The form of /contribute as one question a screen. What is typed stays in the page and in the draft until it is sent.

import { element, phrase, say } from "./markup.js";
import { draftOf } from "./draft.js";
import { arrival, showPoint } from "./from-point.js";
import { placeQuestion } from "./place.js";
import { previewOf } from "./preview.js";
import { receiptOf, shownPlace } from "./receipt.js";
import { bodyOf, fieldOf, send, tongueOf } from "./sending.js";
import { warningOf } from "./warning.js";
import { edtf } from "./when.js";
import { timeInWords } from "./words.js";

const form = document.querySelector("#form");
const settings = JSON.parse(form.dataset.settings);
const words = JSON.parse(form.dataset.words);
const language = document.documentElement.lang;
const part = (name) => document.getElementById(name);
const steps = [...form.querySelectorAll(".step")];
const names = steps.map((step) => step.dataset.step);
const stepOf = (field) => steps.find((step) => step.querySelector(`#f-${field}`))?.dataset.step;
const draft = draftOf(settings.layer);
const place = placeQuestion({ settings, words, step: steps[names.indexOf("place")], changed: () => { showLevels(); keep(); } });
// A frame shares its history with the page around it, which is not ours to fill.
const keepsHistory = window.top === window;
const retry = 15000;

let current = "welcome";
let isSending = false;
let isSent = false;
let isLeaving = false;
let isPageKept = false;
let isTongueChosen = false;
let timer;
let ground = { landmarks: [], shapes: [] };
/** The encounter point from which somebody writes: {code, at, id, name}. */
let point;

// Answers

const fields = () => Object.fromEntries(new FormData(form));
const isChild = () => fields().age_band === "under-15";
const when = () => edtf(form.elements.when.value);
const answers = () => ({
  fields: fields(), place: { at: place.snapped(), precision: place.precision() }, when: when(), isChild: isChild(), encounter: point?.code,
  tongue: tongueOf(`${fields().title} ${fields().text}`, fields().lang, isTongueChosen),
});
const isWaiting = () => draft.content.body !== undefined;

function keep(changes = {}) {
  if (isSent || current === "welcome") return;
  // An agreement is not kept, nor to which words: it is given when it is sent.
  const { consent: _, consent_version: __, ...kept } = fields();
  draft.keep({
    fields: kept,
    place: { way: place.answer.way, at: place.snapped(), precision: place.precision() }, point, isTongueChosen, ...changes,
  });
  if (draft.keepsNothing) say(part("kept"), words.say.noStorage);
  keepPage();
}

/** The page itself stays at hand without a network, once there is something to lose. */
function keepPage() {
  if (isPageKept || !isSecureContext || !navigator.serviceWorker) return;
  isPageKept = true;
  navigator.serviceWorker.register("/sw.js", { scope: "/contribute/" })
    .then(() => Promise.all([navigator.serviceWorker.ready, warningOf([])]))
    .then(([{ active }]) => {
      const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
      active.postMessage([location.href.split("#")[0], ...loaded]);
    })
    .catch(() => {});
}

function restore() {
  const { fields: kept = {}, place: before, point: from } = draft.content;
  for (const [name, value] of Object.entries(kept)) {
    const field = form.elements[name];
    if (!field || name === "way") continue;
    if (field.type === "checkbox") field.checked = value === "yes";
    else field.value = value;
  }
  isTongueChosen = draft.content.isTongueChosen === true;
  point = from;
  if (point?.at) place.stand(point.at, before?.at ? before.precision : undefined);
  else if (before) place.restore(before);
}

// Screens

const isSkipped = (name) =>
  (name === "precision" && !place.answer.pin) || (name === "place" && (settings.finest === "none" || point?.at !== undefined));

function neighbour(direction) {
  let index = names.indexOf(current) + direction;
  while (isSkipped(names[index])) index += direction;
  return names[index];
}

function show(name, { isBack = false } = {}) {
  current = name;
  for (const step of steps) step.hidden = step.dataset.step !== name;
  const isAsked = (one) => (one === "precision" ? place.answer.way !== "words" : !isSkipped(one));
  const asked = names.filter((one) => one !== "welcome" && one !== "preview" && isAsked(one));
  const number = asked.indexOf(name) + 1;
  say(part("progress"), number ? phrase(words.say.progress, { number, count: asked.length }) : "");
  part("progress").style.setProperty("--part", number / asked.length);
  if (name === "precision") showLevels();
  if (name === "preview") showPreview();
  if (keepsHistory && !isBack) history.pushState({ step: name, depth: (history.state?.depth ?? 0) + 1 }, "");
  part(`q-${name}`).focus({ preventScroll: true });
  scrollTo({ top: 0, behavior: "instant" });
  keep();
}

/** What keeps somebody on a screen: the field and the sentence. */
function fault(name) {
  const { title, text, invitation, consent } = fields();
  switch (name) {
    case "welcome": return invitation !== undefined && !invitation.trim() && ["invitation", words.say.needCode];
    case "what": return !title.trim() && !text.trim() && ["title", words.say.needWords];
    case "place": {
      const { way, pin } = place.answer;
      return !way ? ["place", words.say.needPlace] : way !== "words" && !pin && ["place", words.say.needPin];
    }
    case "when": return when() === undefined && ["when", words.say.notUnderstood];
    case "consent": return consent !== "yes" && ["consent", words.say.needConsent];
    default: return undefined;
  }
}

function showFault(field, sentence) {
  const note = part(`f-${field}`);
  say(note, sentence);
  const input = part(field);
  if (input && input !== form) input.setAttribute("aria-invalid", "true");
  return input ?? note.parentElement.querySelector("input");
}

function clearFaults() {
  for (const note of form.querySelectorAll(".fault")) say(note, "");
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

function goOn() {
  clearFaults();
  const wrong = fault(current);
  if (wrong) return showFault(...wrong)?.focus();
  return show(neighbour(1));
}

// Precision

function showLevels() {
  const levels = place.levels();
  const level = place.answer.level;
  const boxes = levels.map((name) => element("label", { class: "choice" },
    element("input", { type: "radio", name: "precision", value: name, checked: name === level, change: () => place.level(name) }),
    element("span", {}, element("b", {}, words.precision[name]), " ", element("small", {}, words.precision[`${name}Hint`]))));
  const group = part("precisions");
  const isSame = [...group.querySelectorAll("input")].map((input) => input.value).join() === levels.join();
  if (!isSame) group.replaceChildren(group.firstElementChild, ...boxes);
  for (const input of group.querySelectorAll("input")) input.checked = input.value === level;
  if (current !== "precision") return;
  part("shown-area").replaceChildren(shownPlace({ geometry: place.area(), precision: level, ground, words }));
  say(part("said-precision"), levels.includes("exact") || settings.finest !== "exact" ? "" : words.say.exactNeedsPin);
}

// When, and who

function sayWhen() {
  const found = when();
  const isEmpty = !form.elements.when.value.trim();
  clearFaults();
  say(part("said-when"), isEmpty || found === undefined ? "" : found ? phrase(words.say.understood, { time: timeInWords(found, words.time, language) }) : words.say.noDate);
}

function sayAge() {
  const child = isChild();
  part("author-field").hidden = child;
  if (child) place.atLeast("wide");
  say(part("said-age"), child ? [words.say.childParent, place.answer.pin && words.say.childArea].filter(Boolean).join(" ") : "");
}

// Sending

function showPreview() {
  const all = answers();
  part("preview").replaceChildren(...previewOf({ ...all, area: place.area(), ground, words }).filter(Boolean));
  part("preview").hidden = false;
  warn();
  const targets = [["what", "changeWhat"], ["place", "changePlace"], ["when", "changeWhen"], ["who", "changeWho"]];
  part("changes").replaceChildren(...targets.filter(([name]) => !isSkipped(name)).map(([name, label]) =>
    element("button", { type: "button", class: "quiet", click: () => show(name) }, words.say[label])));
  freeze();
}

/** Says kindly what in the words may lead to a person or to a door, before anything has left. */
async function warn() {
  const { title, text, author } = fields();
  const warning = await warningOf([title, text, isChild() ? "" : author], words);
  part("warning").replaceChildren(...(warning ?? []));
  part("warning").hidden = !warning || isSent;
}

/** What is on its way is not changed any more: the first try may have arrived. */
function freeze() {
  const isFrozen = isWaiting();
  part("changes").hidden = isFrozen;
  part("sending").querySelector("[data-back]").hidden = isFrozen;
  part("forget-waiting").hidden = !isFrozen;
  part("sending").querySelector(".go").textContent = isFrozen ? words.say.sendNow : part("sending").dataset.send;
}

async function submit() {
  if (isSending || isSent) return;
  clearTimeout(timer);
  isSending = true;
  clearFaults();
  const button = part("sending").querySelector(".go");
  button.setAttribute("aria-disabled", "true");
  button.textContent = words.say.sending;
  if (!isWaiting()) draft.keep({ body: bodyOf(answers()) });
  const outcome = await send(settings, draft.content);
  isSending = false;
  button.removeAttribute("aria-disabled");
  if (outcome.acceptance) return taken(outcome.acceptance);
  if (outcome.problem) draft.keep({ body: undefined });
  freeze();
  if (outcome.problem) return refused(outcome.problem);
  say(part("f-all"), draft.keepsNothing ? words.say.offlineNoStorage : words.say.offline);
  timer = setTimeout(submit, retry);
}

function refused({ detail = "", errors = [], code }) {
  if (point?.code && ["EncounterAsleep", "EncounterOver", "UnknownCode"].includes(code)) {
    point = { ...point, code: undefined };
    keep();
    say(part("f-all"), `${detail} ${words.point.untied}`);
    return part("f-all").focus();
  }
  const known = errors.map((error) => [fieldOf(error.pointer ?? ""), error.detail]).filter(([field]) => part(`f-${field}`));
  const first = known.map(([field]) => stepOf(field)).sort((one, other) => names.indexOf(one) - names.indexOf(other))[0];
  if (first) show(first);
  for (const [field, sentence] of known) showFault(field, sentence);
  if (first) return known.filter(([field]) => stepOf(field) === first).map(([field]) => part(field))[0]?.focus();
  say(part("f-all"), `${detail} ${words.say.refused}`.trim());
  part("f-all").focus();
}

function taken(acceptance) {
  const title = form.elements.title.value.trim() || form.elements.text.value.trim().slice(0, 60);
  isSent = true;
  draft.forget();
  clear();
  form.hidden = true;
  say(part("progress"), "");
  part("receipt").replaceChildren(...receiptOf({ acceptance, title, ground, words, next: nextPerson }));
  part("sent").hidden = false;
  part("q-sent").focus({ preventScroll: true });
  scrollTo({ top: 0, behavior: "instant" });
}

// From an encounter point

function tellPoint() {
  const named = (name) => { if (point) { point = { ...point, name }; keep(); } };
  showPoint({ point, layer: settings.layer, before: form, words: words.point, named, leave: leavePoint });
}

function leavePoint() {
  point = undefined;
  place.clear();
  tellPoint();
  keep();
  say(part("kept"), words.point.left);
  if (names.indexOf(current) >= names.indexOf("place")) show("place");
  else part(`q-${current}`).focus();
}

/** The place is set, so that the first question is what is given; who must show an invitation does that first. */
function beginAt(come) {
  point = come;
  if (point.at) place.stand(point.at);
  show(form.elements.invitation ? "welcome" : "what");
}

// Leaving

function clear() {
  point = undefined;
  tellPoint();
  form.reset();
  place.clear();
  for (const name of ["preview", "shown-area", "changes", "warning"]) part(name).replaceChildren();
  for (const box of form.querySelectorAll("details")) box.open = false;
  part("warning").hidden = true;
  isTongueChosen = false;
}

/** Nothing of somebody is left for who comes next: on the screen, in the history, on the device, in memory. */
function nextPerson() {
  draft.forget();
  clear();
  part("receipt").replaceChildren();
  isSent = true;
  isLeaving = true;
  const depth = keepsHistory ? history.state?.depth ?? 0 : 0;
  if (depth) history.go(-depth);
  else location.replace(location.pathname + location.search);
}

addEventListener("popstate", ({ state }) => {
  if (isLeaving) return location.replace(location.pathname + location.search);
  if (isSent || isWaiting()) return undefined;
  return show(state?.step ?? "welcome", { isBack: true });
});
addEventListener("pageshow", ({ persisted }) => { if (persisted && (isSent || isLeaving)) location.reload(); });
addEventListener("online", () => { if (isWaiting() && current === "preview") submit(); });

// Beginning

function prepare() {
  document.body.classList.add("is-scripted");
  part("q-preview").hidden = false;
  const changes = element("p", { class: "changes", id: "changes" });
  const forget = element("button", { type: "button", class: "quiet", id: "forget-waiting", hidden: true, click: nextPerson }, part("forget").textContent);
  part("sending").dataset.send = part("sending").querySelector(".go").textContent;
  part("sending").append(forget);
  part("sending").after(changes);
  for (const node of form.querySelectorAll(".turn")) node.hidden = false;
  for (const button of form.querySelectorAll("[data-go]")) button.addEventListener("click", goOn);
  for (const button of form.querySelectorAll("[data-back]")) button.addEventListener("click", () => show(neighbour(-1)));
  part("forget").addEventListener("click", nextPerson);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (current === "preview") submit();
    else goOn();
  });
  form.addEventListener("input", () => keep());
  form.elements.lang.addEventListener("change", () => { isTongueChosen = true; });
  form.elements.when.addEventListener("input", sayWhen);
  for (const input of form.querySelectorAll("[name=age_band]")) input.addEventListener("change", sayAge);
}

async function begin() {
  const come = self.origin === "null" ? undefined : arrival();
  prepare();
  if (self.origin === "null") {
    // Whether this frame may open a window it does not say: the address stands there in clear, too.
    const whole = `${location.origin}/contribute/${settings.layer}`;
    form.replaceChildren(element("p", { class: "word" }, words.say.framed, " ",
      element("a", { href: whole, target: "_blank", rel: "noopener noreferrer" }, words.say.framedLink), " ",
      element("span", { translate: "no" }, whole)));
    return;
  }
  // What a browser fills in again is not theirs; what somebody types while the scripts still come is.
  if (!form.contains(document.activeElement)) form.reset();
  if (draft.wasKept) {
    restore();
    sayAge();
    sayWhen();
    say(part("kept"), isWaiting() ? words.say.waitingHere : words.say.draftKept);
    part("forget").hidden = false;
  }
  for (const step of steps) step.hidden = step.dataset.step !== "welcome";
  if (isWaiting()) show("preview", { isBack: true });
  else if (come) beginAt(come);
  tellPoint();
  ground = await place.loadGround();
  if (isWaiting()) {
    showPreview();
    submit();
  }
}

begin();
