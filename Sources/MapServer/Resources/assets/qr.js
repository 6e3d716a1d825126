// QR codes (ISO/IEC 18004:2015) for receipts: bytes, error correction level M, versions 1 to 10.

// For each version: codewords of correction in a block, and blocks.
const correction = [[10, 1], [16, 1], [26, 1], [18, 2], [24, 2], [16, 4], [18, 4], [22, 4], [22, 5], [26, 5]];
const alignments = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];
const masks = [
  (row, column) => (row + column) % 2 === 0, (row) => row % 2 === 0, (row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0, (row, column) => ((row >> 1) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

// The field of 256 elements over x⁸+x⁴+x³+x²+1.
const powers = [];
const logarithms = [];
for (let exponent = 0, value = 1; exponent < 255; exponent++) {
  powers[exponent] = value;
  logarithms[value] = exponent;
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0);
}
const product = (first, second) => (first && second ? powers[(logarithms[first] + logarithms[second]) % 255] : 0);

const sideOf = (version) => 17 + 4 * version;

/** Codewords of a version, of data and correction together. */
function codewords(version) {
  const count = alignments[version - 1].length;
  const modules = sideOf(version) ** 2 - 192 - 31 - 2 * (sideOf(version) - 16)
    - (count ? 25 * (count * count - 3) - 10 * (count - 2) : 0) - (version >= 7 ? 36 : 0);
  return modules >> 3;
}

const dataCodewords = (version) => codewords(version) - correction[version - 1][0] * correction[version - 1][1];

/** What corrects a block: the remainder of its polynomial by the generator of that degree. */
function remainder(block, degree) {
  let generator = [1];
  for (let root = 0; root < degree; root++) {
    generator = [...generator, 0].map((value, place) => value ^ product(generator[place - 1] ?? 0, powers[root]));
  }
  const rest = new Array(degree).fill(0);
  for (const byte of block) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    for (let place = 0; place < degree; place++) rest[place] ^= product(generator[place + 1], factor);
  }
  return rest;
}

/** Mode, length, bytes, end and filling, as bytes of data. */
function dataOf(bytes, version) {
  const bits = [];
  const push = (value, length) => { for (let bit = length - 1; bit >= 0; bit--) bits.push((value >> bit) & 1); };
  const room = dataCodewords(version) * 8;
  push(4, 4);
  push(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) push(byte, 8);
  push(0, Math.min(4, room - bits.length));
  while (bits.length % 8) bits.push(0);
  for (let filling = 0xec; bits.length < room; filling ^= 0xec ^ 0x11) push(filling, 8);
  return Array.from({ length: room / 8 }, (_, place) => parseInt(bits.slice(place * 8, place * 8 + 8).join(""), 2));
}

/** The blocks of data, shorter ones first, then their corrections, each taken in turns. */
function interleaved(data, version) {
  const [degree, count] = correction[version - 1];
  const short = Math.floor(data.length / count);
  const blocks = [];
  for (let block = 0, start = 0; block < count; block++) {
    const length = short + (block >= count - (data.length % count) ? 1 : 0);
    blocks.push(data.slice(start, start + length));
    start += length;
  }
  const corrections = blocks.map((block) => remainder(block, degree));
  const inTurns = (lists, length) =>
    Array.from({ length }, (_, place) => lists.map((list) => list[place])).flat().filter((byte) => byte !== undefined);
  return [...inTurns(blocks, short + 1), ...inTurns(corrections, degree)];
}

/** Modules that bear no data: true and false where they are drawn, undefined where data goes. */
function frame(version) {
  const side = sideOf(version);
  const grid = Array.from({ length: side }, () => new Array(side).fill(undefined));
  const put = (row, column, isDark) => { if (grid[row] && column >= 0 && column < side) grid[row][column] = isDark; };
  const square = (row, column, radius, isDark) => {
    for (let down = -radius; down <= radius; down++) {
      for (let right = -radius; right <= radius; right++) {
        put(row + down, column + right, isDark(Math.max(Math.abs(down), Math.abs(right))));
      }
    }
  };
  for (let place = 8; place < side - 8; place++) {
    put(6, place, place % 2 === 0);
    put(place, 6, place % 2 === 0);
  }
  for (const [row, column] of [[3, 3], [3, side - 4], [side - 4, 3]]) square(row, column, 4, (ring) => ring !== 2 && ring !== 4);
  const centres = alignments[version - 1];
  for (const row of centres) {
    for (const column of centres) {
      const isFinder = (row === 6 && (column === 6 || column === side - 7)) || (row === side - 7 && column === 6);
      if (!isFinder) square(row, column, 2, (ring) => ring !== 1);
    }
  }
  return grid;
}

/** The bits of a number followed by the remainder that guards them. */
function guarded(value, degree, generator) {
  let rest = value << degree;
  for (let bit = 31 - Math.clz32(rest || 1); bit >= degree; bit--) if ((rest >> bit) & 1) rest ^= generator << (bit - degree);
  return (value << degree) | rest;
}

function describe(grid, version, mask) {
  const side = grid.length;
  // Level M is 00.
  const format = guarded(mask, 10, 0x537) ^ 0x5412;
  for (let bit = 0; bit < 15; bit++) {
    const isDark = ((format >> bit) & 1) === 1;
    grid[bit < 6 ? bit : bit < 8 ? bit + 1 : side - 15 + bit][8] = isDark;
    grid[8][bit < 8 ? side - 1 - bit : bit === 8 ? 7 : 14 - bit] = isDark;
  }
  grid[side - 8][8] = true;
  if (version < 7) return;
  const told = guarded(version, 12, 0x1f25);
  for (let bit = 0; bit < 18; bit++) {
    const isDark = ((told >> bit) & 1) === 1;
    const [near, far] = [Math.floor(bit / 3), side - 11 + (bit % 3)];
    grid[near][far] = isDark;
    grid[far][near] = isDark;
  }
}

/** Lays the bits in pairs of columns from the right, up and down by turns, under a mask. */
function laid(version, bytes, mask) {
  const grid = frame(version);
  describe(grid, version, 0);
  const side = grid.length;
  let bit = 0;
  for (let right = side - 1, isUp = true; right > 0; right -= 2, isUp = !isUp) {
    if (right === 6) right = 5;
    for (let step = 0; step < side; step++) {
      const row = isUp ? side - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (grid[row][column] !== undefined) continue;
        const isDark = ((bytes[bit >> 3] >> (7 - (bit & 7))) & 1) === 1;
        grid[row][column] = isDark !== masks[mask](row, column);
        bit++;
      }
    }
  }
  describe(grid, version, mask);
  return grid;
}

