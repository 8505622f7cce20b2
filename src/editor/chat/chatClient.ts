import { CancellationTokenSource, type Disposable, type Event, EventEmitter } from 'vscode';
import {
  type ChatBegan,
  type ChatDelta,
  ChatMessage,
  type ChatTurn,
  type ChooseBranch,
  type CommandList,
  type Conversation,
  type ConversationPage,
  type ExportedChat,
  type ListConversations,
  type OneConversation,
  type OneFolder,
  type PromptContents,
  type RenameConversation,
  type SendChat,
} from '../../protocol/chatMessages.ts';
import type { EngineRequest } from '../indexClient.ts';

/** The chat as the rest of the editor side sees it: what the engine is asked, and what it tells while it answers. */
export class ChatClient implements Disposable {
  readonly #request: EngineRequest;
  readonly #began = new EventEmitter<ChatBegan>();
  readonly #wrote = new EventEmitter<ChatDelta>();

  constructor(request: EngineRequest) {
    this.#request = request;
  }

  readonly onBegan: Event<ChatBegan> = this.#began.event;
  readonly onDelta: Event<ChatDelta> = this.#wrote.event;

  /** Resolves to the answer, whatever became of it; rejects when the engine is gone. */
  send(question: SendChat): Promise<ChatTurn> {
    return this.#request(ChatMessage.send, question);
  }

  /** Resolves when the answer has ended; at once where there is none. */
  stop(conversation: OneConversation): Promise<void> {
    return this.#request(ChatMessage.stop, conversation);
  }

  /** Rejects when it is aborted. */
  async preview(question: SendChat, signal: AbortSignal): Promise<PromptContents> {
    const source = new CancellationTokenSource();
    const cancel = () => source.cancel();
    signal.addEventListener('abort', cancel);
    try {
      return await this.#request(ChatMessage.preview, question, source.token);
    } finally {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  }

  commands(folder: OneFolder): Promise<CommandList> {
    return this.#request(ChatMessage.commands, folder);
  }

  list(wanted: ListConversations): Promise<ConversationPage> {
    return this.#request(ChatMessage.list, wanted);
  }

  open(conversation: OneConversation): Promise<Conversation> {
    return this.#request(ChatMessage.open, conversation);
  }

  choose(branch: ChooseBranch): Promise<Conversation> {
    return this.#request(ChatMessage.choose, branch);
  }

  rename(title: RenameConversation): Promise<void> {
    return this.#request(ChatMessage.rename, title);
  }

  delete(conversation: OneConversation): Promise<void> {
    return this.#request(ChatMessage.delete, conversation);
  }

  deleteAll(folder: OneFolder): Promise<void> {
    return this.#request(ChatMessage.deleteAll, folder);
  }

  export(conversation: OneConversation): Promise<ExportedChat> {
    return this.#request(ChatMessage.export, conversation);
  }

  /** What the engine tells while it answers. */
  receive(what: { readonly began: ChatBegan } | { readonly delta: ChatDelta }): void {
    if ('began' in what) this.#began.fire(what.began);
    else this.#wrote.fire(what.delta);
  }

  dispose(): void {
    this.#began.dispose();
    this.#wrote.dispose();
  }
}
