import type { Connection } from 'vscode-languageserver';
import { fileOf } from '../../base/fileOf.ts';
import {
  ChatMessage,
  type ChooseBranch,
  type CommandList,
  type ListConversations,
  type OneConversation,
  type OneFolder,
  type RenameConversation,
  type SendChat,
} from '../../protocol/chatMessages.ts';
import type { Chats } from './chats.ts';
import { problemRequests } from './problemRequests.ts';

/** Everything the client can ask and order about conversations. */
export function serveChat(
  connection: Connection,
  chats: Chats,
  commands: (folder: string | undefined) => Promise<CommandList>,
): void {
  const serve = problemRequests(connection);
  serve(ChatMessage.send, (params: SendChat, signal) => chats.send(params, signal));
  serve(ChatMessage.preview, (params: SendChat, signal) => chats.preview(params, signal));
  serve(ChatMessage.stop, (params: OneConversation) => chats.stop(params));
  serve(ChatMessage.commands, ({ folder }: OneFolder) => commands(fileOf(folder)));
  serve(ChatMessage.list, (params: ListConversations) => chats.list(params));
  serve(ChatMessage.open, (params: OneConversation) => chats.open(params));
  serve(ChatMessage.choose, (params: ChooseBranch) => chats.choose(params));
  serve(ChatMessage.rename, (params: RenameConversation) => chats.rename(params));
  serve(ChatMessage.delete, (params: OneConversation) => chats.delete(params));
  serve(ChatMessage.deleteAll, (params: OneFolder) => chats.deleteAll(params));
  serve(ChatMessage.export, (params: OneConversation) => chats.export(params));
}
