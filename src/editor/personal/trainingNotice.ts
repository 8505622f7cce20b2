import { commands, type Disposable, l10n, type LogOutputChannel, window } from 'vscode';
import { errorText } from '../../base/logger.ts';
import type { PersonalStatus, TrainingOutcome } from '../../protocol/personalMessages.ts';
import { showProblem } from '../problems.ts';
import { describeOutcome } from './outcomeText.ts';
import type { PersonalClient } from './personalClient.ts';
import { trainingEnd } from './trainingEnd.ts';

/** Says once how a training ended that was seen to run. */
export function tellTrainingEnds(personal: PersonalClient, log: LogOutputChannel): Disposable {
  let before: PersonalStatus | undefined;
  return personal.onStatus((now) => {
    const outcome = now && trainingEnd(before, now);
    before = now;
    if (outcome)
      tell(personal, outcome).catch((cause: unknown) => log.error(`The end of a training: ${errorText(cause)}`));
  });
}

async function tell(personal: PersonalClient, outcome: TrainingOutcome): Promise<void> {
  if (outcome.kind === 'cancelled') return;
  if (outcome.kind === 'failed') return await showProblem(outcome.problem);
  const { adapters } = await personal.overview();
  const proof = adapters.find(({ id }) => id === outcome.adapter)?.proof;
  const show = l10n.t('Show');
  const undo = l10n.t('Undo');
  const buttons = outcome.kind === 'adopted' ? [show, undo] : [show];
  const chosen = await window.showInformationMessage(describeOutcome(outcome, proof, l10n.t), ...buttons);
  if (chosen === show) await commands.executeCommand('hearth.showPersonalStyle');
  if (chosen === undo && outcome.kind === 'adopted') await takeBack(personal, outcome.adapter);
}

/** The message may have waited for long: only what is still in use is taken back. */
async function takeBack(personal: PersonalClient, id: string): Promise<void> {
  const { inUse } = await personal.overview();
  const use = inUse.find((each) => each.id === id);
  if (!use) return;
  const result = await personal.use({ order: 'rollBack', place: use.place });
  if (!result.ok) return await showProblem(result.problem);
  window.setStatusBarMessage(l10n.t('Hearth: the new adapter is not used any more'), 3000);
}
