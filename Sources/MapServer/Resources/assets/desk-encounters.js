// Encounter points: made, given hours and words, moved, stolen or retired; their codes, and the sheets for the walls.

import { element, phrase, say } from "./markup.js";
import { area, button, counted, field, form, layerChooser, list, select, text, trying } from "./desk-fields.js";
import { hoursForm } from "./desk-hours.js";
import { download, imageOf, sheetsOf } from "./desk-prints.js";

export const title = "craftEncounters.title";

/** What was issued since the page was opened, by layer: nobody can be told it again. */
const issued = new Map();

const keep = (layer, codes) => {
  const gone = new Set(codes.map(({ id }) => id));
  issued.set(layer, [...(issued.get(layer) ?? []).filter(({ id }) => !gone.has(id)), ...codes]);
};

export async function show(place, desk, [layer, id] = []) {
  const words = desk.words.craftEncounters;
  if (layer && desk.layers.some((one) => one.id === layer)) desk.layer = layer;
  if (!desk.layer) return place.append(element("p", { class: "empty" }, words.noLayer));
  if (id === "new") return make(place, desk, words);
  if (id) return one(place, desk, words, id);
  return all(place, desk, words);
}

const refusals = (words) => ({ NoPublicAddress: words.noAddress });
const home = (desk) => `encounters/${desk.layer}`;

// All points of a layer

async function all(place, desk, words) {
  const { points } = await desk.get(`/moderation/${encodeURIComponent(desk.layer)}/encounters`);
  place.append(
    element("p", { class: "lede" }, words.lede), layerChooser(desk, words, (layer) => desk.navigate(`encounters/${layer}`)),
    element("p", { class: "desk-acts" }, button(words.make, () => desk.navigate(`${home(desk)}/new`), { class: "desk-go" })));
  if (!points.length) return place.append(element("p", { class: "empty" }, words.none));
  place.append(element("ul", { class: "craft-cards craft-points" }, points.map((point) => card(point, desk, words))), printing(points, desk, words));
}

function card(point, desk, words) {
  const state = point.public ? point.state : point.standing;
  return element("li", { class: "desk-card", "data-point": point.id },
    element("h2", {}, element("a", { href: `#${home(desk)}/${point.id}`, dir: "auto" }, point.title || words.untitled)),
    element("p", { class: "craft-tags" },
      element("span", { class: "craft-tag", "data-state": state }, words[`state_${state}`] ?? state),
      element("span", {}, counted(words, "codes", point.codes, desk.language))));
}

/** One print for the whole layer. */
function printing(points, desk, words) {
  const without = points.filter((point) => point.public && !point.codes).length;
  const others = points.filter((point) => point.public && point.codes).length;
  const known = issued.get(desk.layer) ?? [];
  const which = select([["without", phrase(words.printWithout, { count: without })], ["all", phrase(words.printAll, { count: without + others })]], without ? "without" : "all", { id: "print-which" });
  const label = text("", { maxlength: 80, id: "print-label" });
  const given = element("div", { class: "desk-stack" });
  const showSheets = async (codes) => {
    const sheets = await sheetsOf(desk, desk.layer, codes, words);
    given.replaceChildren(sheets);
    sheets.querySelector("h2").focus();
  };
  const node = form([
    element("h2", {}, words.printTitle), element("p", { class: "desk-hint" }, words.printHint),
    field(words.printWhich, which), field(words.label, label, { hint: words.labelHint, pointer: "/label" }),
    element("p", { class: "desk-acts" }, element("button", { type: "submit", class: "desk-go", id: "prepare-sheets" }, words.prepare),
      known.length > 0 && button(phrase(words.again, { count: known.length }), trying(desk, () => showSheets(known), refusals(words)), { id: "sheets-again" })),
  ], async () => {
    const { codes } = await desk.send("POST", `/moderation/${encodeURIComponent(desk.layer)}/codes`, { label: label.value.trim(), points: which.value });
    if (!codes.length) return say(node.querySelector(".craft-fault"), words.nothingToPrint);
    codes.sort((first, second) => first.title.localeCompare(second.title, desk.language));
    keep(desk.layer, codes);
    return showSheets(codes);
  }, { refusals: refusals(words) });
  node.className = "desk-card desk-stack craft-form";
  return element("div", { class: "desk-stack" }, node, given);
}

// A new point

