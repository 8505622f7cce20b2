import type { FileText } from '../text/fileText.ts';
import type { Refusal } from '../refusal.ts';
import type { Block, Match } from './block.ts';

/** Shorter parts of lines stand everywhere. */
const minCharacters = 4;

/**
 * Finds a search text that begins or ends within a line: `for="a"` in `<label for="a" class="b">`. It must not begin or
 * end within a word. White space at both ends of a single line does not count.
 */
export function matchByPart(file: FileText, { search, replace }: Block): Match | Refusal | undefined {
  const isOneLine = search.length === 1;
  const wanted = isOneLine ? search.map((line) => line.trim()) : search;
  if (wanted.join('').trim().length < minCharacters) return undefined;
  const places = file.lines.flatMap((_, line) => startsIn(file, wanted, line).map((column) => ({ line, column })));
  const [place] = places;
  if (place === undefined) return undefined;
  if (places.length > 1) return { code: 'ambiguous', lines: places.map(({ line }) => line + 1) };
  const lines = { start: place.line, end: place.line + wanted.length };
  const lastLine = file.lines[lines.end - 1];
  const start = (file.lines[place.line]?.start ?? 0) + place.column;
  const end = isOneLine ? start + (wanted[0]?.length ?? 0) : (lastLine?.start ?? 0) + (wanted.at(-1)?.length ?? 0);
  const put = isOneLine && replace.length === 1 ? replace.map((line) => line.trim()) : replace;
  const text = put.join(file.lines[place.line]?.end || file.lineEnd);
  return { how: 'part', start, end, lines, edits: [{ start, end, text }] };
}

/** Columns of a line at which the wanted text begins. */
function startsIn(file: FileText, wanted: readonly string[], line: number): readonly number[] {
  const [first = '', ...rest] = wanted;
  const text = file.lines[line]?.text ?? '';
  if (rest.length === 0) return occurrences(text, first);
  const column = text.length - first.length;
  const last = file.lines[line + rest.length]?.text;
  if (last === undefined || !text.endsWith(first) || !isWordEdge(text, column)) return [];
  const isBetween = rest.slice(0, -1).every((each, i) => file.lines[line + 1 + i]?.text === each);
  const end = rest.at(-1) ?? '';
  return isBetween && last.startsWith(end) && isWordEdge(last, end.length) ? [column] : [];
}

function occurrences(text: string, part: string): readonly number[] {
  const columns: number[] = [];
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1))
    if (isWordEdge(text, at) && isWordEdge(text, at + part.length)) columns.push(at);
  return columns;
}

function isWordEdge(text: string, column: number): boolean {
  return !(isWord.test(text[column - 1] ?? '') && isWord.test(text[column] ?? ''));
}

const isWord = /[\p{L}\p{N}_$]/u;
