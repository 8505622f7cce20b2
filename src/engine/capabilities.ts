import { type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import { acceptedCommand } from '../protocol/messages.ts';

/** What the engine tells an LSP client that it can do. */
export const capabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  notebookDocumentSync: { notebookSelector: [{ notebook: '*' }] },
  inlineCompletionProvider: true,
  executeCommandProvider: { commands: [acceptedCommand] },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};
