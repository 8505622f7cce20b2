import { differences } from '../text/differences.ts';
import { type FileText, replaceLines, type TextEdit } from '../text/fileText.ts';
import type { Block } from './block.ts';
import type { Segment } from './segment.ts';

/** Lines [start, end) of a search text. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * The change that leads from a block's search text to its replacement, carried over to the file. What the two share stays
 * as the file has it: its white space, and comments that the model forgot. Gives the segment in the way when the change
 * touches what differs in the file.
 *
 * @param reindent a line of the replacement with the indentation that fits the file
 */
export function transfer(
  file: FileText,
  { search, replace }: Block,
  segments: readonly Segment[],
  reindent: (line: string) => string,
): readonly TextEdit[] | Segment {
  const changes = differences(search, replace);
  const replacedFrom = (line: number, isAfter: boolean): number =>
    changes
      .filter(({ aStart, aEnd }) => aEnd < line || (aEnd === line && (isAfter || aStart < line)))
      .reduce((at, { aStart, aEnd, bStart, bEnd }) => at + (bEnd - bStart) - (aEnd - aStart), line);
  const edits: TextEdit[] = [];
  for (const stretch of joined(changes.map((change) => widened(change, segments)))) {
    const inTheWay = segments.find((segment) => segment.kind === 'differs' && touches(stretch, segment));
    if (inTheWay !== undefined) return inTheWay;
    const lines = replace.slice(replacedFrom(stretch.start, false), replacedFrom(stretch.end, true));
    const [from, to] = placeOf(stretch, segments);
    edits.push(replaceLines(file, from, to, lines.map(reindent)));
  }
  return edits;
}

/** What is alike as a whole can only be replaced as a whole. */
function widened(
  { aStart, aEnd }: { readonly aStart: number; readonly aEnd: number },
  segments: readonly Segment[],
): Stretch {
  const touched = segments.filter(
    (segment) =>
      segment.kind === 'loose' && segment.aStart < segment.aEnd && touches({ start: aStart, end: aEnd }, segment),
  );
  return {
    start: Math.min(aStart, ...touched.map((segment) => segment.aStart)),
    end: Math.max(aEnd, ...touched.map((segment) => segment.aEnd)),
  };
}

/** Whether they share a line, or one lies within the other, or both are between the same two lines. */
function touches({ start, end }: Stretch, segment: Segment): boolean {
  if (start === end && segment.aStart === segment.aEnd) return start === segment.aStart;
  return segment.aStart < end && start < segment.aEnd;
}

/** In order; neighbours become one. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of stretches) {
    const last = result.at(-1);
    if (last === undefined || stretch.start > last.end) result.push(stretch);
    else result[result.length - 1] = { start: last.start, end: Math.max(last.end, stretch.end) };
  }
  return result;
}

/** File lines [from, to) that a stretch stands for. An insertion goes right behind the line above it. */
function placeOf({ start, end }: Stretch, segments: readonly Segment[]): readonly [number, number] {
  if (start < end) return [startOf(start, segments), endOf(end - 1, segments)];
  const place = start > 0 ? endOf(start - 1, segments) : startOf(0, segments);
  return [place, place];
}

function startOf(line: number, segments: readonly Segment[]): number {
  const segment = segmentWith(line, segments);
  return segment.kind === 'same' ? segment.bStart + line - segment.aStart : segment.bStart;
}

function endOf(line: number, segments: readonly Segment[]): number {
  const segment = segmentWith(line, segments);
  return segment.kind === 'same' ? segment.bStart + line - segment.aStart + 1 : segment.bEnd;
}

function segmentWith(line: number, segments: readonly Segment[]): Segment {
  const found = segments.find(({ aStart, aEnd }) => aStart <= line && line < aEnd);
  if (found === undefined) throw new RangeError(`No segment holds line ${line}.`);
  return found;
}
