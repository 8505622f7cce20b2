import {
  commands,
  env,
  FileType,
  l10n,
  type LogOutputChannel,
  type Memento,
  Range,
  Uri,
  window,
  workspace,
} from 'vscode';
import { errorText } from '../../base/logger.ts';
import type { Mention, OneConversation } from '../../protocol/chatMessages.ts';
import type { PlanAnswer } from '../../protocol/editMessages.ts';
import { plainLine } from '../formats.ts';
import type { ChatDesk } from './chatDesk.ts';
import { editorState } from './editorState.ts';
import { failureText } from './failureText.ts';
import { namesInFolder, pathIn } from './namesInFolder.ts';
import { pickAttachment } from './pickAttachment.ts';

const keptKey = 'hearth.chat.conversation';

export interface ChatDeskOptions {
  readonly log: LogOutputChannel;
  readonly kept: Memento;
  readonly terminal: () => string | undefined;
  readonly apply: (answer: PlanAnswer) => Promise<void>;
}

/** VS Code, as the chat view needs it. */
export function vscodeChatDesk({ log, kept, terminal, apply }: ChatDeskOptions): ChatDesk {
  return {
    folder: frontFolder,
    editor: editorState,
    terminal,
    names: namesInFolder,
    pickAttachment,
    mentionsOf,
    openPlace,
    copy: async (text) => {
      await env.clipboard.writeText(text);
      window.setStatusBarMessage(l10n.t('Hearth: copied'), 2000);
    },
    insert,
    apply: (answer) => {
      const uri = window.activeTextEditor?.document.uri.toString();
      return apply({ ...answer, ...(uri !== undefined && { target: { uri } }) });
    },
    askTitle: async (now) => {
      const title = await window.showInputBox({ title: l10n.t('A Title for the Conversation'), value: now });
      return title?.trim() || undefined;
    },
    confirmDeletion,
    saveExport,
    kept: () => kept.get<OneConversation>(keptKey),
    keep: (conversation) => void kept.update(keptKey, conversation),
    run: async (command, ...args) => void (await commands.executeCommand(command, ...args)),
    fail: (cause) => {
      log.error(`The chat view: ${errorText(cause)}`);
      void window.showErrorMessage(failureText(cause, l10n.t));
    },
  };
}

/** The folder of the document in front, else the first one. */
function frontFolder(): string {
  const document = window.activeTextEditor?.document;
  const folder = document && workspace.getWorkspaceFolder(document.uri);
  return (folder ?? workspace.workspaceFolders?.[0])?.uri.toString() ?? '';
}

async function mentionsOf(
  uris: readonly string[],
  folder: string,
): Promise<{ mentions: readonly Mention[]; outside: number }> {
  const found = await Promise.all(uris.map((text) => mentionOf(Uri.parse(text), folder)));
  const mentions = found.filter((mention) => mention !== undefined);
  return { mentions, outside: found.length - mentions.length };
}

/** Undefined for what lies elsewhere, or is not there. */
export async function mentionOf(uri: Uri, folder: string): Promise<Mention | undefined> {
  const path = pathIn(folder, uri);
  if (path === undefined) return undefined;
  try {
    const { type } = await workspace.fs.stat(uri);
    return { kind: (type & FileType.Directory) === 0 ? 'file' : 'folder', path };
  } catch {
    return undefined;
  }
}

/** Only files of the workspace: an answer may name any address. */
async function openPlace(address: string, startLine: number, endLine: number): Promise<void> {
  const uri = Uri.parse(address);
  if (!workspace.getWorkspaceFolder(uri)) return;
  const document = await workspace.openTextDocument(uri);
  const last = document.lineAt(Math.min(endLine, document.lineCount) - 1);
  const first = Math.min(startLine, document.lineCount) - 1;
  await window.showTextDocument(document, { selection: new Range(first, 0, last.lineNumber, last.text.length) });
}

async function insert(text: string): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) {
    void window.showInformationMessage(l10n.t('Put the cursor into a file first: the code goes where it is.'));
    return;
  }
  await window.showTextDocument(editor.document, editor.viewColumn);
  await editor.edit((edit) => edit.replace(editor.selection, text));
}

async function confirmDeletion(title: string | undefined): Promise<boolean> {
  const yes = l10n.t('Delete');
  const question =
    title === undefined
      ? l10n.t('Delete all conversations of this folder?')
      : l10n.t('Delete the conversation “{0}”?', plainLine(title, 80));
  const detail = l10n.t('It is gone from this machine then. This cannot be undone.');
  return (await window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

async function saveExport(title: string, markdown: string): Promise<void> {
  const name = `${
    title
      .replace(/[^\p{L}\p{N} _-]+/gu, ' ')
      .trim()
      .slice(0, 60) || 'chat'
  }.md`;
  const [folder] = workspace.workspaceFolders ?? [];
  const uri = await window.showSaveDialog({
    title: l10n.t('Export the Conversation'),
    filters: { Markdown: ['md'] },
    ...(folder && { defaultUri: Uri.joinPath(folder.uri, name) }),
  });
  if (!uri) return;
  await workspace.fs.writeFile(uri, new TextEncoder().encode(markdown));
  await window.showTextDocument(uri);
}
