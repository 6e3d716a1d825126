// Houses in streets, and towns with their postcodes: `TextFlags+Addresses` for the phone.

import { degree, isDigit, isLetter, isWordSign, listed, numberWords } from "./folded-text.js";

const suffixes = listed("bis ter quater b t a c e f");
const counted = listed("bus ligne lignes tram tramway metro noctilien chapitre page tome acte scene photo etape jour episode salle h arrondissement");
const dated = listed("en janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre ete hiver automne printemps annees depuis des noel");
const afterEnds = listed("a bis ter au chez et ou dans pres avec pour il on elle je nous");
const towns = listed(
  "paris lyon marseille toulouse nice nantes montpellier strasbourg bordeaux lille rennes reims toulon grenoble dijon angers nimes montreuil bagnolet pantin lilas "
  + "vincennes ivry aubervilliers romainville charenton bobigny clichy brest rouen caen nancy metz tours limoges amiens perpignan orleans saint");
const people = listed(
  "parisiens parisiennes francais francaises lieues lyonnais francs euros personnes allemands italiens espagnols algeriens portugais juifs communards europeens europeennes "
  + "americains anglais polonais supporters marseillais bretons kabyles et le la les on il elle nous un une ouvriers soldats f");
const plain = listed(
  "rue boulevard bd bld blvd boul bvd avenue av ave impasse imp allee chemin faubourg fbg fg sentier ruelle venelle esplanade rond lotissement residence r rte "
  + "che chem all pl sq crs pass psg");
const ambiguous = listed("place cours passage square villa cite quai route galerie hameau parc cour promenade mail montee pont port porte traverse sente");
const notNames = listed("et ou est etait vide pietonne barree deserte qui que sont par plus");
const articles = listed("de la le les du des d l aux au a");

export function* addresses(text) {
  for (const number of text.numbers) {
    const found = house(text, number) ?? houseAfterStreet(text, number) ?? town(text, number);
    if (found) yield found;
  }
  yield* spelledHouses(text);
}

/** A word that names a kind of street; undefined when none stands there. */
function streetAt(text, place) {
  const end = text.endOfWord(place);
  if (end <= place || end - place > 10 || isWordSign(text.at(place - 1))) return undefined;
  const word = text.text(place, end);
  if (!plain.has(word) && !ambiguous.has(word)) return undefined;
  return { start: place, end: text.at(end) === "." ? end + 1 : end, isAmbiguous: !plain.has(word) };
}

function nameOf(text, street) {
  let place = text.skipSpaces(street.end);
  if (place <= street.end && text.at(street.end - 1) !== ".") return undefined;
  let hasArticle = false;
  for (let turn = 0; turn < 3; turn++) {
    const end = text.endOfWord(place);
    if (!articles.has(text.text(place, end)) || !text.isOne(end, " '")) break;
    hasArticle = true;
    place = text.skipSpaces(end + 1);
  }
  const end = text.endOfWord(place);
  if (end > place) return { word: [place, end], hasArticle };
  const month = isDigit(text.at(place)) ? text.wordAfter(text.endOfNumber(place)) : undefined;
  return month && { word: month, hasArticle: true };
}

function isNamed(text, street, isStrict = false) {
  const name = nameOf(text, street);
  if (!name) return false;
  if (text.capitals[name.word[0]]) return true;
  if (street.end - street.start <= 2 && !name.hasArticle) return false;
  return !street.isAmbiguous && (name.hasArticle || !isStrict) && !notNames.has(text.text(...name.word));
}

function endOf(text, street) {
  const name = nameOf(text, street);
  let end = name?.word[1] ?? street.end;
  for (let turn = 0; name && turn < 5; turn++) {
    if (!text.isOne(end, " -'")) break;
    const next = text.endOfWord(end + 1);
    if (next <= end + 1 || !(text.isOne(end, "-'") || text.capitals[end + 1])) break;
    end = next;
  }
  return end;
}

function house(text, number) {
  const [start, stop] = number;
  if (stop - start > 4 || isWordSign(text.at(start - 1)) || isYear(text, number) || isCounted(text, start)) return undefined;
  const [place, hasComma] = afterHouseNumber(text, stop);
  const street = streetAt(text, place) ?? streetAt(text, afterOf(text, place));
  if (!street || (hasComma && isDate(text, start)) || !isNamed(text, street)) return undefined;
  return [start, endOf(text, street)];
}

function afterHouseNumber(text, end) {
  let place = end;
  if (text.isOne(place, "-/") && isDigit(text.at(place + 1))) place = text.endOfNumber(place + 1);
  const word = text.wordAfter(place);
  if (word && suffixes.has(text.text(...word))) [, place] = word;
  place = text.skipSpaces(place);
  const hasComma = text.isOne(place, ",;\n");
  return [hasComma ? text.skipSpaces(place + 1) : place, hasComma];
}

