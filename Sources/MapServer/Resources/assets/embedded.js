// The page for a partner's frame: its list and its map show the same set, and follow what is published.

import { json, withParameters } from "./addresses.js";
import { Articles, element, filled } from "./article.js";
import { contributeIn } from "./embedded-giving.js";
import { boxIn, isWithin } from "./ground.js";
import "./frame-height.js";
import { keepUp } from "./keeping-up.js";
import { ContributionList } from "./list.js";
import { boxOf } from "./places.js";
import { Panel } from "./panel.js";
import { shorten } from "./shortened.js";

const page = document.querySelector("#page");
const section = document.querySelector("#carte");
const twin = document.querySelector("#liste");
const question = JSON.parse(page.dataset.question);
const words = JSON.parse(page.dataset.words);
const beside = matchMedia("(min-width: 48rem)");
const isListed = document.body.classList.contains("list-both") && section;
const articles = new Articles({
  layer: page.dataset.layer, stay: page.dataset.stay, words, language: document.documentElement.lang,
});
const next = page.querySelector(".next a");
if (next.dataset.items) next.href = next.dataset.items;
const list = new ContributionList(page, articles);
const known = new Map(); // Features that have been asked for one by one.

let map; // Undefined until it comes into sight.
let panel;
let follows = stateOf(boxIn(page.dataset.box)); // What the list shows now. First, what the server has sent.

function stateOf(box) {
  return JSON.stringify(box ?? "all");
}

/** The list shows what the map shows, or all when there is no map to look at. */
async function follow({ isRenewed = false } = {}) {
  const isOnMap = map?.isDrawn && !section.hidden;
  const extent = boxIn(section?.dataset.extent);
  const isWhole = isOnMap && extent && isWithin(map.box, extent);
  const box = isOnMap ? (isWhole ? undefined : map.box) : boxIn(page.dataset.box);
  const total = () => (isOnMap ? { count: map.total, isSure: isWhole } : undefined);
  if (!isRenewed && stateOf(box) === follows) {
    if (isOnMap) list.recount(total());
    return;
  }
  follows = stateOf(box);
  await list.show(question, { box, total, isRenewed });
  if (!box) list.all.hidden = true;
  markChosen();
}

// Choosing

async function feature(id) {
  const address = withParameters(`/collections/${articles.layer}/items/${encodeURIComponent(id)}`, { embed: question.embed });
  const one = list.feature(id) ?? known.get(id) ?? await json(address).catch(() => undefined);
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

function choose(spot) {
  map?.choose(spot);
  panel?.close();
  markChosen();
}

/** From the map to the words: in the list when it stands beside the map, else in the panel. */
async function read(spot) {
  choose(spot);
  if (!spot) return;
  const line = document.getElementById(`c-${spot.id}`);
  if (line && beside.matches && isListed) {
    // Within the list only: the page around the frame stays where it is.
    twin.scrollTop += line.getBoundingClientRect().top - twin.getBoundingClientRect().top - 80;
    line.focus({ preventScroll: true });
    return;
  }
  const one = await feature(spot.id);
  if (map.chosen !== spot) return;
  panel.show(one);
  map.easeAbove(spot, panel.height);
}

/** From the list to the map, which moves only when what is sought does not show on its own yet. */
async function find(id) {
  await map.draw();
  const one = await feature(id);
  if (!one?.geometry) return;
  choose(articles.spot(one));
  if (!map.shows(id)) map.fit(boxOf(one.geometry));
  if (!beside.matches) map.focus();
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
  section.hidden = true;
  document.body.classList.remove("with-map");
  for (const button of page.querySelectorAll(".show")) button.hidden = true;
  const note = element("p", "empty", words.map.noMap);
  note.setAttribute("role", "status");
  page.querySelector(".items").before(note);
  if (twin.localName === "details") twin.open = true;
}

const gestures = {
  "CooperativeGesturesHandler.WindowsHelpText": words.embedding.scrollMap,
  "CooperativeGesturesHandler.MacHelpText": words.embedding.scrollMapMac,
  "CooperativeGesturesHandler.MobileHelpText": words.embedding.touchMap,
};

async function drawMap() {
  if (self.origin === "null") await import("./no-origin.js");
  const { LayerMap } = await import("./map.js");
  map = new LayerMap(section, articles, {
    question: () => question, view: () => undefined, gestures,
    told: { chosen: read, opened: openGroup, moved: follow, settled: follow },
  });
  panel = new Panel(section, articles, { closed: leave, chosen: (one) => read(articles.spot(one)) });
  await map.draw();
}

/** Nothing of the map is fetched before it comes into sight, in this frame and in the page around it. */
function startMap() {
  let drawing;
  const draw = () => (drawing ??= drawMap().catch(giveUp));
  section.hidden = false;
  document.body.classList.add("with-map");
  for (const button of page.querySelectorAll(".show")) button.hidden = false;
  new IntersectionObserver((entries, observer) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    draw();
  }).observe(section);
  const items = page.querySelector(".items");
  items.addEventListener("click", async ({ target }) => {
    if (!target.matches(".show")) return;
    await draw();
    if (!section.hidden) find(target.dataset.item);
  });
  for (const [entering, leaving] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    items.addEventListener(entering, ({ target }) => map?.hover({ id: target.closest("article")?.id.slice(2) }));
    items.addEventListener(leaving, () => map?.hover());
  }
  page.querySelector(".all").addEventListener("click", (event) => {
    event.preventDefault();
    if (map?.isDrawn && section.dataset.extent) map.fit(boxIn(section.dataset.extent), 16);
  });
  addEventListener("keydown", ({ key }) => key === "Escape" && panel?.isOpen && leave());
}

// What is published, or withdrawn, meanwhile

const tiles = withParameters(`/xyz/${articles.layer}.json`, question);

async function renew() {
  known.clear();
  const { bounds } = await json(tiles).catch(() => ({}));
  const wasEmpty = section && !section.dataset.extent;
  if (bounds && section) section.dataset.extent = bounds.join(",");
  map?.ask(question);
  // There was nowhere to look yet.
  if (wasEmpty && bounds && map?.isDrawn) map.fit(bounds, 16);
  await follow({ isRenewed: true });
  if (map?.chosen && !map.chosen.cluster && !(await feature(map.chosen.id))) choose();
}

/** The partner or the venue has closed it. */
function end() {
  if (section) section.hidden = true;
  document.body.classList.remove("with-map");
  page.querySelector("main").replaceChildren(element("p", "empty", words.embedding.closed));
}

for (const when of page.querySelectorAll(".when")) when.textContent = articles.inWords(when.textContent);
contributeIn(page);
shorten(page, words.embedding, articles.language);
if (section) startMap();
keepUp({
  addresses: () => [
    withParameters(`/collections/${articles.layer}/items`, { ...question, limit: "100" }),
    withParameters(`/xyz/${articles.layer}/0/0/0.geojson`, question),
  ],
  changed: renew, gone: end,
});
