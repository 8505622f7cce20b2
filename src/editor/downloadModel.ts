import { l10n, ProgressLocation, window } from 'vscode';
import type { HardwareReport, ModelChoice } from '../protocol/messages.ts';
import { downloadStep } from './downloadSteps.ts';
import type { EngineClient } from './engineClient.ts';
import { consentText } from './modelRows.ts';
import { type ModelPicker, showProblem } from './problems.ts';

/**
 * Asks first, then downloads with progress. True when the model is on this machine; what went wrong has been told.
 * `picker`: where the user is led to try again.
 */
export async function downloadModel(
  engine: EngineClient,
  choice: ModelChoice,
  hardware: HardwareReport,
  picker: ModelPicker,
): Promise<boolean> {
  const { message, detail } = consentText(choice, hardware, l10n.t);
  const yes = l10n.t('Download');
  if ((await window.showInformationMessage(message, { modal: true, detail }, yes)) !== yes) return false;
  const result = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Downloading {0}', choice.name),
      cancellable: true,
    },
    async (progress, token) => {
      let shownPercent = 0;
      const listener = engine.onDownloadProgress((arrived) => {
        if (arrived.id !== choice.id) return;
        const step = downloadStep(arrived, shownPercent, l10n.t);
        shownPercent = step.percent;
        progress.report({ increment: step.increment, message: step.message });
      });
      try {
        return await engine.downloadModel({ id: choice.id }, token);
      } catch (cause) {
        if (!token.isCancellationRequested) throw cause;
        return { ok: false, problem: { code: 'download.cancelled', name: choice.name } } as const;
      } finally {
        listener.dispose();
      }
    },
  );
  if (!result.ok) void showProblem(result.problem, picker);
  return result.ok;
}
