// What is asked of a layer: kind, theme, datetime and q, as the query of the page's address and as its form say.

const names = ["kind", "theme", "datetime", "q"];

/** An EDTF year of a number; undefined for what is no year. */
function year(text) {
  if (!/^-?\d{1,4}$/.test(text.trim())) return undefined;
  return Number(text);
}

const written = (number) => (number < 0 ? "-" : "") + String(Math.abs(number)).padStart(4, "0");

/** Two fields of years as a `datetime`, the earlier first; empty when both are open. */
export function interval(from, to) {
  const years = [year(from), year(to)];
  if (years[0] > years[1]) years.reverse();
  const [first, last] = years;
  if (first === undefined && last === undefined) return "";
  if (first === last) return written(first);
  return years.map((one) => (one === undefined ? ".." : written(one))).join("/");
}

/** The years of a `datetime` such as 1987, 1980/1989 or ../1989, as the two fields show them. */
export function yearsOf(datetime = "") {
  const ends = datetime.split("/");
  const years = ends.map((end) => /^-?\d{4}/.exec(end)?.[0]).map((found) => (found ? String(Number(found)) : ""));
  return years.length > 1 ? years : [years[0], years[0]];
}

/** What the address of the page asks. */
export function questionOfAddress() {
  const query = new URLSearchParams(location.search);
  const question = Object.fromEntries(names.map((name) => [name, query.get(name) ?? ""]));
  if (query.has("from") || query.has("to")) question.datetime = interval(query.get("from") ?? "", query.get("to") ?? "");
  return question;
}

/** What the form asks. */
export function questionOfForm(form) {
  const fields = new FormData(form);
  const text = (name) => (fields.get(name) ?? "").trim();
  return { kind: text("kind"), theme: text("theme"), datetime: interval(text("from"), text("to")), q: text("q") };
}

/** Shows in the form what is asked, as when one goes back. */
export function fill(form, question) {
  const [from, to] = yearsOf(question.datetime);
  const values = { theme: question.theme, q: question.q, from, to };
  for (const [name, value] of Object.entries(values)) if (form.elements[name]) form.elements[name].value = value;
  for (const choice of form.querySelectorAll("[name=kind]")) choice.checked = choice.value === question.kind;
}

export const isOpen = (question) => names.every((name) => !question[name]);
export const isSame = (one, other) => names.every((name) => one[name] === other[name]);

/** The address of the page for a question: its query bears the filters and nothing else; the fragment stays. */
export function addressOf(question) {
  const query = new URLSearchParams(location.search);
  for (const name of [...names, "from", "to", "cursor"]) query.delete(name);
  for (const name of names) if (question[name]) query.set(name, question[name]);
  const text = query.toString().replaceAll("%2F", "/").replaceAll("%2C", ",");
  return `${location.pathname}${text && `?${text}`}${location.hash}`;
}
