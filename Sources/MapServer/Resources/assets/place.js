// Where it is: somebody shows it in one of five ways, and it is kept only as finely as that way and their choice allow.

import { element, phrase, say } from "./markup.js";
import { cellOf, cellPolygon, movedCell, snap, snapMoved } from "./precision.js";
import { groundOf, namesOfGround, placeInWords, search } from "./landmarks.js";
import { crossOn } from "./cross.js";

const order = ["exact", "about", "wide", "none"];
const coarser = (first, second) => order[Math.max(order.indexOf(first), order.indexOf(second))];

/** The question about the place. `settings.old` is the cell in which it shows already; `changed` is called whenever its answer is another one. */
export function placeQuestion({ settings, words, step, changed }) {
  const part = (name) => step.querySelector(name);
  const panel = (way) => step.querySelector(`.way[data-way="${way}"]`);
  const status = part("#said-place");
  const empty = { way: undefined, pin: undefined, fineness: undefined, level: settings.precision };
  let answer = { ...empty };
  let ground;
  let names;
  let cross;

  /** Takes a place in. What the device itself has found never gets here but as the middle of its cell. */
  function take(pin, fineness, way = answer.way) {
    answer = { ...answer, way, pin, fineness, level: coarser(answer.level === "none" ? settings.precision : answer.level, fineness) };
    changed();
  }

  async function loadGround() {
    ground ??= groundOf(settings);
    return ground;
  }

  async function choose(way, isAtOnce = false) {
    for (const other of step.querySelectorAll(".way")) other.hidden = other.dataset.way !== way;
    part(`input[value="${way}"]`).checked = true;
    if (way !== answer.way) {
      answer = { ...empty, level: answer.level, way };
      say(status, "");
      changed();
    }
    if (way === "landmark") await list();
    if (way === "arrows") await openCross();
    if (way === "here" && isAtOnce) findMe();
    if (way === "map" && isAtOnce) openMap();
  }

  function findMe() {
    say(status, words.say.looking);
    const found = ({ coords }) => {
      const level = coarser("about", settings.finest === "none" ? "wide" : settings.finest);
      take(snap(coords.longitude, coords.latitude, level), level, "here");
      say(status, words.say.hereFound);
    };
    const refused = () => say(status, words.say.hereRefused);
    if (!navigator.geolocation) return refused();
    navigator.geolocation.getCurrentPosition(found, refused, { enableHighAccuracy: false, timeout: 20000, maximumAge: 60000 });
  }

  /** The layer's own places first, then streets, squares, stations and venues, once somebody has begun a name. */
  async function list() {
    const { landmarks } = await loadGround();
    names ??= settings.names ? await namesOfGround() : { names: [] };
    const wanted = part("#search").value.trim();
    const others = wanted ? search(names.names, wanted) : [];
    const found = [...search(landmarks, wanted).slice(0, 6), ...others].slice(0, 8);
    part("#found").replaceChildren(...found.map(lineOf));
    if (found.some(({ kind }) => kind) && names.attribution) part("#found").append(element("li", { class: "hint" }, names.attribution));
    const isNothing = !found.length && (wanted || !names.names.length);
    say(status, isNothing ? (landmarks.length || names.names.length ? words.say.nothingFound : words.say.noLandmarks) : "");
  }

  function lineOf(landmark) {
    const pick = () => {
      // A street is long: no spot of it is the one that is meant.
      take(landmark.at, landmark.kind === "street" ? coarser("about", settings.finest) : settings.finest, "landmark");
      say(status, phrase(words.say.chosenPlace, { place: landmark.name }));
    };
    // That a street is one, its name says.
    const kind = landmark.kind && landmark.kind !== "street" && element("small", {}, words.say[landmark.kind]);
    return element("li", {}, element("button", { type: "button", click: pick }, element("span", { dir: "auto" }, landmark.name), kind && " ", kind));
  }

  async function openCross() {
    const known = await loadGround();
    cross ??= crossOn({
      frame: part("#cross"), compass: part("#compass"), ground: known, start: startOf(known), words: words.plan,
      moved: (place, start) => {
        take(place, settings.finest, "arrows");
        say(status, placeInWords(place, known.landmarks, start, words.plan));
      },
    });
  }

  function startOf({ landmarks }) {
    if (answer.pin) return answer.pin;
    const [west, south, east, north] = settings.extent ?? [];
    if (west !== undefined) return [(west + east) / 2, (south + north) / 2];
    return landmarks[0]?.at ?? [2.3795, 48.868];
  }

  async function openMap() {
    // A finger on a label clicks twice: on the words, and on the button that they name.
    if (part("#open-map").hidden) return;
    part("#open-map").hidden = true;
    try {
      const { mapForPinning } = await import("./pin-map.js");
      const known = await loadGround();
      await mapForPinning({
        container: part("#pin-map"), title: part("label[data-way=map] b").textContent, settings, start: startOf(known), ground: known,
        touched: (place) => {
          take(place, settings.finest, "map");
          say(status, words.say.pinned);
        },
      });
      say(status, words.say.mapReady);
    } catch {
      part("#pin-map").hidden = true;
      say(status, words.say.mapFailed);
    }
  }

  for (const input of step.querySelectorAll("input[name=way]")) {
    input.addEventListener("change", () => choose(input.value));
  }
  for (const label of step.querySelectorAll("label[data-way]")) {
    // Keys, too, make a click, but without a count; who only passes by with the arrows wants nothing opened.
    label.addEventListener("click", (event) => { if (event.detail > 0) choose(label.dataset.way, true); });
  }
  part("#find-me").addEventListener("click", findMe);
  part("#open-map")?.addEventListener("click", openMap);
  part("#search").addEventListener("input", list);

  return {
    get answer() { return answer; },
    loadGround,
    /** The levels that may be chosen for this place, the finest first. */
    levels: () => order.filter((level) => coarser(level, settings.finest) === level && coarser(level, answer.fineness ?? "exact") === level),
    level(level) {
      answer = { ...answer, level };
      changed();
    },
    /** At least as coarse as this, as for the young. */
    atLeast(level) {
      if (answer.pin) answer = { ...answer, level: coarser(answer.level, level) };
      changed();
    },
    /** What may be sent and kept: the place as it will show, or null. */
    snapped: () => (answer.pin && answer.level !== "none" ? snapMoved(...answer.pin, answer.level, settings.old) : null),
    precision: () => (answer.pin ? answer.level : "none"),
    /** What will show, as GeoJSON; null for nothing on the map. */
    area(level = answer.level) {
      if (!answer.pin || level === "none") return null;
      return level === "exact" ? { type: "Point", coordinates: snap(...answer.pin, level) } : cellPolygon(movedCell(...answer.pin, level, settings.old));
    },
    /** Whether it would show where it shows already. */
    isOld: () => Boolean(settings.old && answer.pin && /about|wide/.test(answer.level) && movedCell(...answer.pin, answer.level, settings.old) === settings.old),
    /** The place is known from elsewhere, as exactly as everybody may know it. */
    stand(at, level = settings.precision) {
      answer = { ...empty, way: "point", pin: at, fineness: settings.finest, level: coarser(level, settings.finest) };
    },
    /** Comes back from a draft: only what was kept is known now, and nothing finer. */
    restore({ way, at, precision }) {
      if (!way) return;
      const input = part(`input[value="${way}"]`);
      if (!input) return;
      input.checked = true;
      answer = { way, pin: at ?? undefined, fineness: at ? precision : undefined, level: precision ?? settings.precision };
    },
    clear() {
      answer = { ...empty };
      cross = undefined;
      say(status, "");
      for (const other of step.querySelectorAll(".way")) other.hidden = true;
      part("#cross").replaceChildren();
      part("#found").replaceChildren();
    },
  };
}
