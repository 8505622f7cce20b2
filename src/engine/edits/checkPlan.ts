import { confirmationsOf, hashOf, type PlannedFile } from '../../edits/plan/editPlan.ts';
import { staleFiles } from '../../edits/plan/stale.ts';
import { checkAgain } from '../../edits/target/resolveTarget.ts';
import type { CheckedEdits } from '../../protocol/editMessages.ts';
import type { EditSources } from './editSources.ts';

type Refused = Extract<CheckedEdits, { readonly ok: false }>;
type Stale = Extract<Refused, { readonly stale: unknown }>['stale'][number];

/**
 * Why files of a plan must not be written at this moment; undefined when they may. Asks for paths first: a link that was
 * put somewhere is not even read through.
 */
export async function whyNotNow(
  files: readonly PlannedFile[],
  confirmed: readonly string[],
  sources: EditSources,
): Promise<Refused | undefined> {
  const needed = confirmationsOf({ files, outcomes: [], isComplete: true }).map(({ inside }) => inside);
  const unconfirmed = needed.filter((path) => !confirmed.includes(path));
  if (unconfirmed.length > 0) return { ok: false, unconfirmed };
  const moved = (await Promise.all(files.map((file) => movedIn(file, sources)))).flat();
  if (moved.length > 0) return { ok: false, stale: moved };
  const stale = await staleNow(files, sources);
  return stale.length > 0 ? { ok: false, stale } : undefined;
}

async function movedIn(file: PlannedFile, sources: EditSources): Promise<readonly Stale[]> {
  const targets = file.kind === 'rename' ? [file.target, file.to] : [file.target];
  const refusals = await Promise.all(
    // As the way was found then, which may have been relative to one of several folders.
    targets.map((target) => checkAgain({ ...target, asked: target.path }, sources.targets())),
  );
  return targets.flatMap(({ inside }, index): readonly Stale[] =>
    refusals[index] === undefined ? [] : [{ path: inside, why: 'moved' }],
  );
}

async function staleNow(files: readonly PlannedFile[], sources: EditSources): Promise<readonly Stale[]> {
  try {
    const stale = await staleFiles({ files }, (target) => sources.read(target));
    return stale.map(({ target, why }) => ({ path: target.inside, why }));
  } catch {
    // What was text a moment ago and cannot be read is something else now.
    return files.map(({ target }) => ({ path: target.inside, why: 'changed' as const }));
  }
}

/** A file of a plan of which only a part is written now. Undefined when the plan does not change that file. */
export function partOf(file: PlannedFile | undefined, before: string, after: string): PlannedFile | undefined {
  if (file?.kind !== 'change') return undefined;
  const { target } = file;
  return { kind: 'change', target, before: { text: before, hash: hashOf(before) }, after };
}
