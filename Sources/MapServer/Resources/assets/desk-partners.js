// Partners and their maps: where they may show, what they pin, how they look, and the line to copy.

import { element, phrase, say } from "./markup.js";
import { button, check, choices, commas, counted, field, form, list, publicAddress, select, text, trying } from "./desk-fields.js";

export const title = "craftPartners.title";

const kinds = ["place", "memory", "encounter"];
const colours = ["background", "text", "accent"];
const usual = { background: "#fffaf0", text: "#1b1a17", accent: "#43348c" };

export async function show(place, desk, [what, id] = []) {
  const words = desk.words.craftPartners;
  if (what === "partner" && desk.role === "operator") return partner(place, desk, words, id === "new" ? undefined : await desk.get(`/partners/${encodeURIComponent(id)}`));
  const { partners } = await desk.get("/partners");
  if (what === "embed") return embed(place, desk, words, partners, id === "new" ? undefined : await desk.get(`/embeds/${encodeURIComponent(id)}`));
  return all(place, desk, words, partners);
}

async function all(place, desk, words, partners) {
  const { embeds } = await desk.get("/embeds");
  const open = partners.filter(({ closed }) => !closed);
  const isOperator = desk.role === "operator";
  place.append(element("p", { class: "lede" }, words.lede),
    element("h2", {}, words.partners),
    open.length ? element("ul", { class: "craft-cards" }, open.map((one) => element("li", { class: "desk-card", "data-partner": one.id },
      element("h3", {}, isOperator ? element("a", { href: `#partners/partner/${one.id}`, dir: "auto" }, one.name) : element("bdi", {}, one.name)),
      isOperator && element("p", { class: "desk-hint" }, one.origins.length ? one.origins.map((origin) => element("code", { translate: "no" }, `${origin} `)) : words.noOrigins))))
      : element("p", { class: "empty" }, isOperator ? words.none : words.noneCurator));
  if (isOperator) place.append(element("p", { class: "desk-acts" }, button(words.addPartner, () => desk.navigate("partners/partner/new"), { class: "desk-go" })));
  place.append(element("h2", {}, words.embeds));
  const shown = embeds.filter(({ closed }) => !closed);
  const nameOf = (identifier) => partners.find((one) => one.id === identifier)?.name ?? "—";
  const titleOf = (layer) => desk.layers.find((one) => one.id === layer)?.title || layer;
  place.append(shown.length ? element("ul", { class: "craft-cards" }, shown.map((one) => element("li", { class: "desk-card", "data-embed": one.key },
    element("h3", {}, element("a", { href: `#partners/embed/${one.key}`, dir: "auto" }, one.title || titleOf(one.layer))),
    element("p", { class: "craft-tags" }, element("span", { dir: "auto" }, nameOf(one.partner)), element("span", { dir: "auto" }, titleOf(one.layer)),
      element("span", {}, counted(words, "shown", one.shown ?? 0, desk.language))))))
    : element("p", { class: "empty" }, words.noEmbeds));
  if (open.length && desk.layers.length) place.append(element("p", { class: "desk-acts" }, button(words.addEmbed, () => desk.navigate("partners/embed/new"), { class: "desk-go" })));
}

// Partners

function partner(place, desk, words, one) {
  const name = text(one?.name, { id: "partner-name", maxlength: 200 });
  const origins = list({
    legend: words.origins, hint: words.originsHint, values: one?.origins ?? [""], add: words.addOrigin, remove: words.remove, pointer: "/origins", empty: () => "",
    row(value) {
      const input = text(value, { dir: "ltr", placeholder: "https://", spellcheck: "false", autocapitalize: "none", "data-own": true });
      const node = element("div", {}, field(words.origin, input));
      node.read = () => input.value.trim();
      return node;
    },
  });
  place.append(element("p", { class: "within" }, element("a", { href: "#partners" }, words.backToAll)), form([
    element("section", { class: "desk-card desk-stack" }, field(words.name, name, { pointer: "/name" }), origins),
    element("p", { class: "desk-acts" }, element("button", { type: "submit", class: "desk-go" }, words.save)),
  ], async () => {
    // A row that is left empty is none; the others keep their places for what is said of them.
    for (const row of [...origins.querySelectorAll(".craft-row")]) if (!row.read()) row.remove();
    const body = { name: name.value.trim(), origins: origins.rows() };
    if (one) await desk.send("PUT", `/partners/${encodeURIComponent(one.id)}`, body);
    else await desk.send("POST", "/partners", body);
    desk.say(words.saved);
    desk.navigate("partners");
  }));
  if (!one || one.closed) return;
  place.append(element("section", { class: "desk-card desk-stack craft-danger" }, element("h2", {}, words.closePartnerTitle), element("p", {}, words.closePartnerHint),
    element("p", { class: "desk-acts" }, button(words.closePartner, trying(desk, async () => {
      if (!(await desk.ask(phrase(words.closePartnerAsk, { name: one.name })))) return;
      await desk.send("DELETE", `/partners/${encodeURIComponent(one.id)}`);
      desk.say(words.closed);
      desk.navigate("partners");
    }), { class: "desk-grave" }))));
}

