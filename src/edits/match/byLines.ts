import type { FileText } from '../text/fileText.ts';
import type { Refusal } from '../refusal.ts';
import type { Block, How, Match } from './block.ts';
import { type IndentPair, indentOf, isInOrder, reindenter } from './indentation.ts';
import { type LineKey, withoutBlanks } from './lineKeys.ts';
import { type Pair, pairsOf, type Segment, segmentsOf, withNeighbours } from './segment.ts';
import { transfer } from './transfer.ts';

/** Finds a block by comparing whole lines. Undefined: it stands nowhere. */
export function matchByLines(file: FileText, block: Block, key: LineKey): Match | Refusal | undefined {
  const places = placesOf(file, block, key)
    // Nested in another way than the file, the text is another one, in Python at least.
    .filter((segments) => !key.reindents || isInOrder(indentsOf(file, block, segments)));
  const atLine = places.find((segments) => lineOf(segments) === block.line);
  const segments = atLine ?? places[0];
  if (segments === undefined) return undefined;
  if (places.length > 1 && atLine === undefined) return { code: 'ambiguous', lines: places.map(lineOf) };
  const reindent = key.reindents ? reindenterAt(file, block, segments) : (line: string) => line;
  return matchFrom(file, block, key.how, segments, reindent);
}

/** The match that segments describe, or the refusal to touch what the search text does not know. */
export function matchFrom(
  file: FileText,
  block: Block,
  how: How,
  segments: readonly Segment[],
  reindent: (line: string) => string,
): Match | Refusal {
  const edits = transfer(file, block, segments, reindent);
  const lines = { start: segments[0]?.bStart ?? 0, end: segments.at(-1)?.bEnd ?? 0 };
  if (!isEdits(edits)) {
    const [first, last] = [edits.bStart, Math.max(edits.bEnd, edits.bStart + 1)];
    const has = file.lines.slice(first, last).map(({ text }) => text);
    return { code: 'outdated', span: { first: first + 1, last }, has };
  }
  const start = file.lines[lines.start]?.start ?? file.text.length;
  const end = file.lines[lines.end]?.start ?? file.text.length;
  return { how, start, end, lines, edits };
}

function lineOf(segments: readonly Segment[]): number {
  return (segments[0]?.bStart ?? 0) + 1;
}

function isEdits(value: ReturnType<typeof transfer>): value is Exclude<typeof value, Segment> {
  return Array.isArray(value);
}

/** All places where the keys of the search text stand one after the other. */
function placesOf(file: FileText, { search }: Block, { keyOf, skipsBlank }: LineKey): readonly (readonly Segment[])[] {
  const wanted = keyed(search, keyOf, skipsBlank);
  const there = keyed(
    file.lines.map(({ text }) => text),
    keyOf,
    skipsBlank,
  );
  const places: (readonly Segment[])[] = [];
  for (let at = 0; wanted.length > 0 && at + wanted.length <= there.length; at++) {
    if (!wanted.every(({ key }, i) => there[at + i]?.key === key)) continue;
    const pairs = wanted.map(({ line }, i): Pair => [line, there[at + i]?.line ?? 0]);
    places.push(segmentsAround(pairs, search.length));
  }
  return places;
}

interface KeyedLine {
  readonly key: string;
  readonly line: number;
}

function keyed(lines: readonly string[], keyOf: (line: string) => string, skipsBlank: boolean): readonly KeyedLine[] {
  const all = lines.map((text, line) => ({ key: keyOf(text), line }));
  return skipsBlank ? all.filter(({ key }) => key !== '') : all;
}

/** Blank lines between two pairs are the same as far as both have some. */
function segmentsAround(pairs: readonly Pair[], searchLines: number): readonly Segment[] {
  const whole = { aStart: 0, aEnd: searchLines, bStart: pairs[0]?.[1] ?? 0, bEnd: (pairs.at(-1)?.[1] ?? -1) + 1 };
  const withBlanks = withNeighbours(pairs, whole, () => true);
  return segmentsOf(withBlanks, whole, () => 'loose');
}

/** How to indent the replacement at this place. */
export function reindenterAt(file: FileText, block: Block, segments: readonly Segment[]): (line: string) => string {
  if (isIndented(file, block, segments)) return (line) => line;
  const written = [...block.search, ...block.replace];
  const there = file.lines.map(({ text }) => text);
  return reindenter(indentsOf(file, block, segments), written, there);
}

/** Whether the replacement, unlike the search text, is indented as the file is: its lines that stay show it. */
function isIndented(file: FileText, { search, replace }: Block, segments: readonly Segment[]): boolean {
  const there = new Map(pairsOf(segments).map(([a, b]) => [withoutBlanks(search[a] ?? ''), file.lines[b]?.text ?? '']));
  const staying = replace.filter((line) => line.trim() !== '' && there.has(withoutBlanks(line)));
  return (
    staying.length > 0 && staying.every((line) => indentOf(line) === indentOf(there.get(withoutBlanks(line)) ?? ''))
  );
}

function indentsOf(file: FileText, { search }: Block, segments: readonly Segment[]): readonly IndentPair[] {
  return pairsOf(segments)
    .map(([a, b]) => [search[a] ?? '', file.lines[b]?.text ?? ''] as const)
    .filter(([line]) => line.trim() !== '')
    .map(([a, b]) => [indentOf(a), indentOf(b)] as const);
}
