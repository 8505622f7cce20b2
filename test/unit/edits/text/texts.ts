import * as fc from 'fast-check';

/** Few different lines, so that two texts have some in common. */
const line = fc.constantFrom('', 'a', '  a', 'b {', '}', '\tç€😀', 'x\ry', 'e\u0301', ' ');

export const fewLines = fc.array(line, { maxLength: 14 });

/** Line ends of all kinds, mixed, or none; with or without one at the end and a byte order mark. */
export const anyText = fc
  .tuple(
    fc.constantFrom('', '\uFEFF'),
    fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 14 }),
    line,
  )
  .map(([mark, lines, last]) => mark + lines.map(([text, end]) => text + end).join('') + last);
