import { Disposable, l10n, type LogOutputChannel, window } from 'vscode';
import { registerCommand } from './command.ts';
import type { EngineClient } from './engineClient.ts';
import { MarkdownPage } from './markdownPage.ts';
import { statisticsReport } from './statisticsReport.ts';

/** Shows the statistics as a rendered page of its own. */
export function offerStatistics(engine: EngineClient, log: LogOutputChannel): Disposable {
  const page = new MarkdownPage('hearth-statistics', log);
  return Disposable.from(
    page,
    registerCommand('hearth.showStatistics', log, async () => {
      await page.show(statisticsReport(await engine.statistics(), l10n.t));
    }),
    registerCommand('hearth.deleteEvents', log, () => deleteEvents(engine)),
  );
}

/** Deletes for good what was recorded; asks first, because nothing brings it back. */
async function deleteEvents(engine: EngineClient): Promise<void> {
  const deleteThem = l10n.t('Delete');
  const chosen = await window.showWarningMessage(
    l10n.t(
      'Delete everything that Hearth recorded about completions on this machine, and with it the examples of your style? Adapters made of them stay. This cannot be undone.',
    ),
    { modal: true },
    deleteThem,
  );
  if (chosen !== deleteThem) return;
  await engine.deleteEvents();
  void window.showInformationMessage(l10n.t('The recorded completions are deleted.'));
}
