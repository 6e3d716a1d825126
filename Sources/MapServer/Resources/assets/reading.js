// The page of a layer, or of one contribution: brings the form, the list and the map together.

import { json } from "./addresses.js";
import { Articles, element } from "./article.js";
import { ContributionList } from "./list.js";
import { boxIn, isWithin } from "./ground.js";
import { boxOf } from "./places.js";
import { Panel } from "./panel.js";
import { tieNear } from "./near.js";
import { tiePrint } from "./print.js";
import { addressOf, fill, isSame, questionOfAddress, questionOfForm } from "./question.js";
import { tieYears } from "./years.js";

const page = document.querySelector("#page");
const section = document.querySelector("#carte");
const form = page.querySelector(".filters");
const openLink = document.querySelector(".open");
const wide = matchMedia("(min-width: 48rem)");
const words = JSON.parse(page.dataset.words);
const articles = new Articles({
  layer: page.dataset.layer, stay: page.dataset.stay, words, language: document.documentElement.lang,
});
const list = form && new ContributionList(page, articles);
const known = new Map(); // Features that have been asked for one by one.

let question = questionOfAddress();
let here; // Where the visitor is, when "near me" is on. It is never sent, kept or written.
let map; // Undefined where there is no map library, and before the map is first wanted.
let panel;
let opener; // What has led from the list to the map on a narrow screen, and gets the focus back.
let follows = stateOf(undefined); // What the list shows now, so that it is asked for once. First, what the server has sent.

// The address

/** What the fragment holds, `#carte=zoom/longitude/latitude` and perhaps `/id`; a fragment, unlike a query, is never sent. */
function fragment() {
  const [, zoom, longitude, latitude, id] = /^#carte=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)(?:\/(\w+))?$/.exec(location.hash) ?? [];
  return Math.abs(latitude) <= 85.06 ? { view: { zoom: +zoom, center: [+longitude, +latitude] }, id } : {};
}

const isMapShown = () => section && !section.hidden && (wide.matches || document.body.classList.contains("map-open"));

function keepView() {
  if (!map?.isDrawn || !isMapShown()) return;
  const id = map.chosen && !map.chosen.cluster ? `/${map.chosen.id}` : "";
  history.replaceState(history.state, "", `#carte=${map.place}${id}`);
}

// What is shown

function stateOf(box) {
  return JSON.stringify([question, box ?? "all", here]);
}

/** The list shows what the map shows, or all when there is no map to look at. */
async function follow() {
  if (!list) return;
  const isOnMap = map?.isDrawn && isMapShown();
  const extent = boxIn(section?.dataset.extent);
  const isWhole = isOnMap && extent && isWithin(map.box, extent);
  const box = isOnMap && !isWhole ? map.box : undefined;
  const total = () => (isOnMap ? { count: map.total, isSure: isWhole } : undefined);
  if (stateOf(box) === follows) {
    if (isOnMap) list.recount(total());
    return;
  }
  follows = stateOf(box);
  await list.show(question, { box, here, total });
  markChosen();
}

function asked(next) {
  if (isSame(question, next)) return;
  question = next;
  history.pushState(null, "", addressOf(question));
  map?.ask(question);
  follow();
}

// Choosing

const article = (id) => document.getElementById(`c-${id}`);

async function feature(id) {
  const one = list?.feature(id) ?? known.get(id) ?? await json(`/collections/${page.dataset.layer}/items/${encodeURIComponent(id)}`).catch(() => undefined);
  if (one) known.set(id, one);
  return one;
}

function markChosen() {
  for (const node of page.querySelectorAll(".items article")) {
    const isChosen = node.id === `c-${map?.chosen?.id}`;
    node.classList.toggle("is-chosen", isChosen);
    node.setAttribute("aria-current", isChosen);
  }
}

/** Marks one contribution in the list and on the map, or none. */
function choose(spot) {
  map?.choose(spot);
  panel?.close();
  markChosen();
  keepView();
}

/** From the map to the words: in the list when it stands beside the map, else in the panel. */
async function read(spot) {
  choose(spot);
  if (!spot) return;
  const line = article(spot.id);
  if (line && wide.matches) {
    line.scrollIntoView({ block: "center" });
    line.focus({ preventScroll: true });
    return;
  }
  const one = await feature(spot.id);
  if (map.chosen !== spot) return;
  panel.show(one);
  if (!wide.matches) map.easeAbove(spot, panel.height);
}

/** From the list to the map, which moves only when what is sought does not show on its own yet. */
async function find(id, from) {
  if (!wide.matches) {
    opener = from;
    location.hash = "carte";
  }
  await map.draw();
  const one = await feature(id);
  if (!one?.geometry) return;
  choose(articles.spot(one));
  if (!map.shows(id)) map.fit(boxOf(one.geometry));
}

async function openGroup(spot) {
  const found = await map.leaves(spot).catch(() => undefined);
  if (!found?.features.length) return;
  for (const one of found.features) known.set(one.id, one);
  choose(spot);
  panel.list(found.features, spot.cluster.count);
}

