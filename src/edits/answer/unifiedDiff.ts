import { type AnswerLines, type Reading, unfinished } from './answerLines.ts';
import { type HunkRead, isFileHeader, readHunk } from './diffHunk.ts';
import { type DiffFile, namesOf, pathOf, withHeader } from './diffPaths.ts';
import type { Change, Proposal } from './proposal.ts';

/** Where a diff stands: lines [from, to). */
export interface DiffPlace {
  readonly from: number;
  readonly to: number;
  /** In a code block everything belongs to the diff; in prose it ends with itself. */
  readonly isFenced: boolean;
  /** False while it is being written. */
  readonly isClosed: boolean;
  /** The file to change when the diff names none. */
  readonly path?: string | undefined;
}

const nothing: Change = { kind: 'block', block: { search: [], replace: [] } };

/** Whether a unified diff begins at a line. Undefined: the answer does not go far enough to tell. */
export function isDiffStart({ lines, context }: AnswerLines, at: number): boolean | undefined {
  const line = lines[at] ?? '';
  if (/^diff --git \S/.test(line)) return true;
  if (!line.startsWith('--- ')) return false;
  const next = lines[at + 1];
  return next === undefined && !context.isComplete ? undefined : next?.startsWith('+++ ') === true;
}

/**
 * The changes of a unified diff, as Git or `diff` write it and as models do: without line numbers, without the blank
 * before lines of context, without headers.
 */
export function readDiff(answer: AnswerLines, place: DiffPlace): Reading {
  const proposals: Proposal[] = [];
  let at = place.from;
  while (at < place.to) {
    const next = readFile(answer, place, at, proposals);
    // What is no part of a diff ends one that stands in prose, and is passed over in a code block.
    if (next === at && !place.isFenced) break;
    at = Math.max(next, at + 1);
  }
  return { proposals, next: at };
}

/** Adds what the diff of one file asks for, and gives the line behind it. */
function readFile({ lines, context }: AnswerLines, place: DiffPlace, start: number, proposals: Proposal[]): number {
  const { to, isFenced } = place;
  const { file, next } = readHeader(lines, start, to);
  const path = pathOf(file, context.files) ?? place.path ?? '';
  if (next === to && !place.isClosed) {
    // More of its header may come and say something else.
    if (path !== '') proposals.push(unfinished(path, start, nothing));
    return to;
  }
  const hunks: Proposal[] = [];
  let at = next;
  while (at < to) {
    const line = lines[at] ?? '';
    const isBareHunk = isFenced && hunks.length === 0 && /^[-+ ]/.test(line) && !isFileHeader(lines, at, to);
    if (isFenced && line === '') at++;
    else if (line.startsWith('@@') || isBareHunk) {
      const hunk = readHunk(lines, { ...place, from: at });
      if (hunk.block !== undefined) hunks.push(proposalOf(file, path, at, { ...hunk, block: hunk.block }));
      at = hunk.next;
    } else break;
  }
  const isOver = at < to || place.isClosed;
  proposals.push(...renameOf(file, path, start, context.files), ...judged(file, path, start, hunks, isOver));
  return at;
}

function readHeader(lines: readonly string[], start: number, end: number): { file: DiffFile; next: number } {
  let file: DiffFile = {};
  let at = start;
  for (let isNamed = false; at < end; at++) {
    const line = lines[at] ?? '';
    const more = withHeader(file, line);
    const isNextFile = (at > start && line.startsWith('diff --git ')) || (isNamed && line.startsWith('--- '));
    if (more === undefined || isNextFile) break;
    isNamed ||= line.startsWith('+++ ');
    file = more;
  }
  return { file, next: at };
}

function proposalOf(
  { isCreated }: DiffFile,
  path: string,
  at: number,
  { block, finalNewline, isOver }: HunkRead & Required<Pick<HunkRead, 'block'>>,
): Proposal {
  const change: Change =
    isCreated === true
      ? { kind: 'create', lines: block.replace, finalNewline: finalNewline ?? true }
      : { kind: 'block', block, ...(finalNewline !== undefined && { finalNewline }) };
  return isOver ? { path, line: at + 1, change } : unfinished(path, at, change);
}

function renameOf(file: DiffFile, path: string, at: number, known: readonly string[]): readonly Proposal[] {
  const { old } = namesOf(file, known);
  if (file.isRenamed !== true || old === undefined || old === path) return [];
  return [{ path: old, line: at + 1, change: { kind: 'rename', to: path } }];
}

/** What becomes of a file whose diff is read: its hunks, or what its header alone says. */
function judged(
  file: DiffFile,
  path: string,
  at: number,
  hunks: readonly Proposal[],
  isOver: boolean,
): readonly Proposal[] {
  const { unsupported, isCreated, isDeleted } = file;
  const whole = (change: Change) => (isOver ? { path, line: at + 1, change } : unfinished(path, at, change));
  if (unsupported !== undefined)
    return [{ path, line: at + 1, change: nothing, problem: { code: 'malformed', what: unsupported } }];
  if (isDeleted === true) return [whole({ kind: 'delete' })];
  if (hunks.length > 0 || path === '') return hunks;
  return isCreated === true ? [whole({ kind: 'create', lines: [], finalNewline: true })] : [];
}
