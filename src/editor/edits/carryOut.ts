import { l10n, type LogOutputChannel, window, workspace } from 'vscode';
import { errorText } from '../../base/logger.ts';
import type { CheckedEdits, EditPlanView } from '../../protocol/editMessages.ts';
import { showProblem } from '../problems.ts';
import { confirmFiles } from './confirmFiles.ts';
import type { EditsClient } from './editsClient.ts';
import { changedUnder, editOf, openPlanned } from './planDocuments.ts';
import { visibleName } from './visibleCode.ts';

/** What was written. */
export interface CarriedOut {
  readonly checkpoint: string;
  /** Paths of files that could be parsed before, and cannot be now. */
  readonly broken: readonly string[];
}

/**
 * Writes a plan that the user said yes to, all of it or nothing: asks for protected files, lets the engine look at paths
 * and texts once more and keep a checkpoint, and makes one edit of it. Undefined when nothing was written; the user has
 * been told why.
 */
export async function carryOut(
  edits: EditsClient,
  view: EditPlanView,
  log: LogOutputChannel,
): Promise<CarriedOut | undefined> {
  const confirmed = await confirmFiles(view);
  if (confirmed === undefined) {
    void window.showInformationMessage(l10n.t('Nothing was changed.'));
    return undefined;
  }
  const planned = await openPlanned(view.files);
  const checked = await edits.check({ plan: view.id, confirmed });
  if (!checked.ok) {
    await tellWhyNot(checked);
    return undefined;
  }
  const { checkpoint } = checked;
  const told = { plan: view.id, checkpoint };
  const changed = changedUnder(planned);
  if (changed.length > 0) {
    await edits.applied({ ...told, isWritten: false });
    tellStale(changed.map(({ path }) => path));
    return undefined;
  }
  if (await isApplied(planned, log)) {
    const { broken } = await edits.applied({ ...told, isWritten: true });
    return { checkpoint, broken };
  }
  await takeBack(edits, checkpoint, log);
  await edits.applied({ ...told, isWritten: false });
  void window.showErrorMessage(l10n.t('VS Code could not make this change. Nothing was changed; see the log.'));
  return undefined;
}

/** Says what is in the way. */
export async function tellWhyNot(checked: Extract<CheckedEdits, { readonly ok: false }>): Promise<void> {
  if ('problem' in checked) return await showProblem(checked.problem);
  tellStale('stale' in checked ? checked.stale.map(({ path }) => path) : checked.unconfirmed);
}

export function tellStale(paths: readonly string[]): void {
  void window.showWarningMessage(
    l10n.t(
      'Nothing was changed: {0} is not what it was when the change was made. Ask for the change again.',
      paths.map((path) => visibleName(path)).join(', '),
    ),
  );
}

async function isApplied(planned: Parameters<typeof editOf>[0], log: LogOutputChannel): Promise<boolean> {
  try {
    return await workspace.applyEdit(editOf(planned));
  } catch (cause) {
    log.error(`A change could not be made: ${errorText(cause)}`);
    return false;
  }
}

/** What of a failed change was made is taken back. */
async function takeBack(edits: EditsClient, checkpoint: string, log: LogOutputChannel): Promise<void> {
  const { plan } = await edits.rollBack({ checkpoint });
  if (plan.files.length > 0) await isApplied(await openPlanned(plan.files), log);
}