function leave() {
  choose();
  map.focus();
}

// The map

function giveUp(reason) {
  console.warn(reason);
  show(false);
  section.hidden = openLink.hidden = true;
  document.body.classList.remove("with-map");
  for (const button of page.querySelectorAll(".show")) button.hidden = true;
  const note = element("p", "empty", words.map.noMap);
  note.setAttribute("role", "status");
  page.querySelector(".items").before(note);
}

const draw = () => map.draw().then(async () => {
  const id = fragment().id ?? section.dataset.item;
  if (map.chosen || !id) return;
  const one = await feature(id);
  if (one?.geometry) choose(articles.spot(one));
}).catch(giveUp);

/** On a narrow screen the map is a page of its own. */
function show(isOpen) {
  const wasOpen = document.body.classList.contains("map-open");
  if (isOpen === wasOpen) return;
  document.body.classList.toggle("map-open", isOpen);
  page.inert = isOpen;
  openLink.hidden = isOpen;
  if (isOpen) {
    draw();
    section.querySelector(".back").focus();
  } else {
    panel.close();
    (document.getElementById(location.hash.slice(1)) ?? opener)?.focus({ preventScroll: true });
    opener = undefined;
  }
}

function route() {
  if (section) {
    show(/^#carte(=|$)/.test(location.hash) && !wide.matches);
    const { view } = fragment();
    if (map.isDrawn && view) map.look(view);
    if (wide.matches) draw();
  }
  if (location.hash.startsWith("#c-")) choose({ id: location.hash.slice(3) });
}

async function startMap() {
  const { LayerMap } = await import("./map.js");
  map = new LayerMap(section, articles, {
    question: () => question, view: () => fragment().view,
    told: { chosen: read, opened: openGroup, moved: () => { keepView(); follow(); }, settled: follow },
  });
  panel = new Panel(section, articles, { closed: leave, chosen: (one) => read(articles.spot(one)) });
  for (const button of page.querySelectorAll(".show")) button.hidden = false;
  section.hidden = openLink.hidden = false;
  document.body.classList.add("with-map");
  section.querySelector(".back").addEventListener("click", back);
  openLink.addEventListener("click", () => (opener = openLink));
  page.querySelector(".items").addEventListener("click", ({ target }) => target.matches(".show") && find(target.dataset.item, target));
  for (const [entering, leaving] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    const items = page.querySelector(".items");
    items.addEventListener(entering, ({ target }) => map.hover({ id: target.closest("article")?.id.slice(2) }));
    items.addEventListener(leaving, () => map.hover());
  }
  addEventListener("hashchange", route);
  wide.addEventListener("change", () => { route(); follow(); });
}

/** Back from the map to the list, which goes on showing what the map has shown. */
function back() {
  if (opener) history.back();
  else location.hash = "liste";
}

function escape({ key }) {
  if (key !== "Escape") return;
  const open = document.activeElement?.closest("details[open]:not(.refine)");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  } else if (panel?.isOpen) leave();
  else if (document.body.classList.contains("map-open")) back();
}

// The form

function startForm() {
  const refill = form.querySelector(".years") && tieYears(form.querySelector(".years"), () => asked(questionOfForm(form)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    asked(questionOfForm(form));
  });
  form.addEventListener("change", ({ target }) => target.matches("[name=kind], [name=theme]") && asked(questionOfForm(form)));
  page.querySelector(".all").addEventListener("click", (event) => {
    event.preventDefault();
    const nothing = { kind: "", theme: "", datetime: "", q: "" };
    fill(form, nothing);
    refill?.();
    asked(nothing);
    if (map?.isDrawn && section.dataset.extent) map.fit(boxIn(section.dataset.extent), 16);
    if (!isMapShown()) follow();
  });
  addEventListener("popstate", () => {
    const next = questionOfAddress();
    if (isSame(question, next)) return;
    question = next;
    fill(form, question);
    refill?.();
    map?.ask(question);
    follow();
  });
  tieNear(page.querySelector(".near"), list, words.reading, (position) => {
    here = position;
    return goNear();
  });
}

/** The map looks at the tile in which the visitor is, no closer, and the list puts the nearest first. */
async function goNear() {
  if (here && map?.isDrawn && isMapShown()) {
    const { tileCentre } = await import("./places.js");
    map.look({ center: tileCentre(here), zoom: 13 });
  }
  return follow();
}

for (const when of page.querySelectorAll(".when")) when.textContent = articles.inWords(when.textContent);
addEventListener("keydown", escape);
// Paper needs to know where each is; the first look does not pay for it.
if (list) for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, () => map?.isDrawn && list.adopt(question), { once: true });
if (form) startForm();
if (section) await startMap();
if (new URLSearchParams(location.search).has("cursor")) follows = "";
tiePrint(page, {
  map: () => isMapShown() && map, language: articles.language, words,
  placed: () => [...page.querySelectorAll(".items article")].map(({ id }) => (list?.feature(id.slice(2)) ?? known.get(id.slice(2)))?.geometry),
});
route();
