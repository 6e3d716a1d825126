// `Contributions/Text/Flags` for the phone: what a text holds that may lead to a person or to a door. It is looked for
// here before anything is sent; the server looks again, for curators. Changed together or not at all.

import { FoldedText, degree, isDigit, isLetter, isWordSign, listed, numberWords } from "./folded-text.js";
import { addresses } from "./street-flags.js";

const most = 200;

/** [{kind, start, end}] in code points, in the order of the text; none overlaps another. */
export function flagsOf(words) {
  const text = new FoldedText(words);
  const looks = [["map-link", mapLinks], ["email", emails], ["plus-code", plusCodes], ["coordinates", coordinates], ["phone", phones], ["plate", plates], ["address", addresses]];
  const kept = [];
  for (const [kind, look] of looks) {
    for (const [start, end] of look(text)) {
      if (kept.length < most && start < end && !kept.some((flag) => start < flag.end && flag.start < end)) kept.push({ kind, start, end });
    }
  }
  return kept.sort((one, other) => one.start - other.start);
}

/** The kinds of what some texts hold, each once. */
export const kindsIn = (texts) => [...new Set(texts.flatMap((text) => flagsOf(text)).map(({ kind }) => kind))];

// Telephones

const shapes = new Set(["4222", "244", "2233", "2332", "433", "28", "46", "1333", "334", "13222", "2224", "3322", "19", "2323", "64", "55"]);
const labels = listed("tel telephone portable mobile fax whatsapp sms tph appeler appelez appelle joindre signal");
const otherNumbers = listed("isbn issn ean siret siren iban cote");
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const sizesOf = (groups) => groups.map(([start, end]) => end - start);

function* phones(text) {
  for (let place = 0; place < text.numbers.length;) {
    const groups = runFrom(text, place);
    const found = phoneOf(text, groups);
    if (found) yield found;
    place += found ? groups.length : 1;
  }
  yield* spelledPhones(text);
}

function runFrom(text, first) {
  const groups = [text.numbers[first]];
  for (let next = first + 1; next < text.numbers.length && sum(sizesOf(groups)) < 15; next++) {
    const gap = text.text(groups.at(-1)[1], text.numbers[next][0]);
    if (gap.length > 3 || !/^[ .\-/()_]*$/.test(gap)) break;
    groups.push(text.numbers[next]);
  }
  return groups;
}

function phoneOf(text, groups) {
  const [start] = groups[0];
  const hasPlus = text.at(start - 1) === "+";
  if (isLetter(text.at(start - 1))) return undefined;
  if (hasPlus || text.has("00", start)) return international(text, groups, hasPlus);
  for (let count = 1; count <= groups.length; count++) {
    if (!isNational(text, groups.slice(0, count))) continue;
    const end = groups[count - 1][1];
    return isPartOfMore(text, end) || isOtherNumber(text, start) ? undefined : [start, end];
  }
  return labelled(text, groups);
}

function international(text, groups, hasPlus) {
  const [start] = groups[0];
  const digits = sum(sizesOf(groups));
  const isFrench = text.has("33", start) || text.has("0033", start);
  const [least, greatest] = isFrench ? [11, 14] : hasPlus ? [9, 15] : [11, 15];
  if (digits < least || digits > greatest || (!hasPlus && !isFrench && groups.length === 1)) return undefined;
  return [start - (hasPlus ? 1 : 0), groups.at(-1)[1]];
}

function isNational(text, groups) {
  const sizes = sizesOf(groups);
  const [start] = groups[0];
  if (sum(sizes) !== 10 || text.at(start) !== "0") return false;
  const second = sizes[0] > 1 ? text.at(start + 1) : text.at(groups[1][0]);
  if (second === "0") return false;
  return sizes.every((size) => size === 1) || sizes[0] === 10 || shapes.has(sizes.join("")) || sizes.every((size) => size === 2);
}

function isPartOfMore(text, end) {
  return isWordSign(text.at(end)) || (text.isOne(end, "-.") && isDigit(text.at(end + 1)));
}

function isOtherNumber(text, start) {
  let place = start;
  for (let turn = 0; turn < 2; turn++) {
    while (place > start - 12 && place > 0 && !isLetter(text.at(place - 1))) place--;
    const word = text.wordBefore(place);
    if (!word) return false;
    if (otherNumbers.has(text.text(...word))) return true;
    [place] = word;
  }
  return false;
}

