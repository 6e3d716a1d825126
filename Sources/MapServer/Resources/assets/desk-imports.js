// A file on its way into a layer: it is looked at first, and brought in when somebody has read what is in it.

import { element } from "./markup.js";
import { button, check, field, layerChooser } from "./desk-fields.js";

export const title = "craftImports.title";

const endings = ".geojson,.json,.geojsonl,.ndjson,.csv,.txt,.gpkg,.fgb,.kml,.kmz,.gpx,.zip";
const largest = 64 * 1024 * 1024;

export async function show(place, desk, [layer] = []) {
  const words = desk.words.craftImports;
  if (layer && desk.layers.some(({ id }) => id === layer)) desk.layer = layer;
  if (!desk.layer) return place.append(element("p", { class: "empty" }, words.noLayer));
  const input = element("input", { type: "file", accept: endings });
  const skips = check(words.skip, false);
  const told = element("div", { class: "desk-stack", role: "status" });
  const asked = field(words.file, input, { hint: words.fileHint });
  const fault = (text) => {
    const line = asked.querySelector(".desk-fault");
    line.textContent = text ?? "";
    line.hidden = !text;
    if (text) input.focus();
  };
  const act = async (isRehearsal) => {
    const [file] = input.files;
    if (!file) return fault(words.noFile);
    if (file.size > largest) return fault(words.tooLarge);
    fault();
    look.disabled = take.disabled = true;
    told.replaceChildren(element("p", {}, isRehearsal ? words.looking : words.taking));
    const answer = await sent(desk, file, isRehearsal, skips.querySelector("input").checked);
    look.disabled = false;
    take.disabled = take.hidden = answer.refused || !isRehearsal || answer.count === 0;
    told.replaceChildren(...outcome(answer, isRehearsal, words));
    if (!take.hidden) take.focus();
    if (!isRehearsal && !answer.refused) desk.say(words.done.replace("{count}", answer.count.toLocaleString(desk.language)));
    return undefined;
  };
  const look = button(words.look, () => act(true), { class: "button" });
  const take = button(words.take, () => act(false), { hidden: true });
  // What was read of another file says nothing of this one.
  const again = () => {
    take.hidden = true;
    told.replaceChildren();
    fault();
  };
  input.addEventListener("change", again);
  skips.addEventListener("change", again);
  return place.append(
    element("p", { class: "lede" }, words.lede), layerChooser(desk, words, (chosen) => desk.navigate(`imports/${chosen}`)),
    element("form", { class: "desk-card desk-stack", submit: (event) => event.preventDefault() }, asked, skips,
      element("p", { class: "desk-note" }, words.exact), element("p", { class: "desk-acts" }, look, take), told));
}

async function sent(desk, file, isRehearsal, skips) {
  const query = new URLSearchParams({ file: file.name, rehearsal: isRehearsal, "skip-invalid": skips });
  try {
    return await desk.send("POST", `/imports/${encodeURIComponent(desk.layer)}?${query}`, file);
  } catch (refusal) {
    if (refusal.problem?.told) return refusal.problem;
    return { refused: true, count: 0, skipped: 0, told: [refusal.message] };
  }
}

function outcome({ refused, count, skipped, told }, isRehearsal, words) {
  const number = (text, value) => text.replace("{count}", value.toLocaleString(document.documentElement.lang));
  const head = refused ? words.refused : number(isRehearsal ? words.found : words.done, count);
  return [
    element("p", { class: refused ? "desk-fault" : "desk-note" }, head),
    skipped > 0 && element("p", {}, number(words.skipped, skipped)),
    told.length > 0 && element("details", { open: refused }, element("summary", {}, words.details),
      element("ul", {}, told.map((line) => element("li", { lang: "en", dir: "ltr" }, line)))),
  ].filter(Boolean);
}
