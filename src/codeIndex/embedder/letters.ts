/**
 * What each UTF-16 code unit is to a word, as tables: the rule of starter/embedder/words.py to the letter. It names its
 * ranges itself, because the Unicode tables of Node and Python change with their versions.
 */
export const separator = 0;
export const lower = 1;
export const upper = 2;
export const digit = 3;
/** Of a script that is hashed by its characters. */
export const wide = 4;

/** The base letters of U+00C0..U+017F, one for one; a space where there is none. */
const latin =
  'AAAAAAACEEEEIIIIDNOOOOO OUUUUYTsaaaaaaaceeeeiiiidnooooo ouuuuyty' +
  'AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL' +
  'lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs';
/** Surrogates are left out: emoji and rare ideographs separate words. */
const wideRanges: readonly (readonly [first: number, last: number])[] = [
  [0x370, 0x1fff],
  [0x2c00, 0x2dff],
  [0x3040, 0xd7ff],
  [0xf900, 0xfdff],
  [0xfe70, 0xfefe],
  [0xff66, 0xffdc],
];
/** Greek and Cyrillic capitals, and how far their small letters are. */
const capitals: readonly (readonly [first: number, last: number, distance: number])[] = [
  [0x391, 0x3a9, 32],
  [0x410, 0x42f, 32],
  [0x400, 0x40f, 80],
];

/** Of each code unit, what it is. */
export const kinds = new Uint8Array(0x10000);
/** Of each code unit, the letter that counts: without accent, small. */
export const folded = Uint16Array.from({ length: 0x10000 }, (_, code) => code);

for (let code = 0x30; code <= 0x39; code++) kinds[code] = digit;
for (let code = 0x61; code <= 0x7a; code++) kinds[code] = lower;
for (let code = 0x41; code <= 0x5a; code++) {
  kinds[code] = upper;
  folded[code] = code + 32;
}
for (const [at, letter] of Array.from(latin).entries()) {
  const base = letter.charCodeAt(0);
  kinds[0xc0 + at] = kinds[base] ?? separator;
  folded[0xc0 + at] = folded[base] ?? base;
}
for (const [first, last] of wideRanges) kinds.fill(wide, first, last + 1);
for (const [first, last, distance] of capitals)
  for (let code = first; code <= last; code++) folded[code] = code + distance;