function labelled(text, groups) {
  const [start] = groups[0];
  const digits = sum(sizesOf(groups));
  if (digits < 8 || digits > 12) return undefined;
  let place = start;
  while (place > start - 4 && text.isOne(place - 1, ` .:${degree}`)) place--;
  const word = text.wordBefore(place);
  return word && labels.has(text.text(...word)) ? [start, groups.at(-1)[1]] : undefined;
}

function* spelledPhones(text) {
  for (let place = 0; place < text.count;) {
    if (!text.has("zero", place) || isWordSign(text.at(place - 1))) {
      place++;
      continue;
    }
    const [end, words] = spelledNumbers(text, place);
    if (words >= 5) yield [place, end];
    place = Math.max(end, place + 1);
  }
}

function spelledNumbers(text, start) {
  let [end, place, words] = [start, start, 0];
  while (words < 40) {
    const wordEnd = text.endOfWord(place);
    if (wordEnd <= place || !numberWords.has(text.text(place, wordEnd))) break;
    [end, words, place] = [wordEnd, words + 1, wordEnd];
    while (place < wordEnd + 3 && text.isOne(place, " ,-.")) place++;
  }
  return [end, words];
}

// Coordinates

const axes = listed("n s e w o lat lon lng long latitude longitude nord sud est ouest et gps coordonnees position");
const quarters = listed("n s e w o nord sud est ouest");

function* coordinates(text) {
  for (let place = 0; place < text.numbers.length;) {
    const found = degreesFrom(text, place) ?? decimalPair(text, place);
    if (found) yield found.range;
    place = found ? found.last + 1 : place + 1;
  }
}

function decimalPair(text, first) {
  const { numbers } = text;
  if (first + 3 >= numbers.length) return undefined;
  const [left, right] = [decimalAt(text, first), decimalAt(text, first + 2)];
  if (!left || !right) return undefined;
  const between = [numbers[first + 1][1], numbers[first + 2][0]];
  if (between[1] - between[0] > 16 || !isBetweenDegrees(text, between)) return undefined;
  if (Math.max(left.degrees, right.degrees) > 180 || Math.min(left.degrees, right.degrees) > 90) return undefined;
  const isNamed = text.text(...between).includes(degree) || isNamedBefore(text, numbers[first][0]);
  const [fewest, finest] = [Math.min(left.decimals, right.decimals), Math.max(left.decimals, right.decimals)];
  if (fewest < (isNamed ? 2 : 3) || finest < (isNamed ? 2 : 4)) return undefined;
  return { range: [numbers[first][0], numbers[first + 3][1]], last: first + 3 };
}

function decimalAt(text, place) {
  const [whole, part] = [text.numbers[place], text.numbers[place + 1]];
  if (part[0] !== whole[1] + 1 || !text.isOne(whole[1], ".,") || whole[1] - whole[0] > 3) return undefined;
  return { degrees: text.value(whole), decimals: part[1] - part[0] };
}

function isBetweenDegrees(text, [start, stop]) {
  for (let place = start; place < stop;) {
    const end = Math.min(text.endOfWord(place), stop);
    if (end > place) {
      if (!axes.has(text.text(place, end))) return false;
      place = end;
    } else if (text.isOne(place, `${degree} ,;/|:=-+()[]\n`)) place++;
    else return false;
  }
  return stop > start;
}

function isNamedBefore(text, place) {
  let end = place;
  while (end > place - 3 && text.isOne(end - 1, " :=-+")) end--;
  const word = text.wordBefore(end);
  const name = word && text.text(...word);
  return Boolean(word) && ((axes.has(name) && name.length > 1) || name === "n" || name === "s");
}

function degreesFrom(text, first) {
  const one = angle(text, first);
  if (!one) return undefined;
  const start = text.numbers[first][0];
  const next = text.numbers[one.last + 1];
  const other = next && angle(text, one.last + 1);
  if (other && next[0] - one.end <= 12) return { range: [start, other.end], last: other.last };
  return one.hasQuarter ? { range: [start, one.end], last: one.last } : undefined;
}

