import { Disposable, l10n, type LogOutputChannel, Uri, window } from 'vscode';
import type { PlanAnswer } from '../../protocol/editMessages.ts';
import { applyWithModel, offerActions } from './actionCommands.ts';
import type { EditsClient } from './editsClient.ts';
import { offerCodeActions } from './hearthCodeActions.ts';
import { ProposedEdits } from './proposedEdits.ts';
import { offerRollBack } from './rollBack.ts';

/** What other parts of the editor side may ask for. */
export interface OfferedEdits extends Disposable {
  /**
   * "Apply to file": shows what an answer, or one code block of it, would change, and writes what the user wants of it.
   * Resolves when that is decided; the user is told how it ended.
   */
  applyAnswer(answer: PlanAnswer): Promise<void>;
}

/** Everything by which a model's edits get into files: code actions, previews, and the way back. */
export function offerEdits(edits: EditsClient, log: LogOutputChannel): OfferedEdits {
  const proposed = new ProposedEdits(edits, log);
  const parts = { edits, proposed, log };
  const registered = Disposable.from(proposed, offerActions(parts), offerCodeActions(edits), offerRollBack(edits, log));
  return {
    async applyAnswer(answer) {
      const view = await edits.plan(answer);
      if (view.needsModel !== undefined) {
        const workIn = l10n.t('Let the Model Work It In');
        const message = l10n.t('The code does not say where in the file it belongs.');
        if ((await window.showInformationMessage(message, workIn)) === workIn)
          await applyWithModel(parts, Uri.parse(view.needsModel.uri, true), answer.text);
      } else if (view.files.length + view.refused.length === 0) {
        void window.showInformationMessage(
          l10n.t('Nothing here says which file to change. Open the file that is meant, then apply it again.'),
        );
      } else await proposed.propose(view);
    },
    dispose: () => registered.dispose(),
  };
}
