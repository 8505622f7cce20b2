import { URI } from 'vscode-uri';
import type { Proposal } from '../../edits/answer/proposal.ts';
import { type EditPlan, isMostlyDropped, type PlannedFile } from '../../edits/plan/editPlan.ts';
import type { Target } from '../../edits/target/target.ts';
import { hunksOf } from '../../edits/text/hunks.ts';
import type { EditPlanView, HunkView, PlannedFileView, RefusedEdit } from '../../protocol/editMessages.ts';
import type { Syntax } from '../../syntax/syntax.ts';
import { isBrokenBy } from './brokenBy.ts';

/** A plan as the client sees it. `proposals`: those of its answer, one per outcome. */
export async function planView(
  id: string,
  plan: EditPlan,
  proposals: readonly Proposal[],
  syntax: Syntax,
): Promise<EditPlanView> {
  const files: PlannedFileView[] = [];
  // One after the other: the syntax of one language is parsed by one parser.
  for (const file of plan.files) files.push(await fileView(file, syntax));
  return { id, files, refused: refusedIn(plan, proposals) };
}

function refusedIn({ outcomes }: EditPlan, proposals: readonly Proposal[]): readonly RefusedEdit[] {
  return outcomes.flatMap((outcome, index) => {
    const { path = '', line = 1 } = proposals[index] ?? {};
    return outcome.state === 'refused' ? [{ path, line, reason: outcome.refusal }] : [];
  });
}

async function fileView(file: PlannedFile, syntax: Syntax): Promise<PlannedFileView> {
  const { kind, target } = file;
  const place = { kind, ...placeOf(target), ...confirmOf(file) };
  switch (file.kind) {
    case 'create':
      return { ...place, after: file.after, hunks: [], ...(await breaks(syntax, target.path, undefined, file.after)) };
    case 'delete':
      return { ...place, before: file.before.text, hunks: [] };
    case 'change':
    case 'rename': {
      const { before, after } = file;
      return {
        ...place,
        ...(file.kind === 'rename' && { to: placeOf(file.to) }),
        before: before.text,
        after,
        hunks: hunkViews(before.text, after),
        ...(await breaks(syntax, file.kind === 'rename' ? file.to.path : target.path, before.text, after)),
        ...(isMostlyDropped(file) && { drops: true }),
      };
    }
  }
}

function placeOf({ path, inside }: Target): { readonly uri: string; readonly path: string } {
  return { uri: URI.file(path).toString(), path: inside };
}

/** A renaming has two places; either may need a yes. */
function confirmOf(file: PlannedFile): Pick<PlannedFileView, 'confirm'> {
  const confirm = file.target.confirm ?? (file.kind === 'rename' ? file.to.confirm : undefined);
  return confirm === undefined ? {} : { confirm: confirm.kind };
}

async function breaks(
  syntax: Syntax,
  path: string,
  before: string | undefined,
  after: string,
): Promise<Pick<PlannedFileView, 'breaks'>> {
  return (await isBrokenBy(syntax, path, before, after)) ? { breaks: true } : {};
}

export function hunkViews(before: string, after: string): readonly HunkView[] {
  return hunksOf(before, after).map(({ before: { start }, removed, added }) => ({ line: start, removed, added }));
}
