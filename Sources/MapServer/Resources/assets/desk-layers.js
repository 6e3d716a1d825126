// Layers and fabriques: each rule in plain words, opened, changed, paused and deleted.

import { element, phrase } from "./markup.js";
import { area, button, check, choices, commas, counted, field, form, select, text, trying } from "./desk-fields.js";

export const title = "craftLayers.title";

const kinds = ["place", "memory", "encounter"];
const levels = ["exact", "about", "wide", "none"];
const isDay = (value) => /^\d{4}-\d\d-\d\d$/.test(value);

export async function show(place, desk, [id] = []) {
  const words = desk.words.craftLayers;
  if (id === "new") return edit(place, desk, words);
  if (id) return edit(place, desk, words, await desk.get(`/moderation/${encodeURIComponent(id)}/rules`));
  return showAll(place, desk, words);
}

const mayArrange = (desk) => desk.role === "operator" || (desk.role === "curator" && !desk.session?.layer);

/** After a layer has come or gone, the desk's own list follows. */
async function renew(desk) {
  const { layers } = await desk.get("/session");
  desk.layers = layers;
  if (!layers.some((layer) => layer.id === desk.layer)) desk.layer = layers[0]?.id;
}

async function showAll(place, desk, words) {
  await renew(desk);
  const all = await Promise.all(desk.layers.map(({ id }) => desk.get(`/moderation/${encodeURIComponent(id)}/rules`)));
  place.append(element("p", { class: "lede" }, words.lede));
  if (mayArrange(desk)) place.append(element("p", { class: "desk-acts" }, button(words.open, () => desk.navigate("layers/new"), { class: "desk-go" })));
  if (!all.length) return place.append(element("p", { class: "empty" }, words.none));
  place.append(element("ul", { class: "craft-cards" }, all.map((layer) => card(layer, desk, words))));
}

function card(layer, desk, words) {
  const state = layer.paused ? "paused" : layer.state;
  const link = (address, name) => element("a", { href: address, target: "_blank", rel: "noopener" }, name);
  return element("li", { class: "desk-card", "data-layer": layer.id },
    element("h2", { dir: "auto" }, layer.title),
    element("p", { class: "craft-tags" }, element("span", { class: "craft-tag", "data-state": state }, words[`state_${state}`]),
      element("span", {}, counted(words, "shown", layer.shown, desk.language)),
      dates(layer, desk, words)),
    layer.prompt && element("blockquote", { class: "craft-prompt", dir: "auto" }, layer.prompt),
    element("p", { class: "desk-acts" },
      button(words.edit, () => desk.navigate(`layers/${layer.id}`), { "aria-label": `${words.edit} : ${layer.title}` }),
      layer.state === "open" && layer.contributors !== "curators" && link(`/contribute/${layer.id}`, words.give),
      layer.state !== "unopened" && link(`/map/${layer.id}`, words.read)));
}

function dates({ opens, closes }, desk, words) {
  const day = (value) => (isDay(value) ? new Date(`${value}T12:00`).toLocaleDateString(desk.language, { dateStyle: "long" }) : value);
  if (opens && closes) return element("span", {}, phrase(words.between, { from: day(opens), to: day(closes) }));
  if (opens) return element("span", {}, phrase(words.from, { from: day(opens) }));
  return closes && element("span", {}, phrase(words.until, { to: day(closes) }));
}

/** An id out of a title: letters and digits, without accents. */
const slug = (value) => value.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 64);

