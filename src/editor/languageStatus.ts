import { Disposable, type LanguageStatusItem, LanguageStatusSeverity, l10n, languages } from 'vscode';
import { describeIndex } from './indexText.ts';
import { describePersonal } from './personal/personalText.ts';
import { servedDocuments } from './servedDocuments.ts';
import { describeFailure, describeStatus, type StatusView } from './statusText.ts';
import type { StatusWatch } from './statusWatch.ts';

/** The entries behind the `{}` of the status bar: the model's name and its measured speed, the workspace index, and learning. */
export function showLanguageStatus(watch: StatusWatch): Disposable {
  const item = languages.createLanguageStatusItem('hearth.model', servedDocuments);
  item.name = 'Hearth';
  item.command = { command: 'hearth.pickModel', title: l10n.t('Pick Model…') };
  const indexItem = languages.createLanguageStatusItem('hearth.index', servedDocuments);
  indexItem.name = 'Hearth';
  const personalItem = languages.createLanguageStatusItem('hearth.personal', servedDocuments);
  personalItem.name = 'Hearth';
  personalItem.command = { command: 'hearth.showPersonalStyle', title: l10n.t('Show') };
  const show = (view: StatusView) => {
    showModel(item, view);
    showIndex(indexItem, view);
    showPersonal(personalItem, view);
  };
  show(watch.view);
  return Disposable.from(item, indexItem, personalItem, watch.onChange(show));
}

function showModel(item: LanguageStatusItem, view: StatusView): void {
  const text = describeStatus(view, l10n.t);
  const failed = text.severity === 'error';
  item.text = view.status.model?.name ?? `Hearth: ${text.state}`;
  item.detail = failed ? describeFailure(view.status, l10n.t) : text.speed || text.state;
  item.busy = text.busy;
  item.severity = failed ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
}

function showIndex(item: LanguageStatusItem, { index }: StatusView): void {
  const { line, busy, failed } = describeIndex(index, l10n.t);
  item.text = failed ? l10n.t('The index does not work') : line || l10n.t('No workspace index');
  item.detail = failed ? line : '';
  item.busy = busy;
  item.severity = failed ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  item.command = failed
    ? { command: 'hearth.showLog', title: l10n.t('Show Log') }
    : { command: 'hearth.searchCode', title: l10n.t('Search') };
}

function showPersonal(item: LanguageStatusItem, { personal }: StatusView): void {
  const { line, progress, pace, busy } = describePersonal(personal, l10n.t);
  item.text = [line, progress].filter(Boolean).join(' · ');
  item.detail = pace;
  item.busy = busy;
}
