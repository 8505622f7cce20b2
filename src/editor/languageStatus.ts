import { Disposable, LanguageStatusSeverity, l10n, languages } from 'vscode';
import { servedDocuments } from './servedDocuments.ts';
import { describeFailure, describeStatus, type StatusView } from './statusText.ts';
import type { StatusWatch } from './statusWatch.ts';

/** The entry behind the `{}` of the status bar: the model's name and its measured speed. */
export function showLanguageStatus(watch: StatusWatch): Disposable {
  const item = languages.createLanguageStatusItem('hearth.model', servedDocuments);
  item.name = 'Hearth';
  item.command = { command: 'hearth.pickModel', title: l10n.t('Pick Model…') };
  const show = (view: StatusView) => {
    const text = describeStatus(view, l10n.t);
    const failed = text.severity === 'error';
    item.text = view.status.model?.name ?? `Hearth: ${text.state}`;
    item.detail = failed ? describeFailure(view.status, l10n.t) : text.speed || text.state;
    item.busy = text.busy;
    item.severity = failed ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  };
  show(watch.view);
  return Disposable.from(item, watch.onChange(show));
}
