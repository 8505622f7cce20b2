import type { PostFilter } from '../types.ts';

const wordEnd = /[\p{L}\p{N}_$]$/u;
const wordStart = /^[\p{L}\p{N}_$]+/u;
/** `Name` in `getName`, `_name` in `get_name`: a word part that another may stand before. */
const wordPart = /^[\p{Lu}\p{N}_$]/u;

/**
 * Inside a word (`con█sole`) nothing is shown that finishes it differently. What agrees with the rest of the word
 * stays: `get█Name` + `UserName` shows `User`.
 */
export const finishedWord: PostFilter = (text, { prefix, suffix }) => {
  const rest = wordStart.exec(suffix)?.[0];
  if (rest === undefined || !wordEnd.test(prefix) || text === '') return text;
  if (wordStart.exec(text)?.[0] !== text) return '';
  let part = text;
  while (part.endsWith(rest)) part = part.slice(0, -rest.length);
  return wordPart.test(rest) ? part : '';
};
