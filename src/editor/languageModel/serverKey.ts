import { commands, Disposable, l10n, type LogOutputChannel, type SecretStorage, window } from 'vscode';
import { registerCommand } from '../command.ts';
import { currentSettings } from '../currentSettings.ts';
import { isKey, originOf } from './serverOrigin.ts';

/** The key that the user keeps for a server, by its origin: one server never gets another's. */
export async function serverKeyOf(secrets: SecretStorage, origin: string): Promise<string | undefined> {
  return secrets.get(secretName(origin));
}

/** The commands around `hearth.server`: its key, which lies in the system's key store, and the setting itself. */
export function offerServer(secrets: SecretStorage, log: LogOutputChannel): Disposable {
  return Disposable.from(
    registerCommand('hearth.setServerKey', log, () => setKey(secrets)),
    registerCommand('hearth.openServerSetting', log, openSetting),
  );
}

async function openSetting(): Promise<void> {
  await commands.executeCommand('workbench.action.openSettings', 'hearth.server');
}

async function setKey(secrets: SecretStorage): Promise<void> {
  const origin = originOf(currentSettings().server);
  if (origin === undefined) {
    const open = l10n.t('Open Settings');
    const chosen = await window.showInformationMessage(
      l10n.t('There is no server that a key could be for. Enter its address in the setting hearth.server first.'),
      open,
    );
    if (chosen === open) await openSetting();
    return;
  }
  const key = await window.showInputBox({
    title: l10n.t('Key for {0}', origin),
    prompt: l10n.t(
      'It is sent to this server only, and lies in the key store of your system. Leave it empty to forget it.',
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === '' || isKey(value.trim())
        ? undefined
        : l10n.t('A key has letters, digits and signs, and no spaces.'),
  });
  if (key === undefined) return;
  if (key.trim() === '') await secrets.delete(secretName(origin));
  else await secrets.store(secretName(origin), key.trim());
  window.setStatusBarMessage(
    key.trim() === '' ? l10n.t('Hearth: the key is forgotten') : l10n.t('Hearth: the key is kept'),
    3000,
  );
}

function secretName(origin: string): string {
  return `hearth.serverKey ${origin}`;
}
