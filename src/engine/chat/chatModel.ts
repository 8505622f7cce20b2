import type { RoleMessage } from '../../chat/promptPart.ts';

/** A model that answers, wherever it runs, as the rooms that ask it see it. */
export interface ChatModel {
  readonly kind: 'local' | 'server';
  /** For people. */
  readonly name: string;
  /** Tokens that prompt and answer may have together. */
  readonly contextSize: number;
  /** What its template adds around a message, in tokens; rather more than less. */
  readonly perMessage: number;
  /** About how many tokens a text has; at once, and rather more than less. `tokensOf` knows. */
  estimate(text: string): number;
  /** How many tokens the prompt of these messages has. Rejects with the signal's reason, or when the model is gone. */
  tokensOf(messages: readonly RoleMessage[], signal: AbortSignal): Promise<number>;
  /**
   * Lets it answer the last message. `onText` gets what it writes as it comes, without the thoughts of a model that
   * thinks first. Rejects with the signal's reason, or with a `ProblemError` that says what to do.
   */
  answer(question: ModelQuestion, onText: (text: string) => void, signal: AbortSignal): Promise<ModelAnswer>;
}

export interface ModelQuestion {
  readonly messages: readonly RoleMessage[];
  readonly maxTokens: number;
  /** 0 is greedy. */
  readonly temperature: number;
  /** Text that the answer will repeat in large parts: makes it quicker, and changes nothing else. */
  readonly lookup?: string;
}

export interface ModelAnswer {
  /** All of it, without thoughts. */
  readonly text: string;
  /** `length`: it ends because there was no more room. */
  readonly end: 'complete' | 'length';
  readonly promptTokens: number;
  readonly tokens: number;
  /** From asking to the first text. */
  readonly firstTokenMs: number;
  /** While it was writing; undefined for answers too short to tell. */
  readonly tokensPerSecond?: number;
}

/** The model that answers now; undefined while there is none that can. */
export type CurrentChatModel = () => ChatModel | undefined;
