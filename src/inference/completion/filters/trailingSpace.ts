import { leadingSpace, lineAfter, lineBefore } from '../blocks/cursorLine.ts';
import type { PostFilter } from '../types.ts';

/**
 * Line ends become `\n`, and the end loses its white space, except for what keeps the completion apart from the code
 * right of the cursor: one space in `return █value` + `await `, one line break in `{█}` + `\n  return a;\n`.
 */
export const trailingSpace: PostFilter = (text, { prefix, suffix }) => {
  const lines = text.replace(/\r\n?/g, '\n');
  const trimmed = lines.trimEnd();
  const before = lineBefore(prefix);
  const after = lineAfter(suffix);
  if (trimmed !== '' && /^[ \t]*\n/.test(trimmed) && /[([{]\s*$/.test(before) && /^\s*[)\]}]/.test(after))
    return `${trimmed}\n${leadingSpace(before)}`;
  const apart = trimmed !== '' && /^[ \t]+$/.test(lines.slice(trimmed.length)) && /^\S/.test(after);
  return apart ? `${trimmed}${lines.charAt(trimmed.length)}` : trimmed;
};
