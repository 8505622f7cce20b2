import {
  commands,
  Disposable,
  l10n,
  type LogOutputChannel,
  type QuickPickItem,
  QuickPickItemKind,
  window,
} from 'vscode';
import { registerCommand } from './command.ts';
import { currentSettings } from './currentSettings.ts';
import { focusedDocument } from './focusedDocument.ts';
import { languageName } from './languageName.ts';
import { type MenuEntry, type MenuRow, menuRows } from './menuRows.ts';
import { describeStatus } from './statusText.ts';
import type { StatusWatch } from './statusWatch.ts';

/** The menu behind the status bar item, and the walkthrough it leads to. */
export function offerMenu(watch: StatusWatch, extensionId: string, log: LogOutputChannel): Disposable {
  return Disposable.from(
    registerCommand('hearth.menu', log, () => openMenu(watch, extensionId)),
    registerCommand('hearth.openWalkthrough', log, async () => {
      await commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#hearth.start`, false);
    }),
  );
}

async function openMenu({ view }: StatusWatch, extensionId: string): Promise<void> {
  const languageId = focusedDocument()?.languageId;
  const rows = menuRows(
    {
      settings: currentSettings(),
      language: languageId === undefined ? undefined : { id: languageId, name: languageName(languageId) },
      modelName: view.status.model?.name,
      index: view.index.state,
      learning: view.personal?.state,
      extensionId,
    },
    l10n.t,
  );
  const { state, speed, index, training } = describeStatus(view, l10n.t);
  const chosen = await window.showQuickPick(rows.map(itemOf), {
    title: `Hearth: ${state}`,
    placeHolder: [speed, index, training].filter(Boolean).join(' · '),
  });
  if (chosen?.command) await commands.executeCommand(...chosen.command);
}

function itemOf(row: MenuRow): QuickPickItem & { readonly command?: MenuEntry['command'] } {
  if (row.kind === 'group') return { label: row.label, kind: QuickPickItemKind.Separator };
  return {
    label: row.label,
    command: row.command,
    ...(row.description !== undefined && { description: row.description }),
  };
}
