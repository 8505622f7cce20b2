import type { Nearest } from '../refusal.ts';
import type { FileText } from '../text/fileText.ts';
import { withoutBlanks } from './lineKeys.ts';

/** A line that stands more often than this says nothing about a place. */
const maxOccurrences = 20;

/** Of the letters of a search text, so many must stand in lines at the right distances. */
const minVotes = 0.2;

/** Shares of words that are the same, for a search text of which no line stands in the file. */
const minShared = 0.5;

/**
 * The part of a file that is most like a search text, for telling what is wrong with it: where most of its lines stand at
 * the distances they should have, or else where one line has most words of the first.
 */
export function nearestTo(file: FileText, search: readonly string[]): Nearest | undefined {
  const wanted = search.map(withoutBlanks);
  const there = file.lines.map(({ text }) => withoutBlanks(text));
  const start = likeliestStart(wanted, there) ?? likestLine(wanted, there);
  if (start === undefined) return undefined;
  const differs = wanted.findIndex((key, i) => key !== (there[start + i] ?? ''));
  if (differs === -1) return undefined;
  return {
    span: { first: Math.max(start, 0) + 1, last: Math.min(start + search.length, there.length) },
    line: Math.min(Math.max(start + differs, 0), there.length - 1) + 1,
    has: file.lines[start + differs]?.text ?? '',
    wanted: search[differs] ?? '',
  };
}

/** Every line votes for where the text would begin if this line were right. */
function likeliestStart(wanted: readonly string[], there: readonly string[]): number | undefined {
  const places = new Map<string, number[]>();
  for (const [line, key] of there.entries()) {
    const found = places.get(key);
    if (found !== undefined) found.push(line);
    else if (key !== '') places.set(key, [line]);
  }
  const votes = new Map<number, number>();
  for (const [i, key] of wanted.entries()) {
    const found = places.get(key) ?? [];
    if (found.length > maxOccurrences) continue;
    for (const line of found) votes.set(line - i, (votes.get(line - i) ?? 0) + key.length);
  }
  const [best] = [...votes].toSorted(([a, x], [b, y]) => y - x || a - b);
  const all = wanted.reduce((sum, key) => sum + key.length, 0);
  return best !== undefined && best[1] >= minVotes * all ? best[0] : undefined;
}

/** Where the longest wanted line is most like a line of the file, by words. */
function likestLine(wanted: readonly string[], there: readonly string[]): number | undefined {
  const longest = wanted.reduce((best, key, i) => (key.length > (wanted[best]?.length ?? 0) ? i : best), 0);
  const words = wordsOf(wanted[longest] ?? '');
  let best: { readonly line: number; readonly share: number } | undefined;
  for (const [line, key] of there.entries()) {
    const share = sharedBy(words, wordsOf(key));
    if (share > (best?.share ?? minShared)) best = { line, share };
  }
  return best && best.line - longest;
}

function wordsOf(line: string): ReadonlySet<string> {
  return new Set(line.match(/[\p{L}\p{N}_$]+/gu));
}

/** Of all words of both, how many both have. */
function sharedBy(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return a.intersection(b).size / Math.max(1, a.union(b).size);
}