/** How hard a pattern is to read (7.8.3): runs, squares, what looks like a finder, imbalance. */
function penalty(grid) {
  const side = grid.length;
  const lines = [...grid, ...grid.map((_, column) => grid.map((row) => row[column]))]
    .map((line) => line.map((isDark) => (isDark ? "1" : "0")).join(""));
  let points = 0;
  for (const line of lines) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) points += run.length - 2;
    points += 40 * [...line.matchAll(/(?=10111010000|00001011101)/g)].length;
  }
  for (let row = 1; row < side; row++) {
    for (let column = 1; column < side; column++) {
      const isDark = grid[row][column];
      if (grid[row - 1][column] === isDark && grid[row][column - 1] === isDark && grid[row - 1][column - 1] === isDark) points += 3;
    }
  }
  const dark = grid.flat().filter(Boolean).length / (side * side);
  return points + 10 * Math.floor(Math.abs(dark * 100 - 50) / 5);
}

/**
 * The modules of a text's code, row by row, true where dark; four light ones must stand around it.
 * Throws a RangeError for more than 213 bytes of UTF-8.
 */
export function qrModules(text) {
  const bytes = new TextEncoder().encode(text);
  const version = correction.findIndex((_, place) => {
    const header = place + 1 < 10 ? 12 : 20;
    return bytes.length * 8 + header <= dataCodewords(place + 1) * 8;
  }) + 1;
  if (!version) throw new RangeError("too long for a receipt's code");
  const codes = interleaved(dataOf(bytes, version), version);
  const grids = masks.map((_, mask) => laid(version, codes, mask));
  const points = grids.map(penalty);
  return grids[points.indexOf(Math.min(...points))];
}

/** One path that draws the modules, with their quiet zone, in a square of so many units. */
export function qrPath(modules) {
  const path = modules.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + 4} ${y + 4}h1v1h-1z` : ""))).join("");
  return { path, side: modules.length + 8 };
}