// Embeds

async function embed(place, desk, words, partners, one) {
  const { styles } = await desk.get("/styles?f=json");
  const open = partners.filter(({ closed, id }) => !closed || id === one?.partner);
  const pairs = (names, group) => names.map((name) => [name, words[`${group}_${name || "any"}`]]);
  const controls = {
    partner: select(open.map(({ id, name }) => [id, name]), one?.partner ?? "", { disabled: Boolean(one) }),
    layer: select(desk.layers.map(({ id, title: name }) => [id, name || id]), one?.layer ?? desk.layer, { disabled: Boolean(one), id: "embed-layer" }),
    title: text(one?.title, { maxlength: 200, id: "embed-title" }),
    themes: text((one?.themes ?? []).join(", ")),
    period: text(one?.period, { dir: "ltr", placeholder: "1950/1989" }),
    style: select([["", words.style_any], ...styles.map(({ id, title: name }) => [id, name || id])], one?.style ?? ""),
    language: select(pairs(["", "fr", "en"], "language"), one?.language ?? ""),
    list: select(pairs(["both", "only", "none"], "list"), one?.list ?? "both"),
  };
  const named = (name) => field(words[name === "title" ? "titleLabel" : name], controls[name], { hint: words[`${name}Hint`], pointer: `/${name}` });
  const kindBoxes = choices(words.kinds, kinds.map((kind) => [kind, desk.words.kinds[kind]]), one?.kinds ?? [], { hint: words.kindsHint, pointer: "/kinds" });
  const region = regionForm(one?.region, desk, words, () => controls.layer.value);
  const palette = colours.map((name) => colour(name, one?.colours?.[name], words));
  const gives = check(words.contribute, one?.contribute, { id: "embed-contribute" });
  const line = element("div", { class: "desk-stack", id: "embed-line" });

  const body = () => ({
    ...(one ? {} : { partner: controls.partner.value, layer: controls.layer.value }),
    title: controls.title.value.trim(), region: region.region(), kinds: kindBoxes.chosen(), themes: commas(controls.themes.value),
    period: controls.period.value.trim() || null, style: controls.style.value || null, language: controls.language.value || null, list: controls.list.value,
    colours: Object.fromEntries(palette.map(({ name, value }) => [name, value()]).filter(([, value]) => value)), contribute: gives.firstChild.checked,
  });
  const group = (legend, ...children) => element("section", { class: "desk-card desk-stack" }, element("h2", {}, legend), children);
  place.append(
    element("p", { class: "within" }, element("a", { href: "#partners" }, words.backToAll)), line,
    form([
      group(words.contract, named("partner"), named("layer"), named("title")),
      group(words.pins, element("p", { class: "desk-hint" }, words.pinsHint), region, kindBoxes, named("themes"), named("period")),
      group(words.look, named("style"), element("fieldset", { class: "desk-fields desk-stack", "data-pointer": "/colours", id: "embed-colours", tabindex: "-1" }, element("legend", {}, words.colours),
        element("p", { class: "desk-hint" }, words.coloursHint), palette.map(({ node }) => node), element("p", { class: "desk-fault", id: "f-embed-colours", hidden: true })),
        element("div", { class: "craft-pair" }, named("language"), named("list")), gives),
      element("p", { class: "desk-acts" }, element("button", { type: "submit", class: "desk-go", id: "save-embed" }, one ? words.save : words.create)),
    ], async () => {
      const told = one ? await desk.send("PUT", `/embeds/${encodeURIComponent(one.key)}`, body()) : await desk.send("POST", "/embeds", body());
      desk.say(words.saved);
      desk.navigate(`partners/embed/${told.key}`);
    }));
  if (!one || one.closed) return;
  place.append(element("section", { class: "desk-card desk-stack craft-danger" }, element("h2", {}, words.closeEmbedTitle), element("p", {}, words.closeEmbedHint),
    element("p", { class: "desk-acts" }, button(words.closeEmbed, trying(desk, async () => {
      if (!(await desk.ask(words.closeEmbedAsk))) return;
      await desk.send("DELETE", `/embeds/${encodeURIComponent(one.key)}`);
      desk.say(words.closed);
      desk.navigate("partners");
    }), { class: "desk-grave" }))));
  await showLine(line, one, desk, words);
}

