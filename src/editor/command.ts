import { commands, type Disposable, l10n, type LogOutputChannel, window } from 'vscode';
import { errorText } from '../base/logger.ts';

/** Registers a command whose failure is logged and told, whoever ran it. Its arguments may be anything. */
export function registerCommand(
  id: string,
  log: LogOutputChannel,
  run: (...args: unknown[]) => Promise<void> | void,
): Disposable {
  return commands.registerCommand(id, async (...args: unknown[]) => {
    try {
      await run(...args);
    } catch (cause) {
      log.error(`${id}: ${errorText(cause)}`);
      const showLog = l10n.t('Show Log');
      void window
        .showErrorMessage(l10n.t('Hearth could not do that: {0}', errorText(cause)), showLog)
        .then((chosen) => chosen === showLog && log.show());
    }
  });
}
