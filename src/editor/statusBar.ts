import { Disposable, l10n, MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import { describeStatus, type StatusView } from './statusText.ts';
import type { StatusWatch } from './statusWatch.ts';

/** The flame at the bottom right; a click opens the menu. */
export function showStatusBar(watch: StatusWatch): Disposable {
  const item = window.createStatusBarItem('hearth.status', StatusBarAlignment.Right, 100);
  item.name = 'Hearth';
  item.command = 'hearth.menu';
  const show = (view: StatusView) => {
    const text = describeStatus(view, l10n.t);
    item.text = [
      text.icon,
      'Hearth',
      text.indexProgress && `$(database) ${text.indexProgress}`,
      text.trainingProgress && `$(mortar-board) ${text.trainingProgress}`,
    ]
      .filter(Boolean)
      .join(' ');
    item.tooltip = new MarkdownString(text.tooltip);
    item.backgroundColor = text.severity === 'error' ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    const spoken = [text.state, text.indexProgress && text.index, text.training].filter(Boolean).join('. ');
    item.accessibilityInformation = { label: l10n.t('Hearth: {0}. Opens the menu.', spoken), role: 'button' };
  };
  show(watch.view);
  item.show();
  return Disposable.from(item, watch.onChange(show));
}
