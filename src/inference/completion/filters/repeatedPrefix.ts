import { isCloser, lineAfter, lineBefore, linesAbove, squeeze } from '../blocks/cursorLine.ts';
import { isProse } from '../blocks/lexicon.ts';
import type { PostFilter } from '../types.ts';

const maxLines = 4;

/**
 * Drops a completion that only says again what the lines right above say, to the letter or nearly. Closing lines and
 * lines without a word (`},`, `---`) repeat in sound code and do not count.
 */
export const repeatedPrefix: PostFilter = (text, { prefix, suffix, languageId }) => {
  const above = linesAbove(prefix, maxLines).map((line) => line.trim());
  const parts = text.split('\n');
  const written = parts
    .map((line, i) =>
      ((i === 0 ? lineBefore(prefix) : '') + line + (i === parts.length - 1 ? lineAfter(suffix) : '')).trim(),
    )
    .filter((line, i) => line !== '' && (i > 0 || parts[0]?.trim() !== ''));
  for (let count = 1; count <= Math.min(above.length, written.length); count++) {
    const repeated = above.slice(-count).every((line, i) => isNearlySame(line, written[i] ?? ''));
    if (repeated && above.slice(-count).some((line) => saysSomething(line, languageId))) return '';
  }
  return text;
};

function saysSomething(line: string, languageId: string): boolean {
  return /\p{L}{2}/u.test(line) && !isCloser(line) && (!isProse(languageId) || squeeze(line).length >= 8);
}

/**
 * The same words and numbers in the same order, and less than a tenth of the characters different. By edit distance
 * alone, the next row of a table (`import b from './b'` below `import a from './a'`) would be a repetition.
 */
function isNearlySame(line: string, other: string): boolean {
  if (squeeze(line) === squeeze(other)) return true;
  return wordsOf(line).join(' ') === wordsOf(other).join(' ') && distanceOfSigns(line, other) * 10 < line.length;
}

/** Edit distance of two lines whose words agree: the sum over the gaps between the words, counted by character. */
function distanceOfSigns(line: string, other: string): number {
  const left = signsOf(line);
  return signsOf(other).reduce((sum, sign, i) => sum + differences(left[i] ?? '', sign), 0);
}

function wordsOf(line: string): readonly string[] {
  return line.match(/[\p{L}\p{N}_$]+/gu) ?? [];
}

function signsOf(line: string): readonly string[] {
  return line.split(/[\p{L}\p{N}_$]+/u).map(squeeze);
}

function differences(a: string, b: string): number {
  let same = 0;
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same++;
  return Math.max(a.length, b.length) - same;
}
