// What the forms of the desk share: a field with its name and hint, several answers at once, rows that come and go,
// and what the server refuses, said beside the field that it means.

import { element, phrase, say } from "./markup.js";

let count = 0;

/** A field: its name, a hint, the control, and a place for what is wrong with it. `pointer` is its member of the body. */
export function field(name, control, { hint, pointer } = {}) {
  const id = control.id || `d-${(count += 1)}`;
  control.id = id;
  if (pointer) control.dataset.pointer = pointer;
  control.setAttribute("aria-describedby", [hint && `h-${id}`, `f-${id}`].filter(Boolean).join(" "));
  return element("div", { class: "desk-field" },
    element("label", { for: id }, name), hint && element("span", { class: "desk-hint", id: `h-${id}` }, hint), control,
    element("p", { class: "desk-fault", id: `f-${id}`, hidden: true }));
}

export const text = (value, attributes = {}) => {
  const input = element("input", { type: "text", dir: "auto", autocomplete: "off", ...attributes });
  input.value = value ?? "";
  return input;
};

export const area = (value, attributes = {}) => {
  const input = element("textarea", { dir: "auto", rows: 3, ...attributes });
  input.value = value ?? "";
  return input;
};

export const select = (options, value, attributes = {}) => {
  const node = element("select", attributes, options.map(([key, name]) => element("option", { value: key }, name)));
  node.value = value;
  if (node.selectedIndex < 0) node.selectedIndex = 0;
  return node;
};

export const check = (name, isChecked, attributes = {}) => {
  const input = element("input", { type: "checkbox", ...attributes });
  input.checked = Boolean(isChecked);
  return element("label", { class: "desk-check" }, input, element("span", {}, name));
};

/** Several answers of which any may hold; `chosen()` on the node says which. */
export function choices(legend, options, values, { hint, pointer } = {}) {
  const id = `d-${(count += 1)}`;
  const boxes = options.map(([key, name]) => check(name, values.includes(key), { value: key }));
  const node = element("fieldset", { class: "desk-fields", id, "data-pointer": pointer, "aria-describedby": `f-${id}`, tabindex: "-1" },
    element("legend", {}, legend), hint && element("span", { class: "desk-hint" }, hint), boxes,
    element("p", { class: "desk-fault", id: `f-${id}`, hidden: true }));
  node.chosen = () => [...node.querySelectorAll("input:checked")].map((input) => input.value);
  return node;
}

export const button = (name, click, attributes = {}) => element("button", { type: "button", click, ...attributes }, name);

/** Rows of the same kind. `row(value)` makes one, with `read()` on it; `rows()` on the node says what stands there. */
export function list({ legend, hint, values, row, add, remove, empty, pointer }) {
  const body = element("div", { class: "craft-rows" });
  const id = `d-${(count += 1)}`;
  const put = (value, isNew) => {
    const made = row(value);
    made.classList.add("craft-row");
    made.append(button(remove, () => {
      const next = made.nextElementSibling ?? made.previousElementSibling;
      made.remove();
      (next?.querySelector("input, select") ?? more).focus();
    }, { class: "desk-grave craft-remove" }));
    body.append(made);
    if (isNew) made.querySelector("input, select, textarea")?.focus();
  };
  const more = button(add, () => put(empty(), true));
  for (const value of values) put(value);
  const node = element("fieldset", { class: "desk-fields craft-list", id, "data-pointer": pointer, "aria-describedby": `f-${id}`, tabindex: "-1" },
    element("legend", {}, legend), hint && element("p", { class: "desk-hint" }, hint), body, element("p", { class: "desk-acts" }, more),
    element("p", { class: "desk-fault", id: `f-${id}`, hidden: true }));
  node.rows = () => [...body.children].map((made) => made.read());
  return node;
}

/** A phrase about so many, in the number that the language has for them: `name` or `nameOne`. */
export const counted = (words, name, count, language) =>
  phrase(words[new Intl.PluralRules(language).select(count) === "one" ? `${name}One` : name], { count: count.toLocaleString(language) });

/** Words between commas, each once. */
export const commas = (value) => [...new Set(value.split(",").map((word) => word.trim()).filter(Boolean))];

export function clearFaults(form) {
  for (const note of form.querySelectorAll(".desk-fault")) say(note);
  for (const node of form.querySelectorAll("[aria-invalid]")) node.removeAttribute("aria-invalid");
}

/** Says each fault beside the control that its pointer means, or the nearest above it; the rest on top of the form. */
export function showFaults(form, error) {
  if (!error.problem) throw error;
  const rest = [];
  let first;
  for (const { pointer = "", detail } of error.faults) {
    const control = nearest(form, pointer);
    const note = control && form.querySelector(`#f-${control.id}`);
    if (!note) {
      rest.push(detail);
      continue;
    }
    say(note, [note.textContent, detail].filter(Boolean).join(" "));
    control.setAttribute("aria-invalid", "true");
    first ??= control;
  }
  const top = form.querySelector(".craft-fault");
  const word = form.craftRefusals?.[error.code];
  if (!first || rest.length) say(top, word ?? ([...new Set(rest)].join(" ") || error.message));
  (first ?? top).focus();
}

/** `/kinds/0` is said at the control of `/kinds` where there is none of its own; rows count by their place. */
function nearest(form, pointer) {
  for (let path = pointer; path; path = path.slice(0, path.lastIndexOf("/"))) {
    const own = form.querySelector(`[data-pointer="${CSS.escape(path)}"]`);
    if (own) return own;
    const [, name, place] = /^(.*)\/(\d+)$/.exec(path) ?? [];
    const row = name !== undefined && form.querySelector(`[data-pointer="${CSS.escape(name)}"] .craft-rows`)?.children[place];
    const control = row && (row.querySelector("[data-own]") ?? row.querySelector("input, select"));
    if (control && form.querySelector(`#f-${control.id}`)) return control;
  }
  return undefined;
}

/** A form that is sent once at a time and says what is refused; `send` throws what the desk throws. */
export function form(children, send, attributes = {}) {
  const { refusals, ...rest } = attributes;
  let isSending = false;
  const node = element("form", {
    class: "craft-form", novalidate: true, autocomplete: "off", ...rest,
    submit: async (event) => {
      event.preventDefault();
      if (isSending) return;
      isSending = true;
      clearFaults(node);
      try {
        await send();
      } catch (error) {
        showFaults(node, error);
      } finally {
        isSending = false;
      }
    },
  }, children, element("p", { class: "desk-fault craft-fault", role: "alert", tabindex: "-1", hidden: true }));
  node.craftRefusals = refusals;
  return node;
}

/** Runs what a button asks for, and says politely what is refused. */
export const trying = (desk, act, refusals = {}) => async (event) => {
  try {
    await act(event);
  } catch (error) {
    if (!error.problem) throw error;
    desk.say(refusals[error.code] ?? error.message);
  }
};

/** Where people reach this service, as its own documents say. */
export async function publicAddress(desk) {
  const { links } = await desk.get("/?f=json");
  const own = links.find(({ rel }) => rel === "self")?.href ?? location.href;
  return own.replace(/[?#].*$/, "").replace(/\/$/, "");
}

/** The chooser of a layer; `chosen` is told the id. */
export function layerChooser(desk, words, chosen) {
  const node = select(desk.layers.map(({ id, title }) => [id, title || id]), desk.layer, { id: "craft-layer" });
  node.addEventListener("change", () => {
    desk.layer = node.value;
    chosen(node.value);
  });
  return field(words.layer, node);
}
