import type { Target } from '../target/target.ts';
import { type CurrentFile, type EditPlan, hashOf, type PlannedFile } from './editPlan.ts';

/** A file that is not what the plan was made for. */
export interface StaleFile {
  readonly target: Target;
  readonly why: 'changed' | 'gone' | 'appeared';
}

/**
 * What has changed under a plan since it was made, by text: a version that only counts on does no harm. To be asked right
 * before writing; a plan with one stale file is not carried out at all.
 *
 * @param read as in `PlanSources`
 */
export async function staleFiles(
  plan: Pick<EditPlan, 'files'>,
  read: (target: Target) => Promise<CurrentFile | undefined>,
): Promise<readonly StaleFile[]> {
  const found = await Promise.all(plan.files.map(async (file) => staleIn(file, read)));
  return found.flat();
}

/** Whether anything has. */
export async function isStale(
  plan: Pick<EditPlan, 'files'>,
  read: (target: Target) => Promise<CurrentFile | undefined>,
): Promise<boolean> {
  return (await staleFiles(plan, read)).length > 0;
}

async function staleIn(
  file: PlannedFile,
  read: (target: Target) => Promise<CurrentFile | undefined>,
): Promise<readonly StaleFile[]> {
  const { target } = file;
  const now = await read(target);
  if (file.kind === 'create') return now === undefined ? [] : [{ target, why: 'appeared' }];
  const isThere = file.kind === 'rename' && (await read(file.to)) !== undefined;
  const appeared: readonly StaleFile[] = isThere ? [{ target: file.to, why: 'appeared' }] : [];
  if (now === undefined) return [{ target, why: 'gone' }, ...appeared];
  return hashOf(now.text) === file.before.hash ? appeared : [{ target, why: 'changed' }, ...appeared];
}
