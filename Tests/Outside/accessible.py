"""What a script can see of whether everybody can use a page: names, order, targets, contrast, width."""

JUDGE = r"""
(() => {
  const wrong = [];
  const shows = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && !node.closest("[inert], [hidden]")
    && [...node.getClientRects()].some(({ width, height }) => width * height > 0);
  const where = (node) => `${node.tagName.toLowerCase()}${node.id ? "#" + node.id : ""}.${node.className?.baseVal ?? node.className} «${node.textContent.trim().slice(0, 30)}»`;
  const text = (id) => document.getElementById(id)?.textContent.trim() ?? "";
  const name = (node) => (node.getAttribute("aria-labelledby") ?? "").split(" ").map(text).join(" ").trim()
    || node.getAttribute("aria-label")?.trim() || [...(node.labels ?? [])].map((label) => label.textContent.trim()).join(" ")
    || node.textContent.trim() || node.getAttribute("alt") || "";
  const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'], canvas[tabindex]";
  const controls = [...document.querySelectorAll(can)].filter(shows);

  for (const node of controls) if (!name(node)) wrong.push(`no name: ${where(node)}`);
  for (const node of document.querySelectorAll("img:not([alt]), iframe:not([title])")) wrong.push(`no alternative: ${where(node)}`);
  if (!document.documentElement.lang) wrong.push("no language");
  if (!document.title.trim()) wrong.push("no title");
  if (document.querySelectorAll("main").length !== 1 || document.querySelectorAll("h1").length !== 1) wrong.push("not one main and one h1");
  const levels = [...document.querySelectorAll("h1, h2, h3, h4")].filter(shows).map(({ tagName }) => Number(tagName[1]));
  levels.forEach((level, index) => { if (level > (levels[index - 1] ?? 1) + 1) wrong.push(`a heading of level ${level} after one of ${levels[index - 1]}`); });
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) wrong.push(`twice: #${id}`);
  for (const attribute of ["aria-labelledby", "aria-describedby", "for"]) for (const node of document.querySelectorAll(`[${attribute}]`))
    for (const id of node.getAttribute(attribute).split(" ")) if (!document.getElementById(id)) wrong.push(`${attribute} names nothing: ${id}`);

  const inWords = (node) => node.tagName === "A" && !["flex", "inline-flex", "block", "inline-block", "grid"].includes(getComputedStyle(node).display);
  for (const node of controls) {
    const boxes = [node, ...(node.labels ?? [])].map((one) => one.getBoundingClientRect());
    const [width, height] = [Math.max(...boxes.map((box) => box.width)), Math.max(...boxes.map((box) => box.height))];
    const least = node.matches("button, summary, select, input") && !node.closest(".maplibregl-ctrl-attrib, .slider") ? 43.9 : 24;
    if (!inWords(node) && !node.matches(".skip") && (width < 24 || height < least)) wrong.push(`small (${width.toFixed(0)} × ${height.toFixed(0)}): ${where(node)}`);
  }

  const channel = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const colour = (text) => { const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number); return [r, g, b, a]; };
  const ground = (node) => {
    for (let one = node; one; one = one.parentElement) { const found = colour(getComputedStyle(one).backgroundColor); if (found[3] > 0.99) return found; }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !shows(node) || node.closest(".said, .skip")) continue;
    seen += 1;
    const style = getComputedStyle(node);
    const [a, b] = [light(colour(style.color)), light(ground(node))].sort((x, y) => y - x);
    const isLarge = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (isLarge ? 3 : 4.5)) wrong.push(`contrast ${ratio.toFixed(2)}: ${where(node)}`);
  }
  if (seen < 5) wrong.push("nothing to read");
  if (document.documentElement.scrollWidth > innerWidth) wrong.push(`wider than the window: ${document.documentElement.scrollWidth}`);
  return wrong;
})()
"""


def faults(visitor):
    return visitor.evaluate(JUDGE)