function angle(text, first) {
  const { numbers } = text;
  if (first + 1 >= numbers.length || numbers[first][1] - numbers[first][0] > 3) return undefined;
  let [last, end] = [first, numbers[first][1]];
  if (text.at(text.skipSpaces(end)) !== degree && !text.has(" deg", end)) return undefined;
  while (last < first + 4 && last + 1 < numbers.length && isWithinAngle(text.text(end, numbers[last + 1][0]))) {
    last++;
    end = numbers[last][1];
    if (text.isOne(text.skipSpaces(end), "'\"")) end = text.skipSpaces(end) + 1;
    if (text.at(end) === "'") end++;
  }
  if (last === first || (end <= numbers[last][1] && last <= first + 1)) return undefined;
  const word = text.wordAfter(end);
  const quarter = word && quarters.has(text.text(...word)) ? word : undefined;
  return { end: quarter?.[1] ?? end, last, hasQuarter: quarter !== undefined };
}

const isWithinAngle = (gap) => gap.length <= 5 && [...gap].every((sign) => `${degree} '".,deg`.includes(sign));

// Mail

const ats = listed("at arobase arobas chez a");

function* emails(text) {
  for (let place = 0; place < text.count; place++) {
    const sign = atSign(text, place);
    const start = sign && localPart(text, sign[0]);
    const end = start !== undefined ? domain(text, sign[1]) : undefined;
    if (end !== undefined) yield [start, end];
  }
}

function atSign(text, place) {
  let end;
  if (text.at(place) === "@") end = place + 1;
  else if (text.isOne(place, "([{")) {
    const word = text.wordAfter(place + 1);
    if (!word || !ats.has(text.text(...word))) return undefined;
    end = text.skipSpaces(word[1]) + 1;
    if (!text.isOne(end - 1, ")]}")) return undefined;
  } else if (text.at(place) === "a" && text.at(place - 1) === " " && (text.has("arobase", place) || text.has("arobas ", place))) {
    end = text.endOfWord(place);
  } else return undefined;
  let start = place;
  while (start > place - 2 && text.at(start - 1) === " ") start--;
  return [start, text.skipSpaces(end)];
}

function localPart(text, end) {
  let start = end;
  while (start > 0 && start > end - 64 && (isWordSign(text.at(start - 1)) || text.isOne(start - 1, "._%+-"))) start--;
  while (start < end && !isWordSign(text.at(start))) start++;
  return start < end ? start : undefined;
}

function domain(text, start) {
  let [place, end] = [start, undefined];
  while (place < start + 255) {
    let label = place;
    while (isWordSign(text.at(label)) || text.at(label) === "-") label++;
    if (label <= place) break;
    if (place > start && label - place >= 2 && /^[a-z]+$/.test(text.text(place, label))) end = label;
    const next = pointAt(text, label);
    if (next === undefined) break;
    place = next;
  }
  return end;
}

function pointAt(text, place) {
  if (text.at(place) === ".") return isWordSign(text.at(place + 1)) ? place + 1 : undefined;
  let start = text.skipSpaces(place);
  const isBracketed = text.isOne(start, "([{");
  if (isBracketed) start++;
  else if (start === place) return undefined;
  const word = text.wordAfter(start);
  if (!word || !["point", "dot"].includes(text.text(...word))) return undefined;
  return text.skipSpaces(isBracketed ? text.skipSpaces(word[1]) + 1 : word[1]);
}

// Links to maps

const hosts = (
  "maps.google. google.com/maps google.fr/maps google.be/maps google.ch/maps goo.gl/maps maps.app.goo.gl/ g.co/maps openstreetmap.org/ openstreetmap.fr/ osm.org/ osm.fr/ "
  + "maps.apple.com maps.apple/ waze.com/ bing.com/maps wego.here.com share.here.com mappy.com/ viamichelin.fr/ geoportail.gouv.fr/ what3words.com/ w3w.co/ plus.codes/ "
  + "organicmaps.app/ omaps.app/ citymapper.com/ g.page/ map.snapchat.com yandex.com/maps mapy.cz/ mapillary.com/ openstreetbrowser.org/ cartes.app/ f4map.com/").split(" ");

