import { fenced } from '../../chat/context/fence.ts';
import { languageOf } from '../../codeIndex/discover/languages.ts';
import { parseAnswer } from '../../edits/answer/parseAnswer.ts';
import type { AnswerContext, Proposal } from '../../edits/answer/proposal.ts';
import { snippetBlock } from '../../edits/match/snippet.ts';
import type { EditPlan } from '../../edits/plan/editPlan.ts';
import { planEdits } from '../../edits/plan/planEdits.ts';
import type { EditSources } from './editSources.ts';
import { planSources } from './editSources.ts';

export interface AnswerToPlan {
  readonly kind: 'answer' | 'code';
  readonly text: string;
  /** What stands behind the opening marks of a code block. */
  readonly info?: string;
  /** Paths of files that the model was shown. */
  readonly files: readonly string[];
  /** Path of the file that it belongs to when it does not say so itself. */
  readonly target?: string;
  /** Absolute path of the workspace folder that relative paths are tried in first. */
  readonly folder?: string;
  readonly expects?: AnswerContext['expects'];
}

export interface PlannedAnswer {
  readonly plan: EditPlan;
  /** One per outcome of the plan. */
  readonly proposals: readonly Proposal[];
}

/** What an answer, or a code block of one, changes. Writes nothing. Without proposals there is nothing in it to apply. */
export async function planAnswer(asked: AnswerToPlan, sources: EditSources): Promise<PlannedAnswer> {
  const proposals = await proposalsOf(asked, sources);
  return { plan: await planEdits(proposals, planSources(sources, asked.folder)), proposals };
}

async function proposalsOf(asked: AnswerToPlan, sources: EditSources): Promise<readonly Proposal[]> {
  const { kind, text, info = '', files, target, expects } = asked;
  const markdown = kind === 'code' ? fenced(text, info) : text;
  const known = [...new Set(target === undefined ? files : [target, ...files])];
  const read = (names: readonly string[]) =>
    parseAnswer(markdown, { files: names, isComplete: true, ...(expects && { expects }) });
  const all = read(known);
  if (target === undefined) return all;
  // What names no file can only be meant for this one.
  if (all.some(({ problem }) => problem?.code === 'noPath')) return read([target]);
  return all.length > 0 || kind === 'answer' ? all : snippetProposals(asked, target, sources);
}

/** Code alone: a new text for an empty file, else the declaration that it replaces. */
async function snippetProposals(
  { text, folder }: AnswerToPlan,
  path: string,
  sources: EditSources,
): Promise<readonly Proposal[]> {
  const lines = text.replace(/\n$/, '').split('\n');
  const { resolve, read } = planSources(sources, folder);
  const target = await resolve(path);
  const whole: Proposal = { path, line: 1, change: { kind: 'whole', lines, hasPathComment: false } };
  if ('code' in target) return [whole]; // Planning says why not.
  const file = await read(target).catch(() => undefined);
  if (file === undefined || file.text.trim() === '') return [whole];
  const languageId = languageOf(path);
  if (languageId === undefined) return [];
  const block = await snippetBlock(file.text, lines, { syntax: sources.syntax, languageId });
  return block === undefined ? [] : [{ path, line: 1, change: { kind: 'block', block } }];
}