/** The panel with the line to copy, where this server has pages for frames. */
async function showLine(line, one, desk, words) {
  line.append(element("p", { class: "desk-note" }, counted(words, "shows", one.shown ?? 0, desk.language)));
  try {
    const [{ embedPanel }, publicURL] = await Promise.all([import("./embed-line.js"), publicAddress(desk)]);
    line.append(element("div", { class: "desk-card" }, embedPanel(one, { publicURL, words: desk.words.line, level: 2 })));
  } catch (error) {
    if (error.problem) throw error;
    line.append(element("p", { class: "desk-hint" }, words.noLine));
  }
}

/** A colour that may be left to the page. */
function colour(name, value, words) {
  const input = element("input", { type: "color", value: value ?? usual[name], id: `colour-${name}`, "data-pointer": `/colours/${name}`, "aria-describedby": `f-colour-${name}` });
  const isOwn = check(words[`colour_${name}`], value, { id: `own-${name}` });
  const code = text(value ?? usual[name], { id: `code-${name}`, dir: "ltr", maxlength: 7, spellcheck: "false", "aria-label": `${words[`colour_${name}`]} #` });
  const turn = () => { for (const control of [input, code]) control.disabled = !isOwn.firstChild.checked; };
  isOwn.firstChild.addEventListener("change", turn);
  input.addEventListener("input", () => { code.value = input.value; });
  code.addEventListener("input", () => { if (/^#[0-9a-f]{6}$/i.test(code.value)) input.value = code.value; });
  input.setAttribute("aria-label", words[`colour_${name}`]);
  turn();
  const node = element("div", { class: "craft-colour" }, isOwn, input, code, element("p", { class: "desk-fault", id: `f-colour-${name}`, hidden: true }));
  return { name, node, value: () => (isOwn.firstChild.checked ? code.value.trim() : undefined) };
}

/** Four numbers, or a shape that was sent by a program and is kept as it is. */
function regionForm(value, desk, words, layer) {
  const shape = value && !Array.isArray(value) ? value : undefined;
  const box = Array.isArray(value) ? value : shape ? boxOf(shape) : undefined;
  const sides = ["west", "south", "east", "north"];
  const inputs = sides.map((side, place) => text(box?.[place], { id: `region-${side}`, inputmode: "decimal", dir: "ltr" }));
  const before = inputs.map((input) => input.value).join();
  const fill = (numbers) => numbers.forEach((number, place) => { inputs[place].value = String(Math.round(number * 1e5) / 1e5); });
  const news = element("p", { class: "desk-hint", role: "status", hidden: true });
  const fromLayer = button(words.regionFromLayer, trying(desk, async () => {
    const { extent } = await desk.get(`/collections/${encodeURIComponent(layer())}?f=json`);
    const found = extent?.spatial?.bbox?.[0];
    if (found) fill(found);
    say(news, found ? undefined : words.regionNone);
  }), { id: "region-from-layer" });
  const frame = element("div", { class: "craft-map", hidden: true }, element("div", { class: "ground" }));
  let map;
  const fromMap = button(words.regionFromMap, async () => {
    try {
      const { drawGround, shownBox } = await import("./ground.js");
      if (!map) {
        frame.hidden = false;
        Object.assign(frame.dataset, { style: `/styles/lieudit?layer=${layer()}`, nightStyle: `/styles/lieudit-nuit?layer=${layer()}` });
        const numbers = inputs.map((input) => Number(input.value));
        if (inputs.every((input) => input.value)) frame.dataset.bounds = numbers.join();
        map = await drawGround(frame, { view: frame.dataset.bounds ? undefined : { center: [2.3795, 48.868], zoom: 13 }, question: {}, words: {} });
        fromMap.textContent = words.regionTake;
        map.on("moveend", () => fill(shownBox(map)));
      }
      fill(shownBox(map));
    } catch {
      frame.hidden = true;
      say(news, words.mapFailed);
    }
  }, { id: "region-from-map" });
  const clear = button(words.regionClear, () => inputs.forEach((input) => { input.value = ""; }), { id: "region-clear" });
  const node = element("fieldset", { class: "desk-fields desk-stack", id: "embed-region", "data-pointer": "/region", tabindex: "-1", "aria-describedby": "f-embed-region" },
    element("legend", {}, words.region), element("p", { class: "desk-hint" }, shape ? words.regionShape : words.regionHint),
    element("div", { class: "craft-four" }, sides.map((side, place) => field(words[side], inputs[place]))),
    element("p", { class: "desk-acts" }, fromLayer, document.body.dataset.map !== undefined && fromMap, clear), news, frame,
    element("p", { class: "desk-fault", id: "f-embed-region", hidden: true }));
  node.region = () => {
    if (inputs.every((input) => !input.value.trim())) return null;
    if (shape && inputs.map((input) => input.value).join() === before) return shape;
    // What is no number is told so by the server.
    return inputs.map((input) => { const number = Number(input.value.trim().replace(",", ".")); return input.value.trim() && Number.isFinite(number) ? number : input.value; });
  };
  return node;
}

const boxOf = ({ coordinates }) => {
  const [all] = [coordinates.flat()];
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
};