function make(place, desk, words) {
  const name = text("", { maxlength: 200, id: "point-title" });
  const about = area("", { maxlength: 5000 });
  const [longitude, latitude] = ["longitude", "latitude"].map((id) => text("", { id: `point-${id}`, inputmode: "decimal", dir: "ltr" }));
  const number = (input) => (input.value.trim() === "" ? Number.NaN : Number(input.value.trim().replace(",", ".")));
  const container = element("div", { class: "pin-map craft-map", hidden: true });
  const openMap = button(words.onMap, async () => {
    openMap.hidden = true;
    try {
      await pinning({ container, desk, at: [number(longitude), number(latitude)], touched: ([east, north]) => {
        longitude.value = east.toFixed(6);
        latitude.value = north.toFixed(6);
      } });
    } catch {
      container.hidden = true;
      desk.say(words.mapFailed);
    }
  }, { id: "point-map" });
  place.append(element("p", { class: "lede" }, words.makeLede), form([
    element("section", { class: "desk-card desk-stack" },
      field(words.name, name, { pointer: "/properties/title" }), field(words.about, about, { hint: words.aboutHint, pointer: "/properties/text" }),
      element("p", { class: "desk-hint" }, words.placeHint),
      element("div", { class: "craft-pair" }, field(words.longitude, longitude, { pointer: "/geometry" }), field(words.latitude, latitude)),
      document.body.dataset.map !== undefined && element("p", { class: "desk-acts" }, openMap), container),
    element("p", { class: "desk-acts" }, element("button", { type: "submit", class: "desk-go" }, words.create), button(words.back, () => desk.navigate(home(desk)))),
  ], async () => {
    const properties = { kind: "encounter", precision: "exact", consent: true };
    if (name.value.trim()) properties.title = name.value.trim();
    if (about.value.trim()) properties.text = about.value.trim();
    const coordinates = [number(longitude), number(latitude)].map((value) => (Number.isFinite(value) ? value : 1000));
    const { id, state } = await desk.send("POST", `/collections/${encodeURIComponent(desk.layer)}/items`, { type: "Feature", geometry: { type: "Point", coordinates }, properties });
    if (state !== "published") await desk.send("POST", `/moderation/items/${id}/decision`, { decision: "publish" });
    desk.say(words.created);
    desk.navigate(`${home(desk)}/${id}`);
  }));
}

async function pinning({ container, desk, at, touched }) {
  const [{ mapForPinning }, { groundOf }] = await Promise.all([import("./pin-map.js"), import("./landmarks.js")]);
  const ground = await groundOf({ layer: desk.layer });
  const settings = { style: `/styles/lieudit?layer=${desk.layer}`, night: `/styles/lieudit-nuit?layer=${desk.layer}` };
  const start = at.every(Number.isFinite) ? at : ground.landmarks[0]?.at ?? [2.3795, 48.868];
  await mapForPinning({ container, settings, ground, start, touched });
}

// One point

async function one(place, desk, words, id) {
  const address = `/encounters/${encodeURIComponent(id)}`;
  const [point, { codes }] = await Promise.all([desk.get(address), desk.get(`${address}/codes`)]);
  const { points } = await desk.get(`/moderation/${encodeURIComponent(point.layer)}/encounters`);
  const listed = points.find((other) => other.id === id);
  desk.layer = point.layer;
  place.append(
    element("p", { class: "within" }, element("a", { href: `#${home(desk)}` }, words.backToAll)),
    element("h2", { class: "craft-name", dir: "auto", id: "point-name" }, listed?.title || words.untitled),
    element("p", { class: "craft-tags" }, element("span", { class: "craft-tag", "data-state": point.state }, words[`state_${point.state}`]),
      point.next.slice(0, 2).map(({ sentence }) => element("span", {}, sentence))),
    ...(listed?.public ? [] : [element("p", { class: "desk-note" }, words.notPublic)]),
    codesOf(point, codes, desk, words, address), setting(point, desk, words, address));
}

