import { type CancellationToken, type Connection, ResponseError } from 'vscode-languageserver';
import { fileOf } from '../../base/fileOf.ts';
import {
  ChatMessage,
  chatProblemCode,
  type ChooseBranch,
  type CommandList,
  type ListConversations,
  type OneConversation,
  type OneFolder,
  type RenameConversation,
  type SendChat,
} from '../../protocol/chatMessages.ts';
import { type Problem, ProblemError } from '../../protocol/problems.ts';
import { abortSignal } from '../abortSignal.ts';
import type { Chats } from './chats.ts';

/** Everything the client can ask and order about conversations. */
export function serveChat(
  connection: Connection,
  chats: Chats,
  commands: (folder: string | undefined) => Promise<CommandList>,
): void {
  const serve = (message: string, work: (params: never, signal: AbortSignal) => Promise<unknown>) =>
    connection.onRequest<unknown, Problem>(message, async (params: never, token: CancellationToken) => {
      try {
        return await work(params, abortSignal(token));
      } catch (cause) {
        if (!(cause instanceof ProblemError)) throw cause;
        throw new ResponseError<Problem>(chatProblemCode, cause.message, cause.problem);
      }
    });
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
