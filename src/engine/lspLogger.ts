import type { Connection } from 'vscode-languageserver';
import { errorText, type Logger } from '../base/logger.ts';

/** Logs to the client's output channel. Debug lines go there as well: the client decides which level it shows. */
export function lspLogger(connection: Connection): Logger {
  return {
    debug: (message) => connection.console.debug(message),
    info: (message) => connection.console.info(message),
    warn: (message) => connection.console.warn(message),
    error: (message, cause) =>
      connection.console.error(cause === undefined ? message : `${message}: ${errorText(cause)}`),
  };
}
