// Elements made by hand: what people wrote becomes text nodes and attributes, never HTML.

const svg = "http://www.w3.org/2000/svg";

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child || child === 0));
  return node;
}

/** An element with attributes, listeners (functions, by the name of their event) and children; texts stay texts. */
export const element = (tag, attributes = {}, ...children) => filled(document.createElement(tag), attributes, children);

/** The same for a drawing. */
export const drawn = (tag, attributes = {}, ...children) =>
  filled(document.createElementNS(svg, tag), attributes, children);

/** A phrase with what stands for its {names}. */
export const phrase = (text, values = {}) => text.replace(/{(\w+)}/g, (whole, name) => values[name] ?? whole);

/** Shows a sentence in an element, or hides it when there is none. */
export function say(node, text) {
  node.textContent = text ?? "";
  node.hidden = !text;
}
