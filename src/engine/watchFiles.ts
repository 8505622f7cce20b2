import {
  type ClientCapabilities,
  type Connection,
  DidChangeWatchedFilesNotification,
  type WorkspaceFolder,
} from 'vscode-languageserver';

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

/** Called once the client is initialized. Tells of all workspace folders whenever one was opened or closed. */
export function watchFolders(
  connection: Connection,
  client: ClientCapabilities,
  onFolders: (folders: WorkspaceFolder[] | null) => void,
): void {
  // The connection throws for a client that cannot.
  if (client.workspace?.workspaceFolders !== true) return;
  connection.workspace.onDidChangeWorkspaceFolders(async () => {
    onFolders(await connection.workspace.getWorkspaceFolders());
  });
}