function edit(place, desk, words, layer) {
  const isNew = !layer;
  const rules = layer ?? { title: "", kinds, review: "before", contributors: "anyone", default_precision: "about", finest_precision: "exact", release: "at-once" };
  const kindNames = desk.words.kinds;
  const levelNames = desk.words.precision;
  const pairs = (names, group) => names.map((name) => [name, words[`${group}_${name}`]]);

  const controls = {
    title: text(rules.title, { maxlength: 200, id: "layer-title" }),
    id: text(rules.id, { maxlength: 64, id: "layer-id", readonly: !isNew, spellcheck: "false", autocapitalize: "none", dir: "ltr" }),
    description: area(rules.description, { maxlength: 2000 }),
    prompt: area(rules.prompt, { maxlength: 1000, id: "layer-prompt" }),
    rules: area(rules.rules, { maxlength: 5000, rows: 5 }),
    discussion: text(rules.discussion, { type: "url", maxlength: 2000, dir: "ltr", placeholder: "https://" }),
    opens: text(rules.opens, { type: !rules.opens || isDay(rules.opens) ? "date" : "text" }),
    closes: text(rules.closes, { type: !rules.closes || isDay(rules.closes) ? "date" : "text" }),
    contributors: select(pairs(["anyone", "invited", "curators"], "who"), rules.contributors),
    themes: text((rules.themes ?? []).join(", ")),
    languages: text((rules.languages ?? []).join(", "), { dir: "ltr", spellcheck: "false" }),
    review: select(pairs(["before", "after"], "review"), rules.review),
    release: select(pairs(["at-once", "daily"], "release"), rules.release),
    default_precision: select(levels.map((level) => [level, levelNames[level]]), rules.default_precision),
    finest_precision: select(levels.map((level) => [level, levelNames[level]]), rules.finest_precision),
    retention: text(rules.retention, { type: "number", min: 1, max: 36525, inputmode: "numeric", dir: "ltr" }),
    licence: text(rules.licence, { maxlength: 80, dir: "ltr", list: "craft-licences" }),
  };
  const kindBoxes = choices(words.kinds, kinds.map((kind) => [kind, kindNames[kind]]), rules.kinds, { pointer: "/kinds" });
  const indexable = check(words.indexable, rules.indexable);
  const named = (name) => field(words[name === "title" ? "titleLabel" : name], controls[name], { hint: words[`${name}Hint`], pointer: `/${name}` });
  const group = (legend, ...children) => element("section", { class: "desk-card desk-stack craft-group" }, element("h2", {}, legend), children);

  let isOwnName = !isNew;
  controls.id.addEventListener("input", () => { isOwnName = true; });
  controls.title.addEventListener("input", () => { if (!isOwnName) controls.id.value = slug(controls.title.value); });

  const shownPrompt = element("blockquote", { dir: "auto" });
  const preview = element("figure", { class: "prompt craft-preview", id: "prompt-preview" }, element("figcaption", {}, words.preview), shownPrompt);
  const showPrompt = () => {
    shownPrompt.textContent = controls.prompt.value.trim();
    preview.hidden = !shownPrompt.textContent;
  };
  controls.prompt.addEventListener("input", showPrompt);
  showPrompt();

  function body() {
    const said = { id: controls.id.value.trim(), kinds: kindBoxes.chosen(), indexable: indexable.firstChild.checked };
    for (const name of ["title", "description", "prompt", "rules", "discussion", "opens", "closes", "contributors", "review", "release", "default_precision", "finest_precision", "licence"]) {
      const value = controls[name].value.trim();
      if (value) said[name] = value;
    }
    for (const name of ["themes", "languages"]) said[name] = commas(controls[name].value);
    if (controls.retention.value) said.retention = Number(controls.retention.value);
    return said;
  }

  const node = form([
    group(words.what, named("title"), named("id"), named("description")),
    group(words.asked, named("prompt"), preview, named("rules"), named("discussion")),
    group(words.when, element("p", { class: "desk-hint" }, words.whenHint), element("div", { class: "craft-pair" }, named("opens"), named("closes"))),
    group(words.taken, named("contributors"), kindBoxes, named("themes"), named("languages")),
    group(words.shows, named("review"), named("release"), element("div", { class: "craft-pair" }, named("default_precision"), named("finest_precision")),
      named("retention"), named("licence"), indexable,
      element("datalist", { id: "craft-licences" }, ["CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0"].map((value) => element("option", { value })))),
    element("p", { class: "desk-acts" },
      element("button", { type: "submit", class: "desk-go" }, isNew ? words.create : words.save),
      button(words.back, () => desk.navigate("layers"))),
  ], async () => {
    if (isNew) await desk.send("POST", "/collections", body());
    else await desk.send("PUT", `/collections/${encodeURIComponent(layer.id)}`, body());
    await renew(desk);
    desk.say(isNew ? words.created : words.saved);
    desk.navigate(isNew ? "layers" : `layers/${layer.id}`);
  }, { refusals: { Conflict: words.taken_id } });
  place.append(element("p", { class: "lede" }, isNew ? words.newLede : words.editLede), node);
  if (layer) place.append(standing(layer, desk, words));
}

/** Pausing and deleting: what acts at once. */
function standing(layer, desk, words) {
  const address = encodeURIComponent(layer.id);
  const reasons = text(layer.pause_reasons, { maxlength: 1000, id: "pause-reasons" });
  const pause = form([
    element("h2", {}, layer.paused ? words.isPaused : words.pauseTitle), element("p", { class: "desk-hint" }, words.pauseHint),
    !layer.paused && field(words.pauseReasons, reasons, { pointer: "/reasons" }),
    element("p", { class: "desk-acts" }, element("button", { type: "submit", id: "pause" }, layer.paused ? words.resume : words.pause)),
  ], async () => {
    const body = { paused: !layer.paused };
    if (!layer.paused && reasons.value.trim()) body.reasons = reasons.value.trim();
    await desk.send("POST", `/moderation/${address}/pause`, body);
    desk.say(layer.paused ? words.resumed : words.paused);
    desk.navigate(`layers/${layer.id}`);
  });
  pause.className = "desk-card desk-stack craft-form";
  if (!mayArrange(desk)) return pause;
  const remove = element("section", { class: "desk-card desk-stack craft-danger" },
    element("h2", {}, words.deleteTitle), element("p", {}, counted(words, "deleteHint", layer.shown, desk.language)),
    element("p", { class: "desk-acts" }, button(words.delete, trying(desk, async () => {
      if (!(await desk.ask(phrase(words.deleteAsk, { title: layer.title })))) return;
      await desk.send("DELETE", `/collections/${address}`);
      await renew(desk);
      desk.say(words.deleted);
      desk.navigate("layers");
    }), { class: "desk-grave", id: "delete-layer" })));
  return element("div", { class: "desk-stack" }, pause, remove);
}
