// "Copy this line": what a partner puts on its site, with what is left to choose, and how it will look.

import { element, phrase, say } from "./markup.js";

const styles = [["", "styleAny"], ["lieudit", "styleDay"], ["lieudit-nuit", "styleNight"], ["lieudit-contraste", "styleContrast"]];
const languages = [["", "languageAny"], ["fr", "languageFr"], ["en", "languageEn"]];
const widths = [["20rem", "widthPhone"], ["48rem", "widthTablet"], ["100%", "widthWhole"]];
const heights = { usual: 620, least: 240, most: 2000 };
// The preview comes from where this module does: a page may be read under another address than the public one.
const here = new URL(import.meta.url).origin;
let panels = 0;

const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
const attributes = (pairs) => pairs.filter(([, value]) => value).map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join("");

/** The address of the page in the frame, with the options that the contract leaves open. */
export function frameAddress(embed, publicURL, { language, style } = {}) {
  const address = new URL(`${publicURL}/embed/${encodeURIComponent(embed.layer)}`);
  for (const [name, value] of [["embed", embed.key], ["lang", language], ["style", style]]) if (value) address.searchParams.set(name, value);
  return address.href;
}

/** The line itself: a tag and its script, or a frame. Without the script the link within the tag shows. */
export function lineOf(embed, publicURL, words, { isFrame, language, style, height = heights.usual } = {}) {
  const title = embed.title || words.untitled;
  const position = embed.contribute ? "geolocation; clipboard-write" : "";
  if (isFrame) {
    const pairs = [
      ["src", frameAddress(embed, publicURL, { language, style })], ["title", title], ["width", "100%"], ["height", height],
      ["loading", "lazy"], ["referrerpolicy", "no-referrer"], ["allow", position],
    ];
    return `<iframe${attributes(pairs)}></iframe>`;
  }
  const pairs = [
    ["layer", embed.layer], ["embed", embed.key], ["lang", language], ["map-style", style], ["contribute", embed.contribute && "yes"],
  ];
  const link = `<a href="${escaped(`${publicURL}/map/${embed.layer}`)}">${escaped(phrase(words.link, { title }))}</a>`;
  return `<script type="module" src="${escaped(`${publicURL}/embed.js`)}"></script><lieudit-map${attributes(pairs)}>${link}</lieudit-map>`;
}

/**
 * The panel, as an element.
 * @param embed as `/embeds/{key}` tells it: key, layer, title, language, style, colours, contribute, origins.
 * @param publicURL the public address of this service, without a slash at its end.
 * @param words the group `line` of the page's words.
 * @param level of its heading, among those of the page.
 */
export function embedPanel(embed, { publicURL, words, level = 3 }) {
  const name = `line-${(panels += 1)}`;
  const chosen = { isFrame: false, language: "", style: "", height: heights.usual };
  const line = element("textarea", { id: `${name}-text`, readonly: true, rows: 4, spellcheck: "false", translate: "no", dir: "ltr" });
  const news = element("p", { class: "said-aloud", role: "status" });
  const preview = element("iframe", { title: words.previewTitle, class: "line-preview", referrerpolicy: "no-referrer" });
  const height = field(name, "height", words.height, element("input", {
    type: "number", min: heights.least, max: heights.most, step: 10, value: heights.usual, inputmode: "numeric",
    input: ({ target }) => { chosen.height = Math.round(Math.min(heights.most, Math.max(heights.least, Number(target.value) || heights.usual))); show(); },
  }));

  function show() {
    height.hidden = !chosen.isFrame;
    line.value = lineOf(embed, publicURL, words, chosen);
    say(news, "");
    const address = frameAddress(embed, here, chosen);
    if (preview.src !== address) preview.src = address;
    preview.style.height = `${chosen.isFrame ? chosen.height : measured ?? heights.usual}px`;
  }

  async function copy() {
    line.focus();
    line.select();
    const isCopied = await navigator.clipboard?.writeText(line.value).then(() => true, () => false);
    say(news, isCopied || document.execCommand("copy") ? words.copied : words.copyByHand);
  }

  let measured;
  addEventListener("message", ({ origin, source, data }) => {
    if (source !== preview.contentWindow || !source || origin !== here || data?.lieudit !== "frame") return;
    measured = Math.min(heights.most * 3, Math.max(heights.least, Number(data.height) || heights.usual));
    if (!chosen.isFrame) preview.style.height = `${measured}px`;
  });

  const set = (member) => (value) => { chosen[member] = value; show(); };
  const hasColours = Object.keys(embed.colours ?? {}).length > 0;
  const panel = element("section", { class: "embed-line", "aria-labelledby": `${name}-heading` },
    element(`h${level}`, { id: `${name}-heading` }, words.heading),
    element("p", {}, words.lede),
    origins(embed, words),
    choices(name, words.variant, [["", "element"], ["frame", "frame"]], words, "", (value) => set("isFrame")(value === "frame")),
    embed.language ? undefined : choices(name, words.language, languages, words, "", set("language")),
    embed.style || hasColours ? undefined : choices(name, words.style, styles, words, "", set("style")),
    height,
    element("p", { class: "hint" }, words.pinned),
    element("label", { for: `${name}-text` }, words.line), line,
    element("p", {}, element("button", { type: "button", click: copy }, words.copy)), news,
    element(`h${level + 1}`, {}, words.preview),
    choices(name, words.width, widths, words, "100%", (width) => { preview.style.width = width; }),
    preview);
  show();
  return panel;
}

function field(name, id, label, input) {
  input.id = `${name}-${id}`;
  return element("p", { class: "line-field" }, element("label", { for: input.id }, label), " ", input);
}

/** Some answers of which one holds; the first at the beginning, or the one that is named. */
function choices(name, legend, answers, words, first, changed) {
  const group = `${name}-${answers[0][1]}`;
  return element("fieldset", { class: "line-choices" }, element("legend", {}, legend), answers.map(([value, word]) =>
    element("label", {}, element("input", { type: "radio", name: group, value, checked: value === first, change: () => changed(value) }), " ", words[word])));
}

/** Where it will show, and nowhere else. */
function origins({ origins: listed = [] }, words) {
  if (!listed.length) return element("p", { class: "fault" }, words.nowhere);
  return element("div", {}, element("p", {}, words.only), element("ul", { class: "line-origins" }, listed.map((origin) =>
    element("li", {}, element("code", { translate: "no" }, origin)))));
}
