import { commands, Disposable, l10n, type LogOutputChannel, window } from 'vscode';
import { registerCommand } from '../command.ts';
import { showProblem } from '../problems.ts';
import { tooFewText, trainingQuestion } from './estimateText.ts';
import type { PersonalClient } from './personalClient.ts';
import { isRunning, missingExamples } from './personalText.ts';

/** Starting, pausing and ending a training from the palette and the menu. */
export function offerTraining(personal: PersonalClient, log: LogOutputChannel): Disposable {
  let told: string | undefined;
  // For the when-clauses of the manifest. A status comes four times a second, a new state seldom.
  const tellState = () => {
    const state = personal.status?.state ?? 'none';
    if (state !== told) void commands.executeCommand('setContext', 'hearth.trainingState', state);
    told = state;
  };
  tellState();
  return Disposable.from(
    personal.onStatus(tellState),
    registerCommand('hearth.retrain', log, () => retrain(personal)),
    registerCommand('hearth.pauseTraining', log, async () => {
      await personal.control('pause');
      confirm(l10n.t('Hearth: the training is paused'));
    }),
    registerCommand('hearth.resumeTraining', log, async () => {
      await personal.control('resume');
      confirm(l10n.t('Hearth: the training goes on'));
    }),
    registerCommand('hearth.cancelTraining', log, async () => {
      await personal.control('cancel');
      confirm(l10n.t('Hearth: the training is cancelled'));
    }),
  );
}

async function retrain(personal: PersonalClient): Promise<void> {
  const { status, model } = await personal.overview();
  if (isRunning(status)) return await offerView(l10n.t('A training is under way already.'));
  if (status.state === 'off') return await offerView(l10n.t('Learning is switched off. Switch it on first.'));
  if (missingExamples(status.examples) > 0) return await offerView(tooFewText(status.examples, l10n.t));
  if (model?.problem) return await showProblem(model.problem);
  const wish = { place: { kind: 'personal' } } as const;
  const estimate = await personal.estimate(wish);
  if (!estimate.ok) return await showProblem(estimate.problem);
  const { message, detail } = trainingQuestion(estimate, l10n.t);
  const start = l10n.t('Start');
  const view = l10n.t('Open View');
  const chosen = await window.showInformationMessage(message, { modal: true, detail }, start, view);
  if (chosen === view) await openView();
  if (chosen !== start) return;
  const result = await personal.train(wish);
  if (!result.ok) return await showProblem(result.problem);
  confirm(l10n.t('Hearth: the training has begun'));
}

async function offerView(message: string): Promise<void> {
  const view = l10n.t('Open View');
  if ((await window.showInformationMessage(message, view)) === view) await openView();
}

async function openView(): Promise<void> {
  await commands.executeCommand('hearth.showPersonalStyle');
}

function confirm(message: string): void {
  window.setStatusBarMessage(message, 3000);
}
