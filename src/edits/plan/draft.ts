import type { Change } from '../answer/proposal.ts';
import type { How } from '../match/block.ts';
import { matchBlock, type MatchTools } from '../match/matchBlock.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Target } from '../target/target.ts';
import { differences } from '../text/differences.ts';
import { applyEdits, readFileText, replaceLines, withFinalNewline } from '../text/fileText.ts';
import type { CurrentFile } from './editPlan.ts';
import { omissionIn } from './omissions.ts';

/** A file while the changes of an answer come to it, one after the other. */
export interface Draft {
  readonly target: Target;
  readonly before: CurrentFile | undefined;
  /** Undefined: it is not there, or not any more. */
  readonly text: string | undefined;
  readonly to?: Target;
  /** Its whole text was in the answer, or it was deleted: nothing else can be said of it. */
  readonly isFinal: boolean;
}

/** The draft with a change; or why not. */
export type Step = { readonly draft: Draft; readonly how?: How; readonly fuzz?: number } | Refusal;

/** Everything but a renaming, which concerns two places. */
export type FileChange = Exclude<Change, { readonly kind: 'rename' }>;

/** Puts a change into a draft. Gives the same draft for one that changes nothing. */
export async function withChange(draft: Draft, change: FileChange, tools: MatchTools): Promise<Step> {
  if (draft.isFinal) return { code: 'contradiction', what: 'the whole file was decided before' };
  switch (change.kind) {
    case 'block':
      return withBlock(draft, change, tools);
    case 'whole':
      return withWhole(draft, change);
    case 'create':
      return withCreated(draft, change);
    case 'delete':
      return withoutFile(draft);
  }
}

type Of<K extends Change['kind']> = Extract<Change, { readonly kind: K }>;

async function withBlock(draft: Draft, { block, finalNewline }: Of<'block'>, tools: MatchTools): Promise<Step> {
  const { text, target } = draft;
  const { search, replace } = block;
  if (text === undefined) {
    const isNew = search.every((line) => line.trim() === '');
    return isNew ? withCreated(draft, { kind: 'create', lines: replace, finalNewline: true }) : { code: 'noFile' };
  }
  if (finalNewline === undefined && sameLines(search, replace)) return { draft };
  const file = readFileText(text);
  const there = file.lines.map((line) => line.text);
  const omission = omissionIn(target.inside, replace, [...there, ...search]);
  if (omission !== undefined) return { code: 'omission', text: omission };
  const match = await matchBlock(text, block, tools);
  if (isRefusal(match)) return match;
  const after = applyEdits(text, match.edits);
  const reachesEnd = match.lines.end === file.lines.length;
  const ended = finalNewline !== undefined && reachesEnd ? withFinalNewline(after, finalNewline) : after;
  const { how, fuzz } = match;
  return { draft: ended === text ? draft : { ...draft, text: ended }, how, ...(fuzz !== undefined && { fuzz }) };
}

function withWhole(draft: Draft, { lines, hasPathComment }: Of<'whole'>): Step {
  const { text, before, target } = draft;
  if (text !== before?.text) return { code: 'contradiction', what: 'its whole text stands beside other changes' };
  const file = readFileText(text ?? '');
  const there = file.lines.map((line) => line.text);
  const isComment = hasPathComment && there[0]?.trim() !== lines[0]?.trim();
  const wanted = isComment ? lines.slice(1) : lines;
  const omission = omissionIn(target.inside, wanted, there);
  if (omission !== undefined) return { code: 'omission', text: omission };
  // Lines that stay keep their ends.
  const edits = differences(there, wanted).map(({ aStart, aEnd, bStart, bEnd }) =>
    replaceLines(file, aStart, aEnd, wanted.slice(bStart, bEnd)),
  );
  const after = text === undefined ? wanted.map((line) => `${line}\n`).join('') : applyEdits(text, edits);
  return { draft: after === text ? draft : { ...draft, text: after, isFinal: true } };
}

function withCreated(draft: Draft, { lines, finalNewline }: Of<'create'>): Step {
  const { text, target } = draft;
  if (text !== undefined && text.trim() !== '') return { code: 'exists', path: target.inside };
  const omission = omissionIn(target.inside, lines, []);
  if (omission !== undefined) return { code: 'omission', text: omission };
  return { draft: { ...draft, text: lines.join('\n') + (finalNewline && lines.length > 0 ? '\n' : '') } };
}

function withoutFile(draft: Draft): Step {
  const { text, before, ...rest } = draft;
  if (text === undefined || before === undefined) return { code: 'noFile' };
  if (text !== before.text) return { code: 'contradiction', what: 'the file is changed and deleted' };
  return { draft: { ...rest, before, text: undefined, isFinal: true } };
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, i) => line === b[i]);
}
