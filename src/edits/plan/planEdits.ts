import { errorText } from '../../base/logger.ts';
import type { Change, Proposal } from '../answer/proposal.ts';
import type { MatchTools } from '../match/matchBlock.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { isTarget, type Target, type TargetRefusal } from '../target/target.ts';
import { type Draft, type Step, withChange } from './draft.ts';
import { beforeFile, type CurrentFile, type EditPlan, type Outcome, type PlannedFile } from './editPlan.ts';

/** What a plan has to know of the workspace. */
export interface PlanSources {
  /** `resolveTarget` with the workspace of the moment. */
  readonly resolve: (path: string) => Promise<Target | TargetRefusal>;
  /** The text as the editor has it, unsaved changes included; undefined when there is no such file. May reject. */
  readonly read: (target: Target) => Promise<CurrentFile | undefined>;
  /** For finding places by syntax. */
  readonly toolsFor?: (target: Target) => MatchTools;
}

/**
 * The changes of an answer put together, each on what those before it left, without touching anything. Whoever carries
 * the plan out does so as a whole, and checks targets and texts again right before.
 */
export async function planEdits(proposals: readonly Proposal[], sources: PlanSources): Promise<EditPlan> {
  const drafts = new Map<string, Draft>();
  const done = new Set<string>();
  const outcomes: Outcome[] = [];
  for (const proposal of proposals) outcomes.push(await outcomeOf(proposal, sources, drafts, done));
  return {
    files: [...new Set(drafts.values())].flatMap((draft) => plannedFile(draft) ?? []),
    outcomes,
    isComplete: outcomes.every(({ state }) => state !== 'refused'),
  };
}

/** @param done what was put into drafts already: models repeat themselves */
async function outcomeOf(
  { path, change, problem }: Proposal,
  sources: PlanSources,
  drafts: Map<string, Draft>,
  done: Set<string>,
): Promise<Outcome> {
  if (problem !== undefined) return refused(problem);
  const target = await sources.resolve(path);
  if (!isTarget(target)) return refused(target);
  const repetition = JSON.stringify([target.path, change]);
  if (done.has(repetition)) return { state: 'skipped' };
  const draft = drafts.get(target.path) ?? (await newDraft(target, sources));
  if (isRefusal(draft)) return refused(draft);
  const step =
    change.kind === 'rename'
      ? await renamed(draft, change, sources, drafts)
      : await withChange(draft, change, sources.toolsFor?.(target) ?? {});
  if (isRefusal(step)) return refused(step);
  done.add(repetition);
  if (step.draft === draft) return { state: 'skipped' };
  for (const place of [target, draft.target, step.draft.to ?? target]) drafts.set(place.path, step.draft);
  const { draft: _, ...found } = step;
  return { state: 'applied', ...found };
}

function refused(refusal: Refusal): Outcome {
  return { state: 'refused', refusal };
}

async function newDraft(target: Target, sources: PlanSources): Promise<Draft | Refusal> {
  const before = await readOf(target, sources);
  if (before !== undefined && isRefusal(before)) return before;
  // It was there a moment ago: nothing is created in its place.
  if (before === undefined && target.exists)
    return { code: 'target', asked: target.asked, problem: { code: 'changed' } };
  return { target, before, text: before?.text, isFinal: false };
}

async function readOf(target: Target, { read }: PlanSources): Promise<CurrentFile | TargetRefusal | undefined> {
  try {
    return await read(target);
  } catch (cause) {
    return { code: 'target', asked: target.asked, problem: { code: 'unreadable', reason: errorText(cause) } };
  }
}

async function renamed(
  draft: Draft,
  { to }: Extract<Change, { readonly kind: 'rename' }>,
  sources: PlanSources,
  drafts: ReadonlyMap<string, Draft>,
): Promise<Step> {
  if (draft.before === undefined || draft.text === undefined) return { code: 'noFile' };
  if (draft.isFinal || draft.to !== undefined)
    return { code: 'contradiction', what: 'the file is renamed twice or decided before' };
  const target = await sources.resolve(to);
  if (!isTarget(target)) return target;
  if (target.path === draft.target.path) return { draft };
  const there = drafts.get(target.path) ?? (await newDraft(target, sources));
  if (isRefusal(there)) return there;
  return there.text === undefined ? { draft: { ...draft, to: target } } : { code: 'exists', path: target.inside };
}

/** Undefined when nothing becomes of it in the end. */
function plannedFile({ target, before, text, to }: Draft): PlannedFile | undefined {
  if (before === undefined) return text === undefined ? undefined : { kind: 'create', target, after: text };
  const was = beforeFile(before);
  if (text === undefined) return { kind: 'delete', target, before: was };
  if (to !== undefined) return { kind: 'rename', target, to, before: was, after: text };
  return text === before.text ? undefined : { kind: 'change', target, before: was, after: text };
}
