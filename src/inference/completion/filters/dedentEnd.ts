import { indentWidth, isCloser, lineBefore } from '../blocks/cursorLine.ts';
import type { PostFilter } from '../types.ts';

/** Ends where the indentation falls below the cursor's line; lines that only close something may. */
export const dedentEnd: PostFilter = (text, { prefix, indent }) => {
  const lines = text.split('\n');
  const width = indentWidth(lineBefore(prefix) + (lines[0] ?? ''), indent.size);
  const end = lines.findIndex(
    (line, i) => i > 0 && line.trim() !== '' && indentWidth(line, indent.size) < width && !isCloser(line),
  );
  return end === -1 ? text : lines.slice(0, end).join('\n');
};
