import { type AnswerLines, outdentedBy, type Reading, unfinished } from './answerLines.ts';
import { type FenceInfo, fitsLanguage, isMarkdown, readFenceInfo } from './fenceInfo.ts';
import { fenceEnd, type FenceStart, fenceStart } from './fences.ts';
import { pathAlone, pathInComment } from './pathNames.ts';
import type { Change, Proposal } from './proposal.ts';
import { blockStart, readBlock } from './searchReplace.ts';
import { isDiffStart, readDiff } from './unifiedDiff.ts';
import { onlyFile, type PathAbove, pathAbove } from './whichFile.ts';

/** A code block as far as its first lines show. */
interface Opened {
  readonly answer: AnswerLines;
  readonly at: number;
  readonly fence: FenceStart;
  readonly info: FenceInfo;
  readonly above: PathAbove;
  /** The first line in it that is not blank. */
  readonly first: number;
  /** Path of the change before. */
  readonly previous: string | undefined;
}

type Reader = (opened: Opened) => Reading | undefined;

/** What a code block can be. The first that it is decides; none of them is a snippet, which changes nothing. */
const readers: readonly Reader[] = [readBlocks, readDiffs, readWholeFile, readBlocksFurtherDown, readOnlyFile];

/** The changes in the code block that begins at a line; undefined when none does. */
export function readCodeBlock(whole: AnswerLines, at: number, previous: string | undefined): Reading | undefined {
  const start = fenceStart(whole.lines[at] ?? '');
  if (start === undefined) return undefined;
  const fence = { ...start, indent: 0 };
  const answer = outdented(whole, at + 1, start.indent);
  const { lines, context } = answer;
  let first = at + 1;
  while (lines[first]?.trim() === '') first++;
  if (first >= lines.length) return { proposals: [], next: lines.length };
  const info = readFenceInfo(fence.info, context.files);
  const opened: Opened = { answer, at, fence, info, above: pathAbove(answer, at), first, previous };
  for (const reader of readers) {
    const reading = reader(opened);
    if (reading !== undefined) return reading;
  }
  return { proposals: [], next: (endOf(opened) ?? lines.length) + 1 };
}

/** Lines below a list item or quotation as if they stood by themselves. */
function outdented(answer: AnswerLines, from: number, indent: number): AnswerLines {
  if (indent === 0) return answer;
  return { ...answer, lines: answer.lines.map((line, i) => (i < from ? line : outdentedBy(indent, line))) };
}

function endOf({ answer, at, fence, info }: Opened, path = info.path, isDiff = false): number | undefined {
  const kind = { isDiff, isMarkdown: isMarkdown(info, path) };
  return fenceEnd(answer.lines, at + 1, fence, kind, answer.context.isComplete);
}

/** Search/replace blocks, the first right at the beginning or below its path. */
function readBlocks(opened: Opened): Reading | undefined {
  const { answer, first } = opened;
  const isBlock = (at: number) => blockStart(answer.lines[at]) !== undefined;
  const isBelowPath = pathOfLine(answer, first) !== undefined && isBlock(first + 1);
  return isBlock(first) || isBelowPath ? blocksFrom(opened, first) : undefined;
}

/** Search/replace blocks behind something else, in a code block that cannot be a file. */
function readBlocksFurtherDown(opened: Opened): Reading | undefined {
  const { answer, first } = opened;
  const end = endOf(opened) ?? answer.lines.length;
  for (let at = first + 1; at < end; at++)
    if (blockStart(answer.lines[at]) !== undefined) return blocksFrom(opened, at);
  return undefined;
}

function blocksFrom({ answer, at: open, fence, info, above, previous }: Opened, from: number): Reading {
  const { lines } = answer;
  const proposals: Proposal[] = [];
  let path = info.path ?? above.mentioned ?? previous ?? onlyFile(answer) ?? '';
  let at = from;
  while (at < lines.length) {
    const start = blockStart(lines[at]);
    if (start !== undefined) {
      path = start.path ?? (at - 1 > open ? pathOfLine(answer, at - 1) : undefined) ?? path;
      const { proposal, next } = readBlock(answer, at, start, path);
      proposals.push(proposal);
      at = next;
      continue;
    }
    const other = fenceStart(lines[at] ?? '');
    if (other?.info === '' && other.marks.startsWith(fence.marks)) return { proposals, next: at + 1 };
    // The model forgot to end the block.
    if (other !== undefined && other.info !== '') return { proposals, next: at };
    at++;
  }
  return { proposals, next: at };
}

function pathOfLine({ lines, context }: AnswerLines, at: number): string | undefined {
  const line = lines[at] ?? '';
  return pathInComment(line, context.files) ?? pathAlone(line, context.files);
}

function readDiffs(opened: Opened): Reading | undefined {
  const { answer, info, above, first, previous } = opened;
  const { lines } = answer;
  const isDiff = /^(diff|patch|udiff)$/.test(info.language ?? '') || lines[first]?.startsWith('@@ ');
  const starts = isDiff === true || isDiffStart(answer, first);
  if (starts === undefined) return { proposals: [], next: lines.length };
  if (!starts) return undefined;
  const end = endOf(opened, undefined, true);
  const { proposals } = readDiff(answer, {
    from: first,
    to: end ?? lines.length,
    isFenced: true,
    isClosed: end !== undefined,
    path: info.path ?? above.mentioned ?? previous ?? onlyFile(answer),
  });
  return { proposals, next: (end ?? lines.length) + 1 };
}

/**
 * A code block is a file when something says so. A mention above it, or a comment that names a file the model was shown,
 * does only when whole files were asked for: most of the time it shows what to put into that file. One that names lines
 * is a quotation.
 */
function readWholeFile(opened: Opened): Reading | undefined {
  const { answer, info, above, first } = opened;
  const { files, expects } = answer.context;
  const isAsked = expects === 'wholeFiles';
  const comment = pathInComment(answer.lines[first] ?? '', files);
  const inComment = comment !== undefined && (isAsked || !files.includes(comment)) ? comment : undefined;
  const path = info.path ?? above.alone ?? inComment ?? (isAsked ? above.mentioned : undefined);
  if (path === undefined || info.isExcerpt) return undefined;
  return wholeFile(opened, path, comment === path);
}

/** The one file that the prompt asked for. Whether a code block is that shows when the answer has no other like it. */
function readOnlyFile(opened: Opened): Reading | undefined {
  const { answer, info } = opened;
  const path = onlyFile(answer);
  const isAsked = answer.context.expects === 'wholeFiles' && path !== undefined && !info.isExcerpt;
  return isAsked && fitsLanguage(info.language, path) ? wholeFile(opened, '', false) : undefined;
}

function wholeFile(opened: Opened, path: string, hasPathComment: boolean): Reading {
  const { answer, at } = opened;
  const end = endOf(opened, path);
  const lines = answer.lines.slice(at + 1, end ?? answer.lines.length);
  const change: Change = { kind: 'whole', lines, hasPathComment };
  const proposal = end === undefined ? unfinished(path, at, change) : { path, line: at + 1, change };
  return { proposals: [proposal], next: (end ?? answer.lines.length) + 1 };
}
