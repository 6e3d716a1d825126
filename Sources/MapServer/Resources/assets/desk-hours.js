// Opening hours as a form that a person fills in, to and from what the server keeps.

import { element } from "./markup.js";
import { check, choices, field, list, select, text } from "./desk-fields.js";

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const whole = "24:00";

/** Over midnight when it ends no later than it begins. */
const clock = (from, to) => {
  const end = to === "00:00" ? whole : to;
  return { from, to: end, ...(end <= from ? { overnight: true } : {}) };
};
const time = (value) => text(value === whole ? "00:00" : value, { type: "time", dir: "ltr", required: true });
/** A whole day stays one, and a moment with an offset stays as it was written: neither is a local time. */
const moment = (value) => {
  const isExact = /(Z|[+-]\d\d:\d\d)$/.test(value);
  return text(value, { type: isExact ? "text" : value.length === 10 ? "date" : "datetime-local", dir: "ltr" });
};

/** A fieldset whose `hours()` is what to send: null for all hours. */
export function hoursForm(hours, words, language) {
  const name = (day) => new Date(Date.UTC(2024, 0, 1 + days.indexOf(day))).toLocaleDateString(language, { weekday: "long", timeZone: "UTC" });
  const names = days.map((day) => [day, name(day)]);

  const weekly = list({
    legend: words.weekly, hint: words.weeklyHint, values: hours?.weekly ?? [], add: words.addWeekly, remove: words.remove, pointer: "/hours/weekly",
    empty: () => ({ days: [], from: "14:00", to: "18:00" }),
    row(value) {
      const chosen = choices(words.days, names, value.days);
      const [from, to] = [time(value.from), time(value.to)];
      const [since, until] = [text(value.since, { type: "date" }), text(value.until, { type: "date" })];
      const node = element("div", {}, chosen, element("div", { class: "craft-pair" }, field(words.fromHour, from), field(words.toHour, to)),
        element("p", { class: "desk-hint" }, words.overnight),
        element("details", {}, element("summary", {}, words.season), element("div", { class: "craft-pair" }, field(words.since, since), field(words.until, until))));
      node.querySelector("details").open = Boolean(value.since || value.until);
      node.read = () => ({
        days: chosen.chosen(), ...clock(from.value, to.value),
        ...(since.value ? { since: since.value } : {}), ...(until.value ? { until: until.value } : {}),
      });
      return node;
    },
  });
  const dated = list({
    legend: words.dated, hint: words.datedHint, values: hours?.dated ?? [], add: words.addDated, remove: words.remove, pointer: "/hours/dated",
    empty: () => ({ from: "", to: "" }),
    row(value) {
      const [from, to] = [moment(value.from), moment(value.to)];
      const node = element("div", {}, element("div", { class: "craft-pair" }, field(words.fromMoment, from), field(words.toMoment, to)));
      node.read = () => ({ from: from.value, to: to.value });
      return node;
    },
  });
  const exceptions = list({
    legend: words.exceptions, hint: words.exceptionsHint, values: hours?.exceptions ?? [], add: words.addException, remove: words.remove, pointer: "/hours/exceptions",
    empty: () => ({ date: "", closed: true }),
    row(value) {
      const date = text(value.date, { type: "date" });
      const kind = select([["closed", words.closedThatDay], ["open", words.openThatDay]], value.closed ? "closed" : "open");
      const window = value.windows?.[0] ?? { from: "14:00", to: "18:00" };
      const [from, to] = [time(window.from), time(window.to)];
      const clocks = element("div", { class: "craft-pair" }, field(words.fromHour, from), field(words.toHour, to));
      const turn = () => { clocks.hidden = kind.value === "closed"; };
      kind.addEventListener("change", turn);
      turn();
      const node = element("div", {}, element("div", { class: "craft-pair" }, field(words.day, date), field(words.thatDay, kind)), clocks);
      // What the form has one of may have been given several.
      const others = value.windows?.slice(1) ?? [];
      node.read = () => ({ date: date.value, ...(kind.value === "closed" ? { closed: true } : { windows: [clock(from.value, to.value), ...others] }) });
      return node;
    },
  });

  const isAlways = check(words.allHours, !hours, { id: "all-hours" });
  const some = element("div", { class: "desk-stack" }, weekly, dated, exceptions);
  const turn = () => { some.hidden = isAlways.firstChild.checked; };
  isAlways.firstChild.addEventListener("change", turn);
  turn();
  const node = element("div", { class: "desk-stack", "data-pointer": "/hours", id: "craft-hours", tabindex: "-1" }, isAlways, some,
    element("p", { class: "desk-fault", id: "f-craft-hours", hidden: true }));
  node.hours = () => (isAlways.firstChild.checked ? null : { weekly: weekly.rows(), dated: dated.rows(), exceptions: exceptions.rows() });
  return node;
}
