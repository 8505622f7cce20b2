import { beforeFile, type CurrentFile, hashOf, type PlannedFile } from '../../edits/plan/editPlan.ts';
import { reversed } from '../../edits/plan/reversed.ts';
import { isTarget, type Target } from '../../edits/target/target.ts';
import type { EditSources } from './editSources.ts';

export interface WayBack {
  /** What leads back, in the order in which to write it. */
  readonly files: readonly PlannedFile[];
  /** Paths of files that are neither as they were written nor as they were before. */
  readonly changedSince: readonly string[];
}

/**
 * The way back from a change, file by file: what is as it was written goes back, what is as it was before stays, and what
 * somebody changed since is only told of, unless it is forced.
 */
export async function goBack(
  written: readonly PlannedFile[],
  sources: Pick<EditSources, 'resolve' | 'read'>,
  force: boolean,
): Promise<WayBack> {
  const files: PlannedFile[] = [];
  const changedSince: string[] = [];
  for (const file of reversed(written)) {
    const step = await stepBack(file, sources);
    if (step === 'done') continue;
    if (step.isAsWritten) files.push(step.file);
    else {
      changedSince.push(file.target.inside);
      if (force && step.forced !== undefined) files.push(step.forced);
    }
  }
  return { files, changedSince };
}

type Step =
  | 'done'
  | { readonly isAsWritten: true; readonly file: PlannedFile }
  /** `forced` is missing where nothing can be written. */
  | { readonly isAsWritten: false; readonly forced?: PlannedFile };

async function stepBack(file: PlannedFile, sources: Pick<EditSources, 'resolve' | 'read'>): Promise<Step> {
  const place = await placeNow(file.target, sources);
  if (place === undefined) return { isAsWritten: false };
  const { target, now } = place;
  switch (file.kind) {
    case 'create':
      return now === undefined ? asWritten({ ...file, target }) : ended(now, file.after, target);
    case 'delete':
      if (now === undefined) return 'done';
      return isSame(now, file.before)
        ? asWritten({ ...file, target })
        : { isAsWritten: false, forced: { kind: 'delete', target, before: beforeFile(now) } };
    case 'change':
      if (now === undefined) return { isAsWritten: false, forced: { kind: 'create', target, after: file.after } };
      return isSame(now, file.before) ? asWritten({ ...file, target }) : ended(now, file.after, target);
    case 'rename':
      return renamedBack(file, target, now, sources);
  }
}

async function renamedBack(
  file: Extract<PlannedFile, { kind: 'rename' }>,
  target: Target,
  now: CurrentFile | undefined,
  sources: Pick<EditSources, 'resolve' | 'read'>,
): Promise<Step> {
  const old = await placeNow(file.to, sources);
  if (old === undefined) return { isAsWritten: false };
  if (now === undefined) {
    if (old.now !== undefined) return ended(old.now, file.after, old.target);
    return { isAsWritten: false, forced: { kind: 'create', target: old.target, after: file.after } };
  }
  if (old.now !== undefined) return { isAsWritten: false };
  const back = { ...file, target, to: old.target };
  return isSame(now, file.before)
    ? asWritten(back)
    : { isAsWritten: false, forced: { ...back, before: beforeFile(now) } };
}

function asWritten(file: PlannedFile): Step {
  return { isAsWritten: true, file };
}

/** It is as it was before already, or was changed since. */
function ended(now: CurrentFile, wanted: string, target: Target): Step {
  if (now.text === wanted) return 'done';
  return { isAsWritten: false, forced: { kind: 'change', target, before: beforeFile(now), after: wanted } };
}

function isSame(now: CurrentFile, { hash }: { readonly hash: string }): boolean {
  return hashOf(now.text) === hash;
}

/** Undefined where nothing may be written any more. */
async function placeNow(
  { path }: Target,
  { resolve, read }: Pick<EditSources, 'resolve' | 'read'>,
): Promise<{ readonly target: Target; readonly now: CurrentFile | undefined } | undefined> {
  const target = await resolve(path);
  if (!isTarget(target)) return undefined;
  try {
    return { target, now: await read(target) };
  } catch {
    return undefined;
  }
}
