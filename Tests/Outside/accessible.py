"""What a program can see of whether everybody can use a page: axe-core's judgement, and measures of our own."""

import json
import os
import pathlib

from command import REPOSITORY

AXE = pathlib.Path(os.environ.get("LIEUDIT_AXE", REPOSITORY / ".tools/axe/axe.min.js"))
# What axe leaves open, or cannot know to be essential, and a person has looked at: the rule, where, and why it is good.
EXPLAINED = [
    ("color-contrast", ".map, .pin-map", "axe cannot see letters on a canvas; their inks are measured against the paper below, and the styles' against every ground"),
    ("color-contrast", ".plan", "letters drawn on a plan that bears its words as a label: --soft on --card, which every palette is held to"),
    ("color-contrast", ".compass", "arrows, which axe does not take for letters: --ink on --paper"),
    ("color-contrast", ".reading:has(nav details[open]), .with-map:has(.legend[open])", "what an open menu covers, and shows again when it is closed"),
    ("color-contrast", ".desk-question[open]", "what lies under a dialog; its letters are measured against its own paper"),
    ("color-contrast", ".list-both .twin", "what a list beside its map scrolls by; the same letters on a list of its own are judged, and these measured"),
    ("frame-tested", ".embed-line", "the preview of an embed: the page in it is judged as a state of its own"),
    ("page-has-heading-one", "html:has(.sheet)", "sheets on paper, of which each goes to another wall: what is about all of them stays on the screen"),
    ("target-size", ".groups", "groups stand where their places are, near each other or under an open legend (WCAG 2.5.8, essential); the list holds the same"),
    ("skip-link", ".map-open", "the map is a page of its own then, and following the link leaves it for the list"),
]
# Names on the map come and go while axe looks, are hidden from screen readers as the list says the same, and are measured below.
RUN = """(async () => {
  const { violations, incomplete } = await axe.run({ exclude: [".names"] }, {
    resultTypes: ["violations", "incomplete"], elementRef: false,
    rules: { "target-size": { enabled: true } },
  });
  const told = (rules) => rules.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none, html }) => ({
    rule: id, target: target.join(" "), html: html.slice(0, 160), why: [...any, ...all, ...none].map(({ message }) => message).join("; ").slice(0, 300),
    within: %s.filter((place) => document.querySelector(target[0])?.closest(place)),
  })));
  return { violations: told(violations), incomplete: told(incomplete) };
})()""" % json.dumps([place for _, place, _ in EXPLAINED])


def judged(visitor):
    """What axe finds wrong or cannot tell, and nobody here has explained."""
    if not visitor.evaluate("'axe' in globalThis"):
        visitor.evaluate(AXE.read_text(encoding="utf-8") + "; 1")
    found = visitor.evaluate(RUN)
    return [f"{one['rule']}: {one['target']} {one['html']} ({one['why']})" for one in found["violations"] if not explained(one)] + [
        f"not sure, {one['rule']}: {one['target']} {one['html']} ({one['why']})" for one in found["incomplete"] if not explained(one)]


def explained(one):
    return any(rule == one["rule"] and place in one["within"] for rule, place, _ in EXPLAINED)


