// When an encounter point is alive. What is published bears no clock, so that readers work it out from its `hours`, as
// `Contributions/Encounters/OpeningWindows` does on the server: changed together or not at all.
//
// A moment is inside a window when the clock on the wall reads a time inside it. What is weekly and what is dated add
// up; an exception stands for its date, and what began on the evening before goes on over midnight.

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]; // 1970-01-01 was a Thursday.

/** The number of a day since 1970-01-01. */
const numberOf = (date) => Date.parse(`${date}T00:00Z`) / 86400000;
const minutesOf = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** What the clock of a zone reads at a moment: the number of the day, and minutes since midnight. */
function reading(moment, zone) {
  const format = new Intl.DateTimeFormat("en", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  });
  const { year, month, day, hour, minute } = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  return { day: numberOf(`${year}-${month}-${day}`), minutes: Number(hour) * 60 + Number(minute) };
}

/** Whether a window that begins on a day holds a reading, minutes counted from that day's midnight. */
function holds({ from, to, overnight }, minutes) {
  return minutesOf(from) <= minutes && minutes < minutesOf(to) + (overnight ? 1440 : 0);
}

function beginsOn({ days, since, until }, day) {
  return days.includes(weekdays[(((day + 3) % 7) + 7) % 7]) && !(day < numberOf(since ?? "0001-01-01")) && !(day > numberOf(until ?? "9999-12-31"));
}

/** Whole days, the last one included, times of a day by the clock, or moments with an offset. */
function holdsDated({ from, to }, now, clock) {
  if (/(Z|[+-]\d\d:\d\d)$/.test(from)) return Date.parse(from) <= now && now < Date.parse(to);
  const read = clock.day * 1440 + clock.minutes;
  const end = (text, whole) => numberOf(text.slice(0, 10)) * 1440 + (text.length > 10 ? minutesOf(text.slice(11)) : whole);
  return end(from, 0) <= read && read < end(to, 1440);
}

/** @param now milliseconds since 1970 UTC. */
export function isAlive({ weekly = [], dated = [], exceptions = [], time_zone: zone }, now) {
  const clock = reading(now, zone);
  const excepted = (day) => exceptions.find(({ date }) => numberOf(date) === day);
  for (const [day, minutes] of [[clock.day, clock.minutes], [clock.day - 1, clock.minutes + 1440]]) {
    const exception = excepted(day);
    const windows = exception ? (exception.windows ?? []) : weekly.filter((window) => beginsOn(window, day));
    if (windows.some((window) => holds(window, minutes))) return true;
  }
  return !excepted(clock.day) && dated.some((window) => holdsDated(window, now, clock));
}

/** How an encounter point is found: alive, asleep, moved, stolen or retired; undefined for what is none. Vector tiles bear `hours` as a text. */
export function stateOf({ kind, hours, encounter_state: standing }, now = Date.now()) {
  if (kind !== "encounter") return undefined;
  const windows = typeof hours === "string" ? JSON.parse(hours) : hours;
  return standing ?? (windows && !isAlive(windows, now) ? "asleep" : "alive");
}
