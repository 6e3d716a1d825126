// When something was, from a person's words to EDTF (ISO 8601-2:2019, levels 0 and 1) as the server takes it.
// French and English are both understood whatever the language of the page. Days come first in 13/05/1968.

const decades = {
  vingt: 2, trente: 3, quarante: 4, cinquante: 5, soixante: 6, "soixante-dix": 7, septante: 7, "quatre-vingt": 8,
  "quatre-vingts": 8, "quatre-vingt-dix": 9, nonante: 9, twenties: 2, thirties: 3, forties: 4, fifties: 5, sixties: 6,
  seventies: 7, eighties: 8, nineties: 9,
};
const months = [
  ["janvier", "janv", "january", "jan"], ["fevrier", "fevr", "fev", "february", "feb"], ["mars", "march", "mar"],
  ["avril", "avr", "april", "apr"], ["mai", "may"], ["juin", "june", "jun"], ["juillet", "juil", "july", "jul"],
  ["aout", "august", "aug"], ["septembre", "sept", "september", "sep"], ["octobre", "october", "oct"],
  ["novembre", "november", "nov"], ["decembre", "december", "dec"],
];
const seasons = [["printemps", "spring"], ["ete", "etes", "summer", "summers"], ["automne", "autumn", "fall"],
  ["hiver", "hivers", "winter", "winters"]];
const roman = { i: 1, v: 5, x: 10 };

