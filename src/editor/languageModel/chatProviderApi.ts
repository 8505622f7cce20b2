import {
  type CancellationToken,
  type Disposable,
  type Event,
  type LanguageModelChatMessage,
  type LanguageModelTextPart,
  lm,
  type Progress,
} from 'vscode';

/**
 * The part of VS Code's API by which an extension provides language models, stable since 1.104. The types that Hearth is
 * built against are those of the oldest VS Code that it runs in, so what is used of it stands here.
 */
export interface ChatProvider {
  /** The models are another set from now on. */
  readonly onDidChangeLanguageModelChatInformation: Event<void>;
  provideLanguageModelChatInformation(options: object, token: CancellationToken): Promise<ChatProviderModel[]>;
  /** Resolves when the answer is complete. */
  provideLanguageModelChatResponse(
    model: ChatProviderModel,
    messages: readonly RequestMessage[],
    options: RequestOptions,
    progress: Progress<LanguageModelTextPart>,
    token: CancellationToken,
  ): Promise<void>;
  provideTokenCount(model: ChatProviderModel, text: string | RequestMessage, token: CancellationToken): Promise<number>;
}

export interface ChatProviderModel {
  /** Of this provider. */
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly version: string;
  readonly detail?: string;
  readonly maxInputTokens: number;
  readonly maxOutputTokens: number;
  readonly capabilities: { readonly imageInput?: boolean; readonly toolCalling?: boolean | number };
}

/** Its parts may be of kinds that came later. */
export interface RequestMessage extends Pick<LanguageModelChatMessage, 'role'> {
  readonly content: readonly unknown[];
}

export interface RequestOptions {
  readonly modelOptions?: Readonly<Record<string, unknown>>;
}

/** Undefined where VS Code is older, or lacks it. */
export function registerChatProvider(vendor: string, provider: ChatProvider): Disposable | undefined {
  const newer: typeof lm & {
    readonly registerLanguageModelChatProvider?: (vendor: string, provider: ChatProvider) => Disposable;
  } = lm;
  return newer.registerLanguageModelChatProvider?.(vendor, provider);
}
