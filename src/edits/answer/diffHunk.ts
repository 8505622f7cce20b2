import type { Block } from '../match/block.ts';
import { namesOf, withHeader } from './diffPaths.ts';

export interface HunkPlace {
  /** The `@@` line, or the first of the hunk where a model left that out. */
  readonly from: number;
  readonly to: number;
  /** In prose, the numbers of the `@@` line say where the hunk ends. */
  readonly isFenced: boolean;
  readonly isClosed: boolean;
}

export interface HunkRead {
  /** Undefined when nothing is changed. */
  readonly block?: Block;
  readonly finalNewline?: boolean;
  /** Whether no more of it can come. */
  readonly isOver: boolean;
  readonly next: number;
}

/** One hunk as a block: what it keeps and removes is searched for, what it keeps and adds is put there. */
export function readHunk(lines: readonly string[], { from, to, isFenced, isClosed }: HunkPlace): HunkRead {
  const first = lines[from]?.startsWith('@@') === true ? from + 1 : from;
  const numbers = /^@@+\s*-\d+(?:,(\d+))?\s+\+(\d+)(?:,(\d+))?/.exec(lines[from] ?? '');
  const next = isFenced ? endInFence(lines, first, to) : endInProse(lines, first, to, numbers);
  const { block, finalNewline } = blockOf(lines.slice(first, isFenced ? endOfText(lines, first, next) : next));
  const isChange =
    finalNewline !== undefined ||
    block.search.length !== block.replace.length ||
    block.search.some((line, i) => line !== block.replace[i]);
  return {
    isOver: next < to || isClosed,
    next,
    ...(isChange && { block: { ...block, ...(numbers !== null && { line: Number(numbers[2]) }), isHunk: true } }),
    ...(finalNewline !== undefined && { finalNewline }),
  };
}

function blockOf(lines: readonly string[]): { readonly block: Block; readonly finalNewline?: boolean } {
  const [search, replace]: [string[], string[]] = [[], []];
  const isOpen = { before: false, after: false };
  let last = ' ';
  for (const line of lines) {
    const mark = line[0] ?? ' ';
    if (mark === '\\') {
      isOpen.before ||= last !== '+';
      isOpen.after ||= last !== '-';
      continue;
    }
    // Models forget the blank before what stays.
    const text = /[-+ ]/.test(mark) ? line.slice(1) : line;
    if (mark !== '+') search.push(text);
    if (mark !== '-') replace.push(text);
    last = mark;
  }
  const says = isOpen.before || isOpen.after;
  return { block: { search, replace }, ...(says && { finalNewline: !isOpen.after }) };
}

function endInFence(lines: readonly string[], from: number, to: number): number {
  let at = from;
  while (at < to && !lines[at]?.startsWith('@@') && !isFileHeader(lines, at, to)) at++;
  return at;
}

/** A removed line may look like `--- x`, an added one behind it like `+++ y`; but they do not name files. */
export function isFileHeader(lines: readonly string[], at: number, to: number): boolean {
  const line = lines[at] ?? '';
  if (/^(diff --git |rename (from|to) |(new|deleted) file mode \d)/.test(line)) return true;
  const next = at + 1 < to ? (lines[at + 1] ?? '') : '';
  if (!line.startsWith('--- ') || !next.startsWith('+++ ')) return false;
  const file = withHeader(withHeader({}, line) ?? {}, next) ?? {};
  const { old, new: now } = namesOf(file, []);
  return (old !== undefined || file.isCreated === true) && (now !== undefined || file.isDeleted === true);
}

/** Blank lines before the next hunk are no lines of this one. */
function endOfText(lines: readonly string[], from: number, to: number): number {
  let end = to;
  while (end > from && lines[end - 1] === '') end--;
  return end;
}

function endInProse(lines: readonly string[], from: number, to: number, numbers: RegExpExecArray | null): number {
  const left = { before: Number(numbers?.[1] ?? 1), after: Number(numbers?.[3] ?? 1) };
  let at = from;
  for (; at < to; at++) {
    const mark = lines[at]?.[0] ?? '';
    if (mark === '\\') continue;
    if (!/^[-+ ]?$/.test(mark)) break;
    if (numbers === null ? mark === '' : left.before <= 0 && left.after <= 0) break;
    if (mark !== '+') left.before--;
    if (mark !== '-') left.after--;
  }
  return at;
}
