import { randomUUID } from 'node:crypto';
import type { CancellationToken } from 'vscode';
import {
  type AskChat,
  ChatMessage,
  type ChatModelInfo,
  type CompleteChat,
  type CompletedChat,
  type CompletionDelta,
  type CountTokens,
} from '../../protocol/chatMessages.ts';
import type { EngineRequest } from '../indexClient.ts';

/** What others in the editor may ask the engine's chat model. All of it rejects while there is no engine. */
export class CompletionClient {
  readonly #request: EngineRequest;
  readonly #listeners = new Map<string, (text: string) => void>();

  constructor(request: EngineRequest) {
    this.#request = request;
  }

  /** Null where nobody can answer. */
  model(): Promise<ChatModelInfo | null> {
    return this.#request(ChatMessage.model);
  }

  countTokens(text: string): Promise<number> {
    const params: CountTokens = { text };
    return this.#request(ChatMessage.countTokens, params);
  }

  complete(
    asked: Omit<CompleteChat, 'id'>,
    onText: (text: string) => void,
    token: CancellationToken,
  ): Promise<CompletedChat> {
    return this.#streamed(ChatMessage.complete, asked, onText, token);
  }

  ask(asked: Omit<AskChat, 'id'>, onText: (text: string) => void, token: CancellationToken): Promise<CompletedChat> {
    return this.#streamed(ChatMessage.ask, asked, onText, token);
  }

  /** What the engine tells while it answers. */
  receive({ id, text }: CompletionDelta): void {
    this.#listeners.get(id)?.(text);
  }

  async #streamed(
    message: string,
    asked: object,
    onText: (text: string) => void,
    token: CancellationToken,
  ): Promise<CompletedChat> {
    const id = randomUUID();
    this.#listeners.set(id, onText);
    try {
      return await this.#request(message, { ...asked, id }, token);
    } finally {
      this.#listeners.delete(id);
    }
  }
}
