import { commands, Disposable, l10n, type LogOutputChannel, type QuickPickItem, window } from 'vscode';
import { registerCommand } from './command.ts';
import { currentSettings } from './currentSettings.ts';
import { focusedDocument } from './focusedDocument.ts';
import { languageName } from './languageName.ts';
import { type MenuEntry, menuEntries } from './menuEntries.ts';
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
  const entries: (QuickPickItem & MenuEntry)[] = menuEntries(
    {
      settings: currentSettings(),
      language: languageId === undefined ? undefined : { id: languageId, name: languageName(languageId) },
      modelName: view.status.model?.name,
      extensionId,
    },
    l10n.t,
  );
  const { state, speed } = describeStatus(view, l10n.t);
  const chosen = await window.showQuickPick(entries, {
    title: `Hearth: ${state}`,
    ...(speed && { placeHolder: speed }),
  });
  if (chosen) await commands.executeCommand(...chosen.command);
}