function afterOf(text, place) {
  const of = ["de la ", "de l'", "du ", "de "].find((words) => text.has(words, place));
  return place + (of?.length ?? 0);
}

function isYear(text, [start, end]) {
  const value = text.value([start, end]);
  return end - start === 4 && value >= 1600 && value <= 2099;
}

function isCounted(text, place) {
  const word = text.wordBefore(place);
  return word ? counted.has(text.text(...word)) : text.isOne(place - 1, ".,:/") && isDigit(text.at(place - 2));
}

function isDate(text, place) {
  const word = text.wordBefore(place);
  return (word !== undefined && dated.has(text.text(...word))) || text.at(place - 1) === "'";
}

function houseAfterStreet(text, [from, to]) {
  if (to - from > 3 || isWordSign(text.at(from - 1))) return undefined;
  const lead = leadToNumber(text, from);
  if (!lead || !isAtEnd(text, to, lead.needsEnd)) return undefined;
  let place = lead.end;
  for (let turn = 0; turn < 7; turn++) {
    while (place > 0 && text.isOne(place - 1, " '-")) place--;
    let start = place;
    while (start > lead.end - 60 && isWordSign(text.at(start - 1))) start--;
    if (start >= place) return undefined;
    const street = streetAt(text, start);
    if (street && isNamed(text, street) && !hasNumberBefore(text, start)) return [start, to];
    place = start;
  }
  return undefined;
}

function leadToNumber(text, place) {
  let start = place;
  while (start > place - 2 && text.at(start - 1) === " ") start--;
  if (text.at(start - 1) === ",") return { end: start - 1, needsEnd: true };
  if (text.at(start - 1) === degree && text.at(start - 2) === "n") return { end: beforeComma(text, start - 2), needsEnd: false };
  const word = text.wordBefore(place);
  const lead = word && text.text(...word);
  return ["au", "numero", "num", "no"].includes(lead) ? { end: beforeComma(text, word[0]), needsEnd: lead === "au" } : undefined;
}

function beforeComma(text, place) {
  let end = place;
  while (end > place - 4 && text.isOne(end - 1, " ,")) end--;
  const word = text.wordBefore(end);
  if (word && ["au", "le"].includes(text.text(...word))) [end] = word;
  while (end > place - 8 && text.isOne(end - 1, " ,")) end--;
  return end;
}

function isAtEnd(text, end, isStrict) {
  if (isWordSign(text.at(end)) || text.isOne(end, "/:%")) return false;
  if (text.isOne(end, ".,") && isDigit(text.at(end + 1))) return false;
  const word = isStrict ? text.wordAfter(end) : undefined;
  return !word || afterEnds.has(text.text(...word));
}

function hasNumberBefore(text, place) {
  let end = place;
  while (end > place - 3 && text.isOne(end - 1, " ,")) end--;
  return isDigit(text.at(end - 1));
}

function* spelledHouses(text) {
  for (let place = 0; place < text.count;) {
    const end = text.endOfWord(place);
    const word = text.text(place, end);
    if (end - place >= 3 && numberWords.has(word) && word !== "cent" && word !== "zero" && text.isOne(end, " ,")) {
      const [next] = afterHouseNumber(text, end);
      const street = streetAt(text, next) ?? streetAt(text, afterOf(text, next));
      if (street && isNamed(text, street, true)) yield [place, endOf(text, street)];
    }
    place = Math.max(end, place + 1);
  }
}

function town(text, number) {
  const [start, end] = number;
  const value = text.value(number);
  if (end - start !== 5 || value < 1000 || value > 98899 || Math.floor(value / 1000) === 96) return undefined;
  if (text.isOne(start - 1, "+$#") || isWordSign(text.at(end))) return undefined;
  return townAfter(text, number) ?? townBefore(text, number);
}

function townAfter(text, [start, stop]) {
  let place = text.skipSpaces(stop);
  if (text.isOne(place, ",-\n")) place = text.skipSpaces(place + 1);
  if (place <= stop) return undefined;
  let end = text.endOfWord(place);
  if (end - place < 2) return undefined;
  const name = text.text(place, end);
  if (!towns.has(name) && (!text.capitals[place] || people.has(name))) return undefined;
  while (text.isOne(end, "-'") && isLetter(text.at(end + 1))) end = text.endOfWord(end + 1);
  return [start, end];
}

function townBefore(text, [start, stop]) {
  let end = start;
  while (end > start - 3 && text.isOne(end - 1, " ,(")) end--;
  const word = end < start ? text.wordBefore(end) : undefined;
  return word && towns.has(text.text(...word)) ? [word[0], stop] : undefined;
}