function* mapLinks(text) {
  for (let place = 0; place < text.count;) {
    let end = place;
    while (end < text.count && !text.isOne(end, ' \n"<>')) end++;
    const start = end > place ? mapLink(text, place, end) : undefined;
    if (start !== undefined) yield [start, withoutFullStop(text, start, end)];
    place = end + 1;
  }
}

function withoutFullStop(text, start, stop) {
  let end = stop;
  while (end > start && text.isOne(end - 1, ".,;:!?)]'")) end--;
  return end;
}

function mapLink(text, start, stop) {
  if (stop - start < 8) return undefined;
  const end = Math.min(stop, start + 300);
  const words = text.text(start, end);
  const geo = words.indexOf("geo:");
  if (geo >= 0 && (isDigit(text.at(start + geo + 4)) || text.at(start + geo + 4) === "-")) return start + geo;
  if (words.startsWith("///") && words.split(".").length > 2) return start;
  for (const host of hosts) {
    const place = words.indexOf(host);
    if (place < 0) continue;
    if (start + place + host.length < withoutFullStop(text, start, end) - 1 || host.endsWith("/")) return start + startOfLink(words, place);
  }
  return undefined;
}

function startOfLink(words, place) {
  for (const scheme of ["https://", "http://", "www."]) {
    const start = words.indexOf(scheme);
    if (start >= 0 && start < place) return start;
  }
  return place - /[a-z0-9.-]*$/.exec(words.slice(0, place))[0].length;
}

// Plates and plus codes

const units = listed("cv km ff mm cm kg hp fm am pm rue bis ter mai mo go eur frf uhf vhf et ou de du la le les bd av ans");
const departments = listed("2a 2b 971 972 973 974 976");

function* plates(text) {
  for (const number of text.numbers) {
    const found = newPlate(text, number) ?? oldPlate(text, number);
    if (found) yield found;
  }
}

const gapBefore = (text, place) => (text.isOne(place - 1, " -.") ? place - 1 : place);
const gapAfter = (text, place) => (text.isOne(place, " -.") ? place + 1 : place);
const areCapitals = (text, start, end) => text.capitals.slice(start, end).every(Boolean);
const areLetters = (text, start, end) => /^[a-z]+$/.test(text.text(start, end));

function newPlate(text, [from, to]) {
  if (to - from !== 3) return undefined;
  const [left, right] = [gapBefore(text, from), gapAfter(text, to)];
  const [start, end] = [left - 2, right + 2];
  if (start < 0 || end > text.count || !areLetters(text, start, left) || !areLetters(text, right, end)) return undefined;
  if (isWordSign(text.at(start - 1)) || isWordSign(text.at(end))) return undefined;
  const isDashed = text.at(left) === "-" && text.at(right - 1) === "-";
  return isDashed || (areCapitals(text, start, left) && areCapitals(text, right, end)) ? [start, end] : undefined;
}

function oldPlate(text, [from, to]) {
  const start = gapAfter(text, to);
  const end = text.endOfWord(start);
  const department = departmentEnd(text, gapAfter(text, end));
  if (to - from > 4 || end - start < 2 || end - start > 3 || !areCapitals(text, start, end) || department === undefined) return undefined;
  return isWordSign(text.at(from - 1)) || units.has(text.text(start, end)) ? undefined : [from, department];
}

function departmentEnd(text, start) {
  let end = start;
  while (isWordSign(text.at(end)) && end < start + 4) end++;
  const digits = text.text(start, end);
  if (departments.has(digits)) return end;
  return /^\d\d$/.test(digits) && +digits >= 1 && +digits <= 95 ? end : undefined;
}

const isCodeSign = (text, place) => text.isOne(place, "23456789cfghjmpqrvwx");

function* plusCodes(text) {
  for (let place = 0; place < text.count; place++) {
    if (text.at(place) !== "+") continue;
    let [start, end] = [place, place + 1];
    while (start > place - 9 && isCodeSign(text, start - 1)) start--;
    while (end < place + 9 && isCodeSign(text, end)) end++;
    const before = place - start;
    const isCode = [4, 6, 8].includes(before) && end - place - 1 >= 2 && end - place - 1 <= 7
      && !isWordSign(text.at(start - 1)) && !isWordSign(text.at(end))
      && /[a-z]/.test(text.text(start, end)) && (/[0-9]/.test(text.text(start, place)) || before === 8);
    if (isCode) yield [start, end];
  }
}
