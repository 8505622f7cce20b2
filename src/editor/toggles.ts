import { ConfigurationTarget, Disposable, l10n, type LogOutputChannel, window, workspace } from 'vscode';
import { registerCommand } from './command.ts';
import { currentSettings } from './currentSettings.ts';
import { focusedDocument } from './focusedDocument.ts';
import { languageName } from './languageName.ts';
import { switchLanguage, writeTarget } from './switches.ts';

const targets = { global: ConfigurationTarget.Global, workspace: ConfigurationTarget.Workspace };

/** Ghost text on and off: everywhere, or for the language of the focused document. */
export function offerToggles(log: LogOutputChannel): Disposable {
  return Disposable.from(
    registerCommand('hearth.toggle', log, toggle),
    registerCommand('hearth.toggleLanguage', log, toggleLanguage),
  );
}

async function toggle(): Promise<void> {
  const section = workspace.getConfiguration('hearth');
  const on = !currentSettings().enable;
  await section.update('enable', on, targets[writeTarget(section.inspect('enable'))]);
  confirm(on ? l10n.t('Hearth: ghost text is on') : l10n.t('Hearth: ghost text is off'));
}

async function toggleLanguage(): Promise<void> {
  const languageId = focusedDocument()?.languageId;
  if (languageId === undefined) {
    void window.showInformationMessage(l10n.t('Open a file first: its language is the one to switch.'));
    return;
  }
  const section = workspace.getConfiguration('hearth');
  const on = currentSettings().languages[languageId] === false;
  const change = switchLanguage(section.inspect<Record<string, boolean>>('languages'), languageId, on);
  await section.update('languages', change.value, targets[change.target]);
  const name = languageName(languageId);
  confirm(on ? l10n.t('Hearth: ghost text is on for {0}', name) : l10n.t('Hearth: ghost text is off for {0}', name));
}

function confirm(message: string): void {
  window.setStatusBarMessage(message, 3000);
}
