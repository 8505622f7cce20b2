import { commands, Disposable, EventEmitter, l10n, type LogOutputChannel, Uri, window, workspace } from 'vscode';
import { errorText } from '../base/logger.ts';
import { registerCommand } from './command.ts';
import type { EngineClient } from './engineClient.ts';
import { statisticsReport } from './statisticsReport.ts';

/** Not among the served documents: the report is never sent to the engine. */
const reportUri = Uri.from({ scheme: 'hearth-statistics', path: '/Hearth.md' });

/** Shows the statistics as a rendered page of its own. */
export function offerStatistics(engine: EngineClient, log: LogOutputChannel): Disposable {
  const changed = new EventEmitter<Uri>();
  let report = '';
  const show = async () => {
    report = statisticsReport(await engine.statistics(), l10n.t);
    changed.fire(reportUri);
    try {
      await commands.executeCommand('markdown.showPreview', reportUri);
    } catch (cause) {
      // VS Code's own Markdown extension can be switched off: then as text.
      log.debug(`markdown.showPreview: ${errorText(cause)}`);
      await window.showTextDocument(reportUri, { preview: true });
    }
  };
  return Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(reportUri.scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: () => report,
    }),
    registerCommand('hearth.showStatistics', log, show),
    registerCommand('hearth.deleteEvents', log, () => deleteEvents(engine)),
  );
}

/** Deletes for good what was recorded; asks first, because nothing brings it back. */
async function deleteEvents(engine: EngineClient): Promise<void> {
  const deleteThem = l10n.t('Delete');
  const chosen = await window.showWarningMessage(
    l10n.t('Delete everything that Hearth recorded about completions on this machine? This cannot be undone.'),
    { modal: true },
    deleteThem,
  );
  if (chosen !== deleteThem) return;
  await engine.deleteEvents();
  void window.showInformationMessage(l10n.t('The recorded completions are deleted.'));
}