function setting(point, desk, words, address) {
  const hours = hoursForm(point.hours, words, desk.language);
  const prompt = area(point.prompt, { maxlength: 5000, id: "point-prompt" });
  const reveals = area(point.reveals?.text, { maxlength: 5000, rows: 5, id: "point-reveals" });
  const links = list({
    legend: words.links, hint: words.linksHint, values: point.reveals?.links ?? [], add: words.addLink, remove: words.remove, pointer: "/reveals/links",
    empty: () => ({ href: "", title: "" }),
    row({ href, title: name }) {
      const [to, named] = [text(href, { type: "url", dir: "ltr", placeholder: "https://", "data-own": true }), text(name, { maxlength: 200 })];
      const node = element("div", {}, element("div", { class: "craft-pair" }, field(words.linkTo, to), field(words.linkName, named)));
      node.read = () => ({ href: to.value.trim(), ...(named.value.trim() ? { title: named.value.trim() } : {}) });
      return node;
    },
  });
  const standing = ["moved", "stolen", "retired"].includes(point.state) ? point.state : "alive";
  const state = select(["alive", "moved", "stolen", "retired"].map((name) => [name, words[`standing_${name}`]]), standing, { id: "point-state" });
  return form([
    element("section", { class: "desk-card desk-stack" }, element("h2", {}, words.hours), element("p", { class: "desk-hint" }, words.hoursHint), hours),
    element("section", { class: "desk-card desk-stack" }, element("h2", {}, words.onSite), field(words.prompt, prompt, { hint: words.promptHint, pointer: "/prompt" }),
      field(words.reveals, reveals, { hint: words.revealsHint, pointer: "/reveals/text" }), links),
    element("section", { class: "desk-card desk-stack" }, element("h2", {}, words.standing), field(words.standingNow, state, { hint: words.standingHint, pointer: "/state" })),
    element("p", { class: "desk-acts" }, element("button", { type: "submit", class: "desk-go", id: "save-point" }, words.save)),
  ], async () => {
    const [told, doors] = [reveals.value.trim(), links.rows()];
    const body = { hours: hours.hours(), prompt: prompt.value.trim(), state: state.value, reveals: told || doors.length ? { text: told, links: doors } : null };
    await desk.send("PUT", address, body);
    desk.say(words.saved);
    desk.navigate(`${home(desk)}/${point.id}`);
  });
}

function codesOf(point, codes, desk, words, address) {
  const given = element("div", { class: "desk-stack", id: "code-given" });
  const label = text("", { maxlength: 80, id: "code-label" });
  const give = async (code) => {
    const whole = { ...code, point: point.id };
    keep(point.layer, [whole]);
    given.replaceChildren(await shownCode(whole, desk, words));
    given.querySelector("h3").focus();
  };
  const line = ({ id, label: name }) => {
    const known = (issued.get(point.layer) ?? []).find((code) => code.id === id);
    const item = element("li", { "data-code": id },
      element("span", { dir: "auto" }, name || words.unlabelled),
      element("span", { class: "desk-acts" },
        known && button(words.showCode, trying(desk, () => give(known)), {}),
        button(words.reissue, trying(desk, async () => {
          if (!(await desk.ask(phrase(words.reissueAsk, { label: name || words.unlabelled })))) return;
          await give(await desk.send("POST", `${address}/codes/${id}/reissue`));
        }), { "data-act": "reissue" }),
        button(words.retire, trying(desk, async () => {
          if (!(await desk.ask(phrase(words.retireAsk, { label: name || words.unlabelled })))) return;
          await desk.send("DELETE", `${address}/codes/${id}`);
          item.remove();
          desk.say(words.retired);
        }), { class: "desk-grave", "data-act": "retire" })));
    return item;
  };
  const rows = element("ul", { class: "craft-codes" }, codes.map(line));
  const issue = form([
    field(words.label, label, { hint: words.labelHint, pointer: "/label" }),
    element("p", { class: "desk-acts" }, element("button", { type: "submit", id: "issue-code" }, words.issue)),
  ], async () => {
    const code = await desk.send("POST", `${address}/codes`, { label: label.value.trim() });
    label.value = "";
    rows.append(line(code));
    await give(code);
  });
  return element("section", { class: "desk-card desk-stack" }, element("h2", {}, words.codesTitle), element("p", { class: "desk-hint" }, words.codesHint),
    rows, issue, given);
}

/** A code, this once: to read, to keep as an image, and as a sheet. */
async function shownCode(code, desk, words) {
  const sheet = element("div", {});
  const node = element("section", { class: "craft-code", "aria-labelledby": "code-heading" },
    element("h3", { id: "code-heading", tabindex: "-1" }, words.codeGiven),
    element("p", { class: "craft-code-text", translate: "no" }, code.code),
    element("p", { class: "desk-hint craft-code-link", translate: "no", dir: "ltr" }, code.link),
    element("p", { class: "desk-note" }, words.codeOnce));
  try {
    const image = await imageOf(desk, code, "svg");
    node.append(
      element("img", { class: "craft-code-image", src: image, alt: words.codeImage, width: 220, height: 220 }),
      element("p", { class: "desk-acts" },
        button(words.asSVG, trying(desk, () => download(desk, code, "svg")), { "data-format": "svg" }),
        button(words.asPNG, trying(desk, () => download(desk, code, "png")), { "data-format": "png" }),
        button(words.asSheet, trying(desk, async () => { sheet.replaceChildren(await sheetsOf(desk, desk.layer, [code], words)); }), { id: "sheet-of-code" })), sheet);
  } catch (error) {
    if (!error.problem) throw error;
    node.append(element("p", { class: "desk-fault" }, refusals(words)[error.code] ?? error.message));
  }
  return node;
}
