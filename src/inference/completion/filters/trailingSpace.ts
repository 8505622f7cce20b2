import { lineAfter } from '../blocks/cursorLine.ts';
import type { PostFilter } from '../types.ts';

/**
 * Line ends become `\n`, and the end loses its white space, except for the one space that keeps the completion apart
 * from the code right of the cursor: `return █value` + `await `.
 */
export const trailingSpace: PostFilter = (text, { suffix }) => {
  const lines = text.replace(/\r\n?/g, '\n');
  const trimmed = lines.trimEnd();
  const apart = trimmed !== '' && /^[ \t]+$/.test(lines.slice(trimmed.length)) && /^\S/.test(lineAfter(suffix));
  return apart ? `${trimmed}${lines.charAt(trimmed.length)}` : trimmed;
};
