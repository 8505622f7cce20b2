import { commands, Disposable, l10n, type LogOutputChannel, window } from 'vscode';
import type { CheckpointView } from '../../protocol/editMessages.ts';
import { registerCommand } from '../command.ts';
import { carryOut } from './carryOut.ts';
import type { EditsClient } from './editsClient.ts';
import { visibleName } from './visibleCode.ts';

/** `hearth.rollBackEdits`: goes back to what files were before a change, the newest or one that the user picks. */
export function offerRollBack(edits: EditsClient, log: LogOutputChannel): Disposable {
  return registerCommand('hearth.rollBackEdits', log, async (checkpoint) => {
    const id = typeof checkpoint === 'string' ? checkpoint : await pickCheckpoint(edits);
    if (id !== undefined) await rollBack(edits, id, log);
  });
}

/** Says what was changed, with a button that takes it back. */
export async function tellWritten(message: string, checkpoint: string): Promise<void> {
  const undoAll = l10n.t('Undo All');
  if ((await window.showInformationMessage(message, undoAll)) === undoAll)
    await commands.executeCommand('hearth.rollBackEdits', checkpoint);
}

async function pickCheckpoint(edits: EditsClient): Promise<string | undefined> {
  const { checkpoints } = await edits.checkpoints();
  if (checkpoints.length === 0) {
    void window.showInformationMessage(l10n.t('There is no change of Hearth to go back from.'));
    return undefined;
  }
  const picked = await window.showQuickPick(checkpoints.map(rowOf), {
    title: l10n.t('Undo a Change That Hearth Made'),
    placeHolder: l10n.t('The newest is first'),
  });
  return picked?.id;
}

function rowOf({ id, atMs, paths }: CheckpointView) {
  const names = paths.map((path) => visibleName(path));
  return {
    id,
    label: new Date(atMs).toLocaleString(),
    description: names.slice(0, 3).join(', '),
    detail: l10n.t('Files: {0}', paths.length),
  };
}

async function rollBack(edits: EditsClient, checkpoint: string, log: LogOutputChannel): Promise<void> {
  let { plan, changedSince } = await edits.rollBack({ checkpoint });
  if (changedSince.length > 0) {
    const force = await askAbout(changedSince, plan.files.length > 0);
    if (force === undefined) return;
    if (force) ({ plan, changedSince } = await edits.rollBack({ checkpoint, force }));
  }
  if (plan.files.length === 0) {
    void window.showInformationMessage(l10n.t('The files are as they were before already.'));
    return;
  }
  if ((await carryOut(edits, plan, log)) !== undefined)
    void window.showInformationMessage(l10n.t('The change was undone (files: {0}).', plan.files.length));
}

/** Whether to go back over what was changed since; undefined: not at all. */
async function askAbout(paths: readonly string[], areOthers: boolean): Promise<boolean | undefined> {
  const anyway = l10n.t('Undo All the Same');
  const others = l10n.t('Undo the Others');
  const chosen = await window.showWarningMessage(
    l10n.t('{0} was changed after Hearth wrote it.', paths.map((path) => visibleName(path)).join(', ')),
    { modal: true, detail: l10n.t('To go back would lose what was changed since.') },
    ...(areOthers ? [anyway, others] : [anyway]),
  );
  return chosen === undefined ? undefined : chosen === anyway;
}