# Controls too small for a finger, letters that do not fit, a page wider than the window, fields without an edge.
MEASURE = r"""
(() => {
  const wrong = [];
  const shows = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && !node.closest("[inert], [hidden]")
    && [...node.getClientRects()].some(({ width, height }) => width * height > 0);
  const where = (node) => `${node.tagName.toLowerCase()}${node.id ? "#" + node.id : ""}.${node.className?.baseVal ?? node.className} «${node.textContent.trim().slice(0, 30)}»`;
  const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'], canvas[tabindex]";
  const inWords = (node) => node.tagName === "A" && getComputedStyle(node).display === "inline";
  for (const node of [...document.querySelectorAll(can)].filter(shows)) {
    const boxes = [node, ...(node.labels ?? [])].map((one) => one.getBoundingClientRect());
    const [width, height] = [Math.max(...boxes.map((box) => box.width)), Math.max(...boxes.map((box) => box.height))];
    const isPrimary = node.matches("button, summary, select, input, textarea, .button, .go, .open, .masthead a, .tongue a, nav a, .next a") && !node.closest(".maplibregl-ctrl-attrib, .slider");
    const least = isPrimary ? 43.9 : 23.9;
    if (!inWords(node) && !node.matches(".skip") && (width < least - (isPrimary ? 20 : 0) || height < least)) wrong.push(`small (${width.toFixed(0)} × ${height.toFixed(0)}): ${where(node)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) {
    const widest = [...document.body.querySelectorAll("*")].filter((node) => shows(node) && node.getBoundingClientRect().right > innerWidth + 1).map(where);
    wrong.push(`wider than the window, ${document.documentElement.scrollWidth}: ${widest.slice(0, 4).join(", ")}`);
  }
  for (const node of document.querySelectorAll("h1, h2, h3, p, a, button, label, summary, dt, dd, li, legend, blockquote")) {
    if (!shows(node) || node.closest(".names, .said, .unseen, .skip, .groups, .maplibregl-ctrl, .maplibregl-control-container")) continue;
    const { overflowX, overflowY } = getComputedStyle(node);
    const isCut = (overflowX !== "visible" && node.scrollWidth > node.clientWidth + 1) || (overflowY !== "visible" && node.scrollHeight > node.clientHeight + 1);
    if (isCut) wrong.push(`cut off: ${where(node)}`);
    const box = node.getBoundingClientRect();
    if (!node.closest(".map, .pin-map") && (box.left < -1 || box.right > innerWidth + 1)) wrong.push(`outside: ${where(node)}`);
  }
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const colour = (text) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const channel = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const ground = (node) => { for (let one = node; one; one = one.parentElement) { const found = colour(getComputedStyle(one).backgroundColor); if (found[3] === 255) return found; } return [255, 255, 255, 255]; };
  const ratio = (one, other) => { const [a, b] = [light(one), light(other)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); };
  let seen = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !shows(node) || node.closest(".said, .skip, .unseen, script, style, svg, noscript, option")) continue;
    seen += 1;
    const style = getComputedStyle(node);
    const isLarge = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    const found = ratio(colour(style.color), ground(node));
    if (found < (isLarge ? 3 : 4.5)) wrong.push(`contrast ${found.toFixed(2)}: ${where(node)}`);
  }
  if (seen < 4) wrong.push("nothing to read");
  for (const node of document.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox], [type=range]), select, textarea, .sign")) {
    if (!shows(node)) continue;
    const edge = ratio(colour(getComputedStyle(node).borderTopColor), ground(node.parentElement));
    if (edge < 3) wrong.push(`an edge of ${edge.toFixed(2)}: ${where(node)}`);
  }
  return wrong;
})()
"""
# WCAG 2.2, 1.4.12.
SPACED = """(() => { const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }");
  document.adoptedStyleSheets = [sheet]; })()"""
LARGE = """(() => { const sheet = new CSSStyleSheet(); sheet.replaceSync("html { font-size: 200% !important; }"); document.adoptedStyleSheets = [sheet]; })()"""
PLAIN = "document.adoptedStyleSheets = []"


def measured(visitor):
    return visitor.evaluate(MEASURE)


def faults(visitor):
    """All of it, as the page stands now."""
    return judged(visitor) + measured(visitor)


def faults_in_every_way(visitor, width):
    """The measures on a small screen upright and on its side, with letters twice as large, and with more room between them."""
    found = []
    for name, size, script in (("320 px", (320, 640), PLAIN), ("on its side", (640, 320), PLAIN),
                               ("large letters", (640, 800), LARGE), ("spaced letters", (320, 640), SPACED)):
        visitor.resize(*size)
        visitor.evaluate(script)
        visitor.evaluate("new Promise((done) => setTimeout(done, 60)).then(() => 1)")
        found += [f"{name}: {fault}" for fault in measured(visitor)]
    visitor.evaluate(PLAIN)
    visitor.resize(width, 800)
    return found
