// The page of one's own contribution. What opens it lives in this page's memory only: it leaves the address at once.

import { element, phrase, say } from "./markup.js";
import { answerPart, agreedPart } from "./mine-answer.js";
import { groundOf } from "./landmarks.js";
import { shownPlace } from "./receipt.js";
import { edtf } from "./when.js";
import { timeInWords } from "./words.js";

const main = document.querySelector("main");
const words = JSON.parse(main.dataset.words);
const own = words.own;
const language = document.documentElement.lang;
const part = (name) => document.getElementById(name);
const settings = JSON.parse(main.dataset.settings);
const grounds = new Map();
const layers = new Map(); // What each layer asks of who gives to it.

let key; // {layer, id, token}

// Asking

/** {status, told}; status 0 where there is no network. */
async function ask(address, { method = "GET", body, tag } = {}) {
  const headers = { "Accept-Language": language };
  if (key) headers.Authorization = `Bearer ${key.token}`;
  if (body) headers["Content-Type"] = "application/json";
  if (tag) headers["If-Match"] = tag;
  try {
    const answer = await fetch(address, { method, headers, body: body && JSON.stringify(body), credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" });
    const text = await answer.text();
    return { status: answer.status, told: text ? JSON.parse(text) : {}, text };
  } catch {
    return { status: 0, told: {} };
  }
}

const item = () => `/collections/${encodeURIComponent(key.layer)}/items/${encodeURIComponent(key.id)}`;
const trouble = (text) => say(part("trouble"), text);
const news = (text) => say(part("news"), text);

/** What went wrong, in words; undefined where nothing did. */
function wrong({ status, told }, ifUnknown = own.unknown) {
  if (status === 0) return own.offline;
  if (status === 404 || status === 401) return ifUnknown;
  return status >= 400 ? told.errors?.map((error) => error.detail).join(" ") || told.detail || own.failed : undefined;
}

/** The rules of the layer, asked for without what opens one's own. */
async function rulesOf(layer) {
  if (!layers.has(layer)) {
    const answer = await fetch(`/collections/${encodeURIComponent(layer)}?f=json`, { credentials: "omit", referrerPolicy: "no-referrer" }).catch(() => undefined);
    if (answer?.ok) layers.set(layer, await answer.json());
  }
  return layers.get(layer) ?? {};
}

// Opening

async function open(receipt) {
  trouble();
  news(own.opening);
  const answer = await ask("/receipts", { method: "POST", body: receipt });
  news();
  const fault = wrong(answer);
  if (fault) {
    showDoor();
    if (receipt.code !== undefined) {
      say(part("f-code"), fault);
      part("code").focus();
    } else trouble(fault);
    return;
  }
  key = answer.told;
  part("code").value = "";
  await show();
}

function showDoor() {
  part("own").replaceChildren();
  part("door").hidden = false;
}

/** The secret leaves the address bar and the history before anything else happens. */
function takeFragment() {
  const token = location.hash.slice(1);
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  return token;
}

// Showing

async function show(told) {
  const answer = await ask(`${item()}/mine`);
  const fault = wrong(answer);
  if (fault) {
    key = undefined;
    showDoor();
    return trouble(fault);
  }
  part("door").hidden = true;
  const [ground] = await Promise.all([grounds.get(key.layer) ?? groundOf(key), rulesOf(key.layer)]);
  grounds.set(key.layer, ground);
  part("own").replaceChildren(...contents(answer.told));
  news(told);
  (told ? part("own").querySelector("h2") : document.querySelector("h1")).focus({ preventScroll: Boolean(told) });
}

function contents(held) {
  const { feature } = held;
  const { properties } = feature;
  return [
    element("section", { class: "panel-card", "aria-labelledby": "q-state" },
      element("h2", { id: "q-state", tabindex: "-1" }, own.state),
      element("p", { class: "state", "data-state": held.state }, stateOf(held)),
      held.change_waiting && held.is_public && element("p", {}, own.changeWaiting),
      held.state === "published" && element("p", { class: "hint" }, isAgreed(held, "partners") ? own.partnersYes : own.partnersNo),
      decisions(held)),
    answerPart(held, { own, changed: change }),
    element("article", { class: "panel-card own", "data-kind": properties.kind },
      element("p", { class: "kind" }, element("span", { class: "sign", "data-kind": properties.kind }), words.kinds[properties.kind],
        properties.when && element("span", { class: "when" }, timeInWords(properties.when, words.time, language))),
      element("h2", { dir: "auto", class: properties.title ? "" : "untitled" }, properties.title || own.untitled),
      properties.text && element("p", { class: "text", dir: "auto" }, properties.text),
      properties.author && element("p", { class: "author", dir: "auto" }, properties.author),
      element("h3", {}, held.is_public ? own.shows : own.wouldShow),
      shownPlace({
        geometry: feature.geometry, precision: properties.precision, side: properties.precision_m, ground: grounds.get(key.layer), words,
      })),
    actions(held),
    agreedPart(held, own),
  ].filter(Boolean);
}

const isAgreed = ({ consents }, purpose) => consents.some((proof) => proof.purpose === purpose && !proof.withdrawn);

function stateOf({ state, is_public: isPublic }) {
  return state === "published" && !isPublic ? own.publishedSoon : own[state] ?? own.pending;
}

function decisions({ decisions: all }) {
  if (!all.length) return undefined;
  return element("div", { class: "decisions" },
    element("h3", {}, own.decisions),
    element("ol", {}, all.map(({ decision, reasons }) =>
      element("li", {}, element("b", {}, own[`decided-${decision}`] ?? decision),
        reasons && element("p", { dir: "auto" }, phrase(own.reasons, { reasons }))))));
}

// Acting

function actions(held) {
  const { properties, geometry } = held.feature;
  const button = (name, label, click, look = "") => element("button", { type: "button", id: name, class: look, click }, label);
  const levels = { exact: ["wide", "none"], about: ["wide", "none"], wide: ["none"] }[geometry ? properties.precision : "none"] ?? [];
  const isHideable = ["published", "pending"].includes(held.state);
  return element("div", { class: "acts" },
    element("p", { class: "turn" },
      button("change", own.changeWords, () => edit(held)), " ", button("move", own.movePlace, () => move(held), "quiet")),
    levels.length > 0 && element("section", { class: "panel-card" },
      element("h3", {}, own.coarser), element("p", { class: "hint" }, own.coarserHint),
      element("p", { class: "turn" }, levels.map((level) =>
        button(`to-${level}`, level === "wide" ? own.toWide : own.toNone, () => coarsen(level), "quiet")))),
    element("section", { class: "panel-card" },
      element("h3", {}, own.take),
      element("p", { class: "turn" },
        button("take-json", own.takeJSON, () => take("json"), "quiet"), button("take-geojson", own.takeGeoJSON, () => take("geojson"), "quiet"))),
    element("p", { class: "turn" },
      isHideable && button("hide", own.hide, () => change({ state: "hidden" }, own.isHidden), "quiet"),
      held.state === "hidden" && button("unhide", own.show, () => change({ state: "published" }, own.isShown), "quiet"),
      button("withdraw", own.withdraw, confirmWithdrawal, "grave"),
      button("leave", own.leave, leave, "quiet")));
}

async function change(patch, told) {
  trouble();
  const answer = await ask(item(), { method: "PATCH", body: patch });
  const fault = answer.status === 412 || answer.status === 409 ? answer.told.detail || own.conflict : wrong(answer);
  if (fault) return trouble(fault);
  keepName(answer.told);
  return show(told);
}

/** What has really moved goes by another name. */
function keepName({ id }) {
  if (id) key = { ...key, id };
}

async function move(held) {
  const rules = layers.get(key.layer) ?? {};
  const { movingPart } = await import("./mine-place.js");
  const { cell, precision } = held.feature.properties;
  const finest = held.age_band === "under-15" && rules.finest_precision !== "none" ? "wide" : rules.finest_precision ?? "about";
  const [box] = rules.extent?.spatial?.bbox ?? [];
  const layerSettings = {
    layer: key.layer, names: settings.names, finest, old: cell, extent: box,
    precision: ["about", "wide"].includes(precision) ? precision : rules.default_precision === "wide" ? "wide" : "about",
    style: `/styles/lieudit?layer=${key.layer}`, night: `/styles/lieudit-nuit?layer=${key.layer}`,
  };
  const form = movingPart({
    settings: layerSettings, words, ground: grounds.get(key.layer), template: part("place-ways"), cancel: () => show(),
    save: (patch, isSame) => (isSame ? show(own.notMoved) : change(patch, own.moved)),
  });
  part("own").replaceChildren(form);
  form.querySelector("h2").focus();
}

const coarsen = (level) =>
  change(level === "none" ? { geometry: null, properties: { precision: "none" } } : { properties: { precision: level } }, own.coarsened);

function edit({ feature: { properties } }) {
  const rules = layers.get(key.layer) ?? {};
  const field = (name, value, rows) => element("div", { class: "field" },
    element("label", { for: `new-${name}` }, own[name]),
    name === "when" && element("p", { class: "hint", id: "h-new-when" }, own.whenHint),
    rows ? element("textarea", { id: `new-${name}`, rows, dir: "auto", maxlength: 5000 }, value)
      : element("input", { id: `new-${name}`, type: "text", value, dir: "auto", maxlength: 200, autocomplete: "off" }),
    element("p", { class: "fault", id: `f-new-${name}`, hidden: true }));
  const form = element("form", { class: "step panel-card", id: "edit", novalidate: true, autocomplete: "off", submit: (event) => save(event, properties) },
    element("h2", { tabindex: "-1" }, own.changeWords),
    field("title", properties.title ?? ""), field("text", properties.text ?? "", 6),
    field("when", properties.when ? timeInWords(properties.when, words.time, language) : ""), field("author", properties.author ?? ""),
    themeChoices(rules.themes ?? [], properties.theme ?? []), tongueChoice(rules.languages ?? [], properties.lang ?? ""),
    element("p", { class: "turn" }, element("button", { type: "submit", class: "go", id: "save" }, own.save), " ",
      element("button", { type: "button", class: "quiet", click: () => show() }, own.cancel)));
  part("own").replaceChildren(form);
  form.querySelector("h2").focus();
}

function themeChoices(offered, chosen) {
  if (!offered.length) return undefined;
  const boxes = offered.map((theme) => element("label", { class: "choice" },
    element("input", { type: "checkbox", name: "theme", value: theme, checked: chosen.includes(theme) }), element("span", { dir: "auto" }, theme)));
  return element("fieldset", { class: "choices pair", id: "new-theme" }, element("legend", {}, own.theme), boxes, element("p", { class: "fault", id: "f-new-theme", hidden: true }));
}

function tongueChoice(offered, chosen) {
  const codes = [...new Set([...(offered.length ? offered : Object.keys(settings.tongues)), ...(chosen ? [chosen] : [])])];
  const options = codes.map((code) => element("option", { value: code, lang: code, selected: code === chosen }, settings.tongues[code] ?? code));
  return element("div", { class: "field" }, element("label", { for: "new-lang" }, own.lang),
    element("select", { id: "new-lang" }, element("option", { value: "", selected: !chosen }, own.noTongue), options),
    element("p", { class: "fault", id: "f-new-lang", hidden: true }));
}

async function save(event, before) {
  event.preventDefault();
  trouble();
  for (const note of part("edit").querySelectorAll(".fault")) say(note, "");
  const value = (name) => part(`new-${name}`).value.trim();
  const isSameTime = before.when && value("when") === timeInWords(before.when, words.time, language);
  const when = isSameTime ? before.when : edtf(value("when"));
  if (when === undefined) {
    say(part("f-new-when"), own.notUnderstood);
    return part("new-when").focus();
  }
  const properties = { title: value("title"), text: value("text"), when: when || null, author: value("author") || null, lang: value("lang") || null };
  if (part("new-theme")) properties.theme = [...part("new-theme").querySelectorAll(":checked")].map((box) => box.value);
  const answer = await ask(item(), { method: "PATCH", body: { properties } });
  const errors = answer.told.errors ?? [];
  const known = errors.filter(({ pointer }) => part(`f-new-${pointer?.split("/")[2]}`));
  for (const { pointer, detail } of known) say(part(`f-new-${pointer.split("/")[2]}`), detail);
  if (known.length) return part(`new-${known[0].pointer.split("/")[2]}`).focus();
  const fault = wrong(answer);
  if (fault) return trouble(fault);
  keepName(answer.told);
  return show(own.saved);
}

async function take(format) {
  const answer = await ask(`${item()}/mine?f=${format}`);
  const fault = wrong(answer);
  if (fault) return trouble(fault);
  const address = URL.createObjectURL(new Blob([answer.text], { type: format === "json" ? "application/json" : "application/geo+json" }));
  element("a", { href: address, download: `lieudit-${key.layer}.${format}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function confirmWithdrawal() {
  const yes = element("button", { type: "button", id: "withdraw-yes", class: "grave", click: withdraw }, own.withdrawYes);
  const no = element("button", { type: "button", class: "quiet", click: () => show() }, own.cancel);
  const box = element("div", { class: "word grave", role: "alertdialog", "aria-label": own.withdraw, "aria-describedby": "sure" },
    element("p", { id: "sure" }, own.withdrawSure), element("p", { class: "turn" }, yes, " ", no));
  part("withdraw").closest("p").replaceWith(box);
  yes.focus();
}

async function withdraw() {
  const answer = await ask(item(), { method: "DELETE" });
  const fault = wrong(answer);
  if (fault) return trouble(fault);
  key = undefined;
  showDoor();
  news(own.withdrawn);
  document.querySelector("h1").focus();
}

/** For the next person nothing is left of this one. */
function leave() {
  key = undefined;
  part("own").replaceChildren();
  location.replace(location.pathname + location.search);
}

// Beginning

part("door").addEventListener("submit", (event) => {
  event.preventDefault();
  say(part("f-code"), "");
  open({ code: part("code").value });
});
function begin() {
  const token = takeFragment();
  if (token) open({ token });
  else if (!key) showDoor();
}
addEventListener("hashchange", () => { if (location.hash) begin(); });
addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
begin();
