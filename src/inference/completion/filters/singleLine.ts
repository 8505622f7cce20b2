import { lineAfter, lineBefore } from '../blocks/cursorLine.ts';
import { lexiconOf } from '../blocks/lexicon.ts';
import type { PostFilter } from '../types.ts';

/**
 * One line, unless a block is wanted. At the end of a line that opens a block, the block's first line counts as the
 * one line, line break included.
 */
export const singleLine: PostFilter = (text, { prefix, suffix, languageId, multiline }) => {
  if (multiline) return text;
  const end = text.search(/\r?\n/);
  if (end === -1) return text;
  const first = text.slice(0, end);
  if (first.trim() !== '') return first;
  const line = lineBefore(prefix).trimEnd();
  if (!lexiconOf(languageId).opener.test(line) || lineAfter(suffix).trim() !== '') return '';
  const next = /[^\n]*\S[^\n]*/.exec(text)?.[0];
  return next === undefined ? '' : `\n${next}`;
};