const nothing = /^(|\?+|je (ne )?sais (plus|pas)( trop)?|(ne )?sais (plus|pas)|j'ai oublie|aucune idee|inconnue?|sans date|i (do not|don't|dont|cannot|can't) (know|remember)|no idea|unknown|no date|not sure)$/;
const about = /^(?:vers|environ|autour de|aux environs de|a peu pres(?: en)?|circa|c\.|ca\.?|about|around|approximately|roughly)\s+(?:le |la |les |the |l'|en )?/;
const perhaps = /^(?:peut-etre|sans doute|probablement|je crois(?: que c'etait)?|maybe|perhaps|probably|i think)\s+(?:en |in |le |the )?/;

const two = (number) => String(number).padStart(2, "0");
const four = (number) => String(number).padStart(4, "0");
const plain = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[’ʼ`]/g, "'").replace(/[‐‑–—−]/g, "-")
    .replace(/\s+/g, " ").replace(/[.,;!]+$/, "").trim();
const numberIn = (lists, word) => lists.findIndex((names) => names.includes(word.replace(/\.$/, ""))) + 1;

/** EDTF for a person's words; "" where they say that they do not know, undefined where they are not understood. */
export function edtf(words, today = new Date()) {
  const text = plain(words);
  if (nothing.test(text)) return "";
  if (isExtendedDate(words.trim().toUpperCase())) return words.trim().toUpperCase();
  return interval(text, today) ?? single(text, today);
}

function single(text, today) {
  const rough = text.match(about);
  if (rough) return marked(single(text.slice(rough[0].length), today), "~");
  const doubtful = text.match(perhaps);
  if (doubtful) return marked(single(text.slice(doubtful[0].length), today), "?");
  if (/[^? ]\s*\?$/.test(text)) return marked(single(text.replace(/\s*\?$/, ""), today), "?");
  const bare = text.replace(/^(?:c'etait|it was)\s+/, "")
    .replace(/^(?:en|in|dans|pendant|during|au|aux|a|le|la|les|the|l'|un|une|on|at|courant)\s+/, "")
    .replace(/^(?:l'|le |la |les |the |mois de |courant |de |d')/, "").replace(/^(?:annee |year )(?=\d)/, "");
  return near(bare, today) ?? century(bare) ?? decade(bare) ?? date(bare, today);
}

/** About what is perhaps so is both (`%`). */
const marked = (found, sign) =>
  !found || found.includes("/") ? undefined
    : /[?~%]$/.test(found) ? (found.endsWith(sign) ? found : `${found.slice(0, -1)}%`) : found + sign;

/** What is reckoned from now: never finer than a month. */
function near(text, today) {
  const year = today.getFullYear();
  const month = (back) => {
    const day = new Date(year, today.getMonth() - back, 1);
    return `${four(day.getFullYear())}-${two(day.getMonth() + 1)}`;
  };
  if (/^(aujourd'hui|hier|ce matin|ce soir|maintenant|cette semaine|ce mois(-ci)?|today|yesterday|now|this (morning|week|month))$/.test(text)) return month(0);
  if (/^(mois dernier|last month)$/.test(text)) return month(1);
  if (/^(cette annee|this year)$/.test(text)) return four(year);
  if (/^(an dernier|annee derniere|an passe|annee passee|last year)$/.test(text)) return four(year - 1);
  const ago = text.match(/^(?:il y a )(?:environ )?(\d{1,3}) ans?$/) ?? text.match(/^(?:about )?(\d{1,3}) years? ago$/);
  return ago ? `${four(year - ago[1])}~` : undefined;
}

function century(text) {
  const match = text.match(/^(?:(?:debut|milieu|fin) du )?([ivx]+|\d{1,2})\s?(?:e|eme|er|st|nd|rd|th)\s(?:siecle|century)$/);
  if (!match) return undefined;
  const letters = [...match[1]].map((letter) => roman[letter]);
  const number = /\d/.test(match[1]) ? +match[1]
    : letters.reduce((sum, value, place) => sum + (value < letters[place + 1] ? -value : value), 0);
  return number >= 1 && number <= 30 ? `${two(number - 1)}XX` : undefined;
}

/** Years 60, 1960s, sixties; their beginning, middle or end is not told apart. */
function decade(text) {
  const whole = text
    .replace(/^(?:le |the )?(?:tout )?(?:debut|milieu|fin|early|mid|late|end|beginning)[ -](?:of )?(?:des |de |d'|les |the )*/, "")
    .replace(/^(?:etes|hivers|summers|winters) (?:des |de |d'|of )?(?:les |the )?/, "");
  const word = whole.match(/^(?:annees |the )?([a-z-]+)$/)?.[1];
  if (word && decades[word] && (whole.startsWith("annees ") || /ies$/.test(word))) return `19${decades[word]}X`;
  const match = whole.match(/^annees (\d\d)?(\d)0$/) ?? whole.match(/^(\d\d)?(\d)0'?s$/);
  if (!match) return undefined;
  return `${match[1] ?? (match[2] < 2 ? "20" : "19")}${match[2]}X`;
}

/** A year of two digits is the latest that has begun. */
function fullYear(digits, today) {
  if (digits === undefined) return undefined;
  if (digits.length === 4) return digits;
  const year = today.getFullYear();
  const base = year - (year % 100);
  return four(base + +digits <= year ? base + +digits : base - 100 + +digits);
}

function date(text, today) {
  const year = text.match(/^'?(\d{4}|\d\d)$/);
  if (year) return fullYear(year[1], today);
  const numbers = text.match(/^(?:(\d{1,2})[/. -])?(\d{1,2})[/. -](\d{4})$/) ?? text.match(/^(\d{1,2})[/.](\d{1,2})[/.](\d\d)$/);
  if (numbers) return day(fullYear(numbers[3], today), +numbers[2], numbers[1]);
  const match = text.match(/^(?:(\d{1,2})(?:er|st|nd|rd|th)? (?:of )?)?([a-z.]+) (?:(?:de |of )?(?:l'annee |l'an )?)?'?(\d{4}|\d\d)(?:[-/](?:\d{4}|\d\d))?$/)
    ?? swapped(text.match(/^([a-z.]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/));
  if (!match) return undefined;
  const written = fullYear(match[3], today);
  const season = numberIn(seasons, match[2]);
  if (season && !match[1]) return `${written}-${20 + season}`;
  if (/^(noel|christmas)$/.test(match[2])) return `${written}-12`;
  if (/^rentree$/.test(match[2])) return `${written}-09`;
  return day(written, numberIn(months, match[2]), match[1]);
}

const swapped = (match) => match && [match[0], match[2], match[1], match[3]];

function day(year, month, dayOfMonth) {
  if (!year || !(month >= 1 && month <= 12)) return undefined;
  if (dayOfMonth === undefined) return `${year}-${two(month)}`;
  const last = new Date(Date.UTC(2000 + (+year % 400), month, 0)).getUTCDate();
  return +dayOfMonth >= 1 && +dayOfMonth <= last ? `${year}-${two(month)}-${two(dayOfMonth)}` : undefined;
}

function interval(text, today) {
  const open = text.match(/^(?:depuis|a partir de|apres|since|from|after) (.+)$/);
  const from = open && !/ (?:a|to|jusqu'a|jusqu'en|until) /.test(open[1]) ? single(open[1], today) : undefined;
  if (from) return `${from}/..`;
  const until = text.match(/^(?:jusqu'en|jusqu'a|jusqu'aux|avant|until|till|up to|before) (.+)$/);
  const to = until ? single(until[1], today) : undefined;
  if (to) return `../${to}`;
  const ends = text.match(/^(?:entre|between) (.+) (?:et|and) (.+)$/) ?? text.match(/^(?:de|du|des|from) (.+) (?:a|au|aux|to|jusqu'en|jusqu'a|until) (.+)$/)
    ?? text.match(/^(\d{4}) ?(?:-|a|to|\/) ?(\d{4}|\d\d)$/);
  if (!ends) return undefined;
  const start = single(ends[1], today);
  // 1970-75 ends in the century in which it begins.
  const short = /^\d\d$/.test(ends[2]) && /^\d{4}$/.test(ends[1]);
  const finish = short ? ends[1].slice(0, 2) + ends[2] : single(ends[2], today);
  return start && finish && isInOrder(start, finish) ? `${start}/${finish}` : undefined;
}

const isInOrder = (start, finish) =>
  start.slice(0, 4).replaceAll("X", "0") <= finish.slice(0, 4).replaceAll("X", "9");

/** Whether it is EDTF already, as who knows it may write it. */
function isExtendedDate(text) {
  const part = /^(?:\d{4}|\d{3}X|\d\dXX|\d{4}-(?:0[1-9]|1[0-2]|2[1-4]|XX)|\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]|XX))[?~%]?$/;
  const isPart = (one) => {
    const [year, month, dayOfMonth] = one.replace(/[?~%]$/, "").split("-");
    return part.test(one) && (!dayOfMonth || dayOfMonth === "XX" || day(year, +month, dayOfMonth) !== undefined);
  };
  const ends = text.split("/");
  if (ends.length === 1) return isPart(text);
  const known = ends.filter((end) => end !== "..");
  return ends.length === 2 && known.length > 0 && known.every(isPart) && (known.length < 2 || isInOrder(...known));
}
