import { CancellationError, type Disposable, EventEmitter, l10n, LanguageModelTextPart, type Progress } from 'vscode';
import type { CancellationToken, Event } from 'vscode';
import type { ChatModelInfo } from '../../protocol/chatMessages.ts';
import type { EngineStatus } from '../../protocol/messages.ts';
import { requestError } from '../requestError.ts';
import type { ChatProvider, ChatProviderModel, RequestMessage, RequestOptions } from './chatProviderApi.ts';
import type { CompletionClient } from './completionClient.ts';
import { messagesOf, textOfPart } from './requestMessages.ts';

/** As `vendor` in the manifest. */
export const vendor = 'hearth';

/** Of the context: what an answer may have at most. */
const answerShare = 0.25;
const mostAnswer = 4_096;

export interface ModelProviderOptions {
  readonly completion: CompletionClient;
  readonly onStatus: Event<EngineStatus>;
}

/** The engine's chat model for VS Code's own chat, and for every extension that the user lets ask it. */
export class ModelProvider implements ChatProvider, Disposable {
  readonly #completion: CompletionClient;
  readonly #changed = new EventEmitter<void>();
  readonly #following: Disposable;
  readonly onDidChangeLanguageModelChatInformation = this.#changed.event;

  constructor({ completion, onStatus }: ModelProviderOptions) {
    this.#completion = completion;
    let last = '';
    this.#following = onStatus(({ state, model, server }) => {
      // Not at each word: thinking or not, it is the same model.
      const now = JSON.stringify([state === 'ready' || state === 'thinking', model?.id, server]);
      if (now === last) return;
      last = now;
      this.#changed.fire();
    });
  }

  async provideLanguageModelChatInformation(): Promise<ChatProviderModel[]> {
    // While the engine is down there is no model, which is no reason to complain here.
    const info = await this.#completion.model().catch(() => null);
    return info === null ? [] : [modelOf(info)];
  }

  async provideLanguageModelChatResponse(
    { maxOutputTokens }: ChatProviderModel,
    messages: readonly RequestMessage[],
    { modelOptions = {} }: RequestOptions,
    progress: Progress<LanguageModelTextPart>,
    token: CancellationToken,
  ): Promise<void> {
    const { temperature, max_tokens: maxTokens } = modelOptions;
    try {
      await this.#completion.complete(
        {
          messages: messagesOf(messages),
          maxTokens: typeof maxTokens === 'number' ? Math.min(maxTokens, maxOutputTokens) : maxOutputTokens,
          ...(typeof temperature === 'number' ? { temperature } : {}),
        },
        (text) => progress.report(new LanguageModelTextPart(text)),
        token,
      );
    } catch (cause) {
      if (token.isCancellationRequested) throw new CancellationError();
      throw requestError(cause);
    }
  }

  provideTokenCount(_: ChatProviderModel, text: string | RequestMessage): Promise<number> {
    return this.#completion.countTokens(typeof text === 'string' ? text : text.content.map(textOfPart).join(''));
  }

  dispose(): void {
    this.#following.dispose();
    this.#changed.dispose();
  }
}

function modelOf({ kind, name, contextSize }: ChatModelInfo): ChatProviderModel {
  const maxOutputTokens = Math.min(mostAnswer, Math.floor(contextSize * answerShare));
  return {
    // The same model to whoever remembers it, whatever runs behind it.
    id: kind,
    name,
    family: name,
    version: '1',
    detail: kind === 'local' ? l10n.t('on this machine') : l10n.t('on your server'),
    maxInputTokens: contextSize - maxOutputTokens,
    maxOutputTokens,
    capabilities: {},
  };
}
