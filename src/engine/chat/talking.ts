import { join } from 'node:path';
import type { Connection } from 'vscode-languageserver';
import type { Logger } from '../../base/logger.ts';
import { ChatMessage } from '../../protocol/chatMessages.ts';
import type { Problem, Translate } from '../../protocol/problems.ts';
import type { Exclusion } from '../../privacy/exclusion.ts';
import type { OpenDocuments } from '../openDocuments.ts';
import type { Workspace } from '../workspace.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import type { CurrentChatModel } from './chatModel.ts';
import { Chats } from './chats.ts';
import { createEditorSources } from './context/editorSources.ts';
import { createFileSources } from './context/fileSources.ts';
import { createGitSource } from './context/gitSource.ts';
import { createIndexSources, passages } from './context/indexSources.ts';
import { WorkspaceFiles } from './context/workspaceFiles.ts';
import { commandList, workspaceCommands } from './promptFiles.ts';
import { serveChat } from './serveChat.ts';
import { type CompletionParts, serveCompletion } from './serveCompletion.ts';

export interface TalkingOptions {
  readonly connection: Connection;
  readonly dataFolder: string;
  readonly documents: OpenDocuments;
  readonly workspace: Workspace;
  readonly exclusion: Exclusion;
  readonly index: WorkspaceIndex;
  readonly model: CurrentChatModel;
  readonly whyNoModel: () => Problem | undefined;
  readonly modelKnown: (signal: AbortSignal) => Promise<void>;
  /** How the user writes code in a language; '' where nothing is known. */
  readonly style: (folder: string | undefined, languageId: string) => string;
  readonly t: Translate;
  readonly log: Logger;
  readonly onProblem: (problem: Problem) => void;
}

/** Introduces conversations, the workspace and a model to each other, and answers the client from now on. */
export function createTalking(options: TalkingOptions): AsyncDisposable {
  const { connection, dataFolder, workspace, exclusion } = options;
  const files = new WorkspaceFiles(workspace);
  const asking: CompletionParts = {
    ...options,
    sources: {
      ...createFileSources(files),
      ...createEditorSources(options),
      ...createIndexSources(options),
      ...createGitSource(exclusion),
    },
    passages: (question, signal) => passages(options, question, signal),
    commands: async (folder) => (await workspaceCommands(files, folder)).commands,
  };
  const chats = new Chats({
    ...options,
    ...asking,
    chatsFolder: join(dataFolder, 'chats'),
    onBegan: (began) => void connection.sendNotification(ChatMessage.began, began),
    onDelta: (delta) => void connection.sendNotification(ChatMessage.delta, delta),
  });
  serveChat(connection, chats, async (folder) => commandList(await workspaceCommands(files, folder)));
  serveCompletion(connection, asking);
  return chats;
}
