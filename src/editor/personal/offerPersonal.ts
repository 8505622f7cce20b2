import { Disposable, l10n, type LogOutputChannel, type Uri, window } from 'vscode';
import { registerCommand } from '../command.ts';
import { showProblem } from '../problems.ts';
import { offerTransfer } from './adapterTransfer.ts';
import { offerComparison } from './compareStyle.ts';
import type { PersonalClient } from './personalClient.ts';
import { PersonalPanel } from './personalPanel.ts';
import { offerTraining } from './trainingCommands.ts';
import { tellTrainingEnds } from './trainingNotice.ts';
import { vscodeDesk } from './vscodeDesk.ts';

/** Everything the user can see and do about what Hearth learns from them. */
export function offerPersonal(personal: PersonalClient, extensionUri: Uri, log: LogOutputChannel): Disposable {
  const desk = vscodeDesk(log);
  const panel = new PersonalPanel({ personal, desk, extensionUri, log });
  return Disposable.from(
    panel,
    offerTraining(personal, log),
    tellTrainingEnds(personal, log),
    offerComparison(personal, log),
    offerTransfer(personal, desk, log),
    registerCommand('hearth.showPersonalStyle', log, () => panel.show()),
    registerCommand('hearth.rollBackStyle', log, () => rollBack(personal)),
    registerCommand('hearth.forgetStyle', log, () => forget(personal)),
  );
}

async function rollBack(personal: PersonalClient): Promise<void> {
  const { canRollBack } = await personal.overview();
  if (!canRollBack) {
    void window.showInformationMessage(l10n.t('There is no earlier choice of adapters to go back to.'));
    return;
  }
  const result = await personal.use({ order: 'rollBack', place: { kind: 'personal' } });
  if (!result.ok) return await showProblem(result.problem);
  window.setStatusBarMessage(l10n.t('Hearth: back to the adapters used before'), 3000);
}

/** Deletes for good what was learned; asks first, because nothing brings it back. */
async function forget(personal: PersonalClient): Promise<void> {
  const yes = l10n.t('Delete Everything');
  const detail = [
    l10n.t(
      'Every example, every adapter (trained and imported), the style profile with your own rules, and a training that is under way are deleted from this machine. Nothing brings them back.',
    ),
    l10n.t('Your files and what you exported are not touched.'),
  ];
  const chosen = await window.showWarningMessage(
    l10n.t('Delete everything you taught Hearth?'),
    { modal: true, detail: detail.join('\n\n') },
    yes,
  );
  if (chosen !== yes) return;
  await personal.forget();
  void window.showInformationMessage(l10n.t('Hearth has forgotten everything you taught it.'));
}
