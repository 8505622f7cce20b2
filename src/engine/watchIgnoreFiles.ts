import { type ClientCapabilities, type Connection, DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import { fileOf } from '../base/fileOf.ts';
import { ignoreFileName } from '../privacy/ignoreFile.ts';
import type { Exclusion } from '../privacy/exclusion.ts';

/** Called once the client is initialized. Has a changed `.hearthignore` take effect at once, not only when verdicts expire. */
export function watchIgnoreFiles(connection: Connection, exclusion: Exclusion, client: ClientCapabilities): void {
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) exclusion.changed(fileOf(uri) ?? uri);
  });
  if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) return;
  const watchers = [{ globPattern: `**/${ignoreFileName}` }];
  void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}
