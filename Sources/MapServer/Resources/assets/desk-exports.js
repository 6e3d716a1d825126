// What can be taken out of a layer: addresses that stay, and what is written inside.

import { element } from "./markup.js";
import { button, layerChooser, publicAddress } from "./desk-fields.js";

export const title = "craftExports.title";

export async function show(place, desk, [layer] = []) {
  const words = desk.words.craftExports;
  if (layer && desk.layers.some(({ id }) => id === layer)) desk.layer = layer;
  if (!desk.layer) return place.append(element("p", { class: "empty" }, words.noLayer));
  const [root, rules] = await Promise.all([publicAddress(desk), desk.get(`/moderation/${encodeURIComponent(desk.layer)}/rules`)]);
  const id = encodeURIComponent(desk.layer);
  place.append(element("p", { class: "lede" }, words.lede), layerChooser(desk, words, (chosen) => desk.navigate(`exports/${chosen}`)));
  if (rules.state === "unopened") return place.append(element("p", { class: "desk-note" }, words.unopened));
  const entry = (name, address, isFile) => element("li", { class: "desk-card desk-stack" },
    element("h2", {}, words[`${name}Name`]), element("p", {}, words[`${name}Hint`]), copied(`${root}${address}`, words, desk),
    isFile && element("p", { class: "desk-acts" }, element("a", { class: "button craft-button", href: address, download: "" }, words.download, element("span", { class: "desk-unseen" }, ` ${words[`${name}Name`]}`))));
  return place.append(
    element("ul", { class: "craft-cards" },
      ...["geojson", "csv", "gpkg", "kml", "gpx", "fgb", "geojsonl", "pmtiles", "mbtiles"].map((format) => entry(format, `/exports/${id}.${format}`, true)),
      entry("ogc", "/", false), entry("tiles", `/xyz/${id}.json`, false)),
    curated(id, desk.words.craftCurated),
    element("section", { class: "desk-card desk-stack" }, element("h2", {}, words.inside), element("ul", { class: "craft-points-list" },
      words.insideList.split("|").map((line) => element("li", {}, line.trim())),
      element("li", {}, rules.licence ? words.licence.replace("{licence}", rules.licence) : words.noLicence))));
}

/** What is for the team alone: it needs the session, so that there is no address to hand on. */
function curated(id, words) {
  const file = (format) => element("a", { class: "button craft-button", href: `/moderation/${id}/export.${format}`, download: "" }, words[format]);
  return element("section", { class: "desk-card desk-stack", "data-curated": "" }, element("h2", {}, words.name), element("p", {}, words.hint),
    element("p", { class: "desk-acts" }, file("geojson"), file("csv")));
}

/** An address to copy. */
export function copied(address, words, desk) {
  const code = element("code", { translate: "no", dir: "ltr" }, address);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      desk.say(words.copied);
    } catch {
      getSelection().selectAllChildren(code);
      desk.say(words.copyByHand);
    }
  };
  return element("p", { class: "craft-address" }, code, " ", button(words.copy, copy, { "aria-label": `${words.copy} ${address}` }));
}
