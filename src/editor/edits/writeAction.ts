import { type CancellationToken, l10n, ProgressLocation, window } from 'vscode';
import type { ActProgress, ActResult } from '../../protocol/editMessages.ts';
import { showProblem } from '../problems.ts';
import type { EditsClient } from './editsClient.ts';

/**
 * Waits for a model to write a change, with its progress and a button that ends it. Undefined when there is no change:
 * the user ended it, or has been told why.
 */
export async function writeAction(
  edits: EditsClient,
  action: string,
  title: string,
  ask: (token: CancellationToken) => Promise<ActResult>,
): Promise<Extract<ActResult, { readonly ok: true }> | undefined> {
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const listener = edits.onProgress((step) => {
        if (step.action === action) progress.report({ message: progressText(step) });
      });
      try {
        return await ask(token);
      } catch (cause) {
        if (token.isCancellationRequested || isCancelled(cause)) return undefined;
        throw cause;
      } finally {
        listener.dispose();
      }
    },
  );
  if (result === undefined || result.ok) return result;
  await showProblem(result.problem);
  return undefined;
}

function progressText({ stage, characters }: ActProgress): string {
  switch (stage) {
    case 'gathering':
      return l10n.t('looking at the code…');
    case 'reading':
      return l10n.t('the model reads…');
    case 'writing':
      return l10n.t('the model writes… ({0} characters)', characters);
    case 'repairing':
      return l10n.t('that could not be used; the model tries again…');
  }
}

/** A newer action took its place: LSP's `RequestCancelled` and `ServerCancelled`. */
function isCancelled(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === -32_800 || cause.code === -32_802);
}
