import { parseAnswer } from '../../../../src/edits/answer/parseAnswer.ts';
import type { CurrentFile, EditPlan, Outcome, PlannedFile } from '../../../../src/edits/plan/editPlan.ts';
import { planEdits, type PlanSources } from '../../../../src/edits/plan/planEdits.ts';
import type { Target } from '../../../../src/edits/target/target.ts';

/** Files by their path. */
export type Files = Readonly<Record<string, string>>;

export function sourcesOf(files: Files): PlanSources {
  return {
    resolve: async (path) => targetAt(path, path in files),
    read: (target) => readIn(files, target),
  };
}

export function targetAt(inside: string, exists: boolean): Target {
  return { asked: inside, path: `/w/${inside}`, inside, exists };
}

export async function readIn(files: Files, { inside }: Target): Promise<CurrentFile | undefined> {
  const text = files[inside];
  return text === undefined ? undefined : { text, version: 1 };
}

/** The plan for an answer about all of the files. */
export function planFor(files: Files, answer: string): Promise<EditPlan> {
  return planEdits(parseAnswer(answer, { files: Object.keys(files), isComplete: true }), sourcesOf(files));
}

/** The files after the plan was carried out, in its order. */
export function carriedOut(files: Files, planned: readonly PlannedFile[]): Files {
  const now: Record<string, string> = { ...files };
  for (const file of planned) {
    if (file.kind !== 'create') delete now[file.target.inside];
    if (file.kind !== 'delete') now[(file.kind === 'rename' ? file.to : file.target).inside] = file.after;
  }
  return now;
}

export function shownOutcome(outcome: Outcome): string {
  return outcome.state === 'refused' ? outcome.refusal.code : outcome.state;
}
