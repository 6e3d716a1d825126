// Times in a reader's words. The words are those of the page's language; see Resources/words.

/** An EDTF date (level 0 or 1) in a language; what is not understood stays as it is. */
export function timeInWords(edtf, words, language) {
  const part = (text) => (/^(\.\.)?$/.test(text) ? "" : partInWords(text, words, language));
  const [start, end] = edtf.split("/").map(part);
  if (start === undefined || (end === undefined && edtf.includes("/"))) return edtf;
  if (end === undefined) return start;
  return end === "" ? filled(words.since, { time: start }) : start === "" ? filled(words.until, { time: end }) : `${start} – ${end}`;
}

const filled = (phrase, values) => phrase.replace(/{(\w+)}/g, (_, name) => values[name]);

function partInWords(text, words, language) {
  const [, year, month, day, doubt] = /^(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?([?~%]?)$/.exec(text) ?? [];
  if (!year) return undefined;
  const seasons = { 21: words.spring, 22: words.summer, 23: words.autumn, 24: words.winter };
  const isMonth = month >= 1 && month <= 12;
  const parts = [
    { "?": words.perhaps, "~": words.about, "%": words.perhapsAbout }[doubt],
    isMonth && day > 0 && (+day === 1 ? words.firstDay : +day),
    isMonth ? new Date(2000, month - 1).toLocaleDateString(language, { month: "long" }) : seasons[month],
    year.endsWith("XX") ? century(+year.slice(0, 2) + 1, words, language)
      : year.endsWith("X") ? filled(doubt ? words.someDecade : words.decade, { decade: `${year.slice(0, 3)}0` }) : +year,
  ];
  return parts.filter(Boolean).join(" ");
}

function century(number, words, language) {
  const ordinals = { one: words.ordinalOne, two: words.ordinalTwo, few: words.ordinalFew, other: words.ordinalOther };
  return filled(words.century, { number, ordinal: ordinals[new Intl.PluralRules(language, { type: "ordinal" }).select(number)] });
}
