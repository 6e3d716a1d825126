// `Contributions/Text/Flags/FoldedText` for the phone: a text with one plain sign in the place of each code point, small
// letters without accents, one kind of space, dash and quotation mark. Changed together or not at all.

/** Stands for °. */
export const degree = "\x7f";

export const isDigit = (sign) => sign >= "0" && sign <= "9";
export const isLetter = (sign) => sign >= "a" && sign <= "z";
export const isWordSign = (sign) => isDigit(sign) || isLetter(sign);

const within = (value, ranges) => ranges.some(([low, high]) => value >= low && value <= high);
const letters = [
  ["a", [[0xc0, 0xc5], [0xe0, 0xe5]]], ["c", [[0xc7, 0xc7], [0xe7, 0xe7]]], ["e", [[0xc8, 0xcb], [0xe8, 0xeb]]],
  ["i", [[0xcc, 0xcf], [0xec, 0xef]]], ["n", [[0xd1, 0xd1], [0xf1, 0xf1]]],
  ["o", [[0xd2, 0xd6], [0xf2, 0xf6], [0x152, 0x153]]], ["u", [[0xd9, 0xdc], [0xf9, 0xfc]]],
  [" ", [[0x09, 0x09], [0xa0, 0xa0], [0x2000, 0x200a], [0x202f, 0x202f], [0x3000, 0x3000]]],
  ["-", [[0x2010, 0x2015], [0x2212, 0x2212]]], ["'", [[0x2018, 0x2019], [0x2032, 0x2032], [0xb4, 0xb4]]],
  ['"', [[0x201c, 0x201d], [0x2033, 0x2033]]], [degree, [[0xb0, 0xb0], [0xba, 0xba], [0x2da, 0x2da]]],
];

function signOf(value) {
  if (value >= 0x41 && value <= 0x5a) return String.fromCharCode(value + 0x20);
  if (value === 0x0a || (value >= 0x20 && value <= 0x7e)) return String.fromCharCode(value);
  if (value >= 0xff10 && value <= 0xff19) return String.fromCharCode(value - 0xff10 + 0x30);
  return letters.find(([, ranges]) => within(value, ranges))?.[0] ?? "\0";
}

const isCapital = (value) => (value >= 0x41 && value <= 0x5a) || (value >= 0xc0 && value <= 0xde && value !== 0xd7) || value === 0x152;

/** `signs` is a string of as many signs as the text has code points; ranges are [start, end[. */
export class FoldedText {
  constructor(text) {
    const values = Array.from(text, (letter) => letter.codePointAt(0));
    this.signs = values.map(signOf).join("");
    this.capitals = values.map(isCapital);
    this.numbers = [...this.signs.matchAll(/[0-9]+/g)].map(({ index, 0: digits }) => [index, index + digits.length]);
    this.count = values.length;
  }

  at(place) {
    return this.signs[place] ?? "\0";
  }

  /** Whether one of these signs stands at a place. */
  isOne(place, signs) {
    return signs.includes(this.at(place));
  }

  text(start, end) {
    return this.signs.slice(Math.max(start, 0), Math.max(end, 0));
  }

  has(text, place) {
    return place >= 0 && this.signs.startsWith(text, place);
  }

  endOfWord(place) {
    let end = place;
    while (isLetter(this.at(end))) end++;
    return end;
  }

  skipSpaces(place, most = 2) {
    let end = place;
    while (end < place + most && this.at(end) === " ") end++;
    return end;
  }

  /** The word that begins there after spaces, as [start, end[; undefined for none. */
  wordAfter(place) {
    const start = this.skipSpaces(place);
    const end = this.endOfWord(start);
    return end > start ? [start, end] : undefined;
  }

  wordBefore(place) {
    let end = place;
    while (end > place - 2 && this.at(end - 1) === " ") end--;
    let start = end;
    while (isLetter(this.at(start - 1))) start--;
    return end > start ? [start, end] : undefined;
  }

  value([start, end]) {
    return end - start > 9 ? Infinity : Number(this.signs.slice(start, end));
  }

  endOfNumber(place) {
    let end = place;
    while (isDigit(this.at(end))) end++;
    return end;
  }
}

const listed = (words) => new Set(words.split(" "));

/** Numbers as words, without accents. */
export const numberWords = listed(
  "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante soixante zero et un cent");

export { listed };
