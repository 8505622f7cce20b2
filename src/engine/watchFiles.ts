import { type ClientCapabilities, type Connection, DidChangeWatchedFilesNotification } from 'vscode-languageserver';

/**
 * Called once the client is initialized. Tells of every file and folder that is made, changed or deleted, if the client
 * can; a bare one tells of what it likes.
 */
export function watchFiles(
  connection: Connection,
  client: ClientCapabilities,
  onChanged: (uris: readonly string[]) => void,
): void {
  connection.onDidChangeWatchedFiles(({ changes }) => onChanged(changes.map(({ uri }) => uri)));
  if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) return;
  void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] });
}
