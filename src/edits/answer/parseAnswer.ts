import { type AnswerLines, answerLines, type Reading } from './answerLines.ts';
import { readCodeBlock } from './codeBlock.ts';
import type { AnswerContext, Change, Proposal } from './proposal.ts';
import { blockStart, readBlock } from './searchReplace.ts';
import { isDiffStart, readDiff } from './unifiedDiff.ts';
import { asKnown, onlyFile, pathAbove } from './whichFile.ts';

type Reader = (answer: AnswerLines, at: number, previous: string | undefined) => Reading | undefined;

/** What may begin at a line of an answer; everything else is prose. */
const readers: readonly Reader[] = [skipThinking, readCodeBlock, readBareBlock, readBareDiff];

/**
 * The changes that a model's Markdown answer asks for, in its order: search/replace blocks, whole files, unified diffs.
 * Never throws. What is `unfinished` may become anything else or vanish as the answer goes on; all other proposals stay
 * as they are, at the index at which they are.
 */
export function parseAnswer(answer: string, context: AnswerContext): readonly Proposal[] {
  const read = answerLines(answer, context);
  const proposals: Proposal[] = [];
  let at = 0;
  while (at < read.lines.length) {
    const previous = proposals.at(-1)?.path || undefined;
    const reading = firstOf(read, at, previous);
    proposals.push(...reading.proposals);
    at = Math.max(at + 1, reading.next);
  }
  return settled(proposals, read);
}

function firstOf(answer: AnswerLines, at: number, previous: string | undefined): Reading {
  for (const reader of readers) {
    const reading = reader(answer, at, previous);
    if (reading !== undefined) return reading;
  }
  return { proposals: [], next: at + 1 };
}

/** What a model considers is not what it answers. */
function skipThinking({ lines }: AnswerLines, at: number): Reading | undefined {
  const tag = /^\s*<(think|thinking|reasoning)>/.exec(lines[at] ?? '')?.[1];
  if (tag === undefined) return undefined;
  const end = lines.slice(at).findIndex((line) => line.includes(`</${tag}>`));
  return { proposals: [], next: end === -1 ? lines.length : at + end + 1 };
}

function readBareBlock(answer: AnswerLines, at: number, previous: string | undefined): Reading | undefined {
  const start = blockStart(answer.lines[at]);
  if (start === undefined) return undefined;
  const path = start.path ?? pathAbove(answer, at).mentioned ?? previous ?? onlyFile(answer) ?? '';
  const { proposal, next } = readBlock(answer, at, start, path);
  return { proposals: [proposal], next };
}

function readBareDiff(answer: AnswerLines, at: number): Reading | undefined {
  const isStart = isDiffStart(answer, at);
  if (isStart === undefined) return { proposals: [], next: answer.lines.length };
  if (!isStart) return undefined;
  const { length } = answer.lines;
  return readDiff(answer, { from: at, to: length, isFenced: false, isClosed: answer.context.isComplete });
}

/** With paths as the context names them, or the complaint that there is none. */
function settled(proposals: readonly Proposal[], answer: AnswerLines): readonly Proposal[] {
  const { files, isComplete } = answer.context;
  const unnamedFiles = proposals.filter(({ path, change }) => path === '' && change.kind === 'whole');
  return proposals.map((proposal): Proposal => {
    const { path, change, problem } = proposal;
    if (path !== '') return isSearched(change) ? { ...proposal, path: asKnown(path, files) } : proposal;
    if (problem !== undefined) return proposal;
    if (change.kind !== 'whole') return { ...proposal, problem: { code: 'noPath' } };
    // Another code block may still come, and then it could be either.
    if (!isComplete) return { ...proposal, problem: { code: 'unfinished' } };
    const only = unnamedFiles.length === 1 ? onlyFile(answer) : undefined;
    return only === undefined ? { ...proposal, problem: { code: 'noPath' } } : { ...proposal, path: only };
  });
}

function isSearched(change: Change): boolean {
  return change.kind === 'block' && change.block.search.some((line) => line.trim() !== '');
}
