/**
 * The contract between whoever wants text (completion pipeline, chat) and whoever runs the model (host client).
 * Pure types: both sides import it, neither imports the other.
 */

/** A piece of a prompt. Control pieces hold special tokens; text never does, whatever it contains. */
export type PromptPart = { readonly control: string } | { readonly text: string };

/** A LoRA adapter on top of the model. */
export interface AdapterUse {
  /** Absolute path of its GGUF. The file is read once; a path never gets other content. */
  readonly path: string;
  /** 1 as trained; 0 is off. */
  readonly scale: number;
}

/**
 * Who goes first: typing, then chat, then background work (speculation, warm-up, proofs). Whoever is preceded gives way
 * within one token or one slice of its prompt, and goes on where it was.
 */
export type Priority = 'typing' | 'chat' | 'background';

export interface GenerateRequest {
  /** In evaluation order. Keep what changes at the end: only tokens after the first difference are evaluated again. */
  readonly prompt: readonly PromptPart[];
  /**
   * Text the answer is made to begin with (what the user typed since the prompt was laid out). Not part of the output.
   * The host heals its last token: `ret` may become the token `return`, and the output is then `urn`.
   */
  readonly typed: string;
  readonly maxTokens: number;
  /** Generation ends before whichever of these strings the output completes first. */
  readonly stop: readonly string[];
  /** 0 is greedy. */
  readonly temperature: number;
  readonly seed?: number;
  readonly priority: Priority;
  /** In order; absent or empty: the bare model. Each stack of adapters has KV caches of its own. */
  readonly adapters?: readonly AdapterUse[];
  /**
   * `long`: room for `ChatFacts.contextSize` tokens, in KV caches that completions never touch. It is opened when first
   * asked for, which takes up to a second, and closed when nobody has asked for a while. Absent: `contextSize` tokens.
   */
  readonly room?: 'long';
  /**
   * Text that the output will probably repeat in large parts, such as the file that is being rewritten: what follows in
   * it is tried several tokens at a time. The output is what it would be without, but for ties that rounding decides.
   */
  readonly lookup?: string;
}

/** New output. Concatenated chunk texts are the whole output; a chunk never ends inside a UTF-8 sequence. */
export interface GenerateChunk {
  readonly text: string;
  /**
   * Natural logarithm of the probabilities of the tokens in this chunk, summed. Greedy with a `lookup` it is not asked for
   * and 0: it would make each token that is tried dearer by a tenth.
   */
  readonly logProbability: number;
  readonly tokens: number;
}

export interface GenerateStats {
  readonly promptTokens: number;
  /** How many of the prompt's tokens were already in the KV cache. */
  readonly reusedTokens: number;
  readonly generatedTokens: number;
  readonly prefillMs: number;
  readonly decodeMs: number;
  readonly end: 'endOfText' | 'stop' | 'length';
  /** With `lookup`: how many tokens were tried, and how many of them were what the model wrote. */
  readonly lookup?: { readonly tried: number; readonly taken: number };
}

/**
 * Streams the output; the generator's return value is the statistics. Aborting the signal (or leaving the loop) stops
 * the model within one token, and the abort is thrown as `AbortError`. Throws `ModelUnavailable` while no model is up,
 * `PromptTooLong` when nothing can be written after the prompt, and `AdapterUnavailable` when the model is up and an
 * adapter cannot be used.
 */
export type Generate = (request: GenerateRequest, signal: AbortSignal) => AsyncGenerator<GenerateChunk, GenerateStats>;

/**
 * How many tokens each prompt has, of any length, exactly as `Generate` reads it. Gives way to typing. Rejects with
 * `ModelUnavailable` or the signal's reason.
 */
export type CountTokens = (
  prompts: readonly (readonly PromptPart[])[],
  signal: AbortSignal,
) => Promise<readonly number[]>;

/** No model is up right now (loading, restarting, gave up): the caller shows nothing and does not wait. */
export class ModelUnavailable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'ModelUnavailable';
  }
}

/** The prompt leaves no token to write. A long room is smaller than planned where memory was short when it was opened. */
export class PromptTooLong extends Error {
  readonly promptTokens: number;
  /** Tokens that there is room for, prompt and output together. */
  readonly contextSize: number;

  constructor(promptTokens: number, contextSize: number) {
    super(`The prompt has ${promptTokens} tokens; this model takes fewer than ${contextSize}.`);
    this.name = 'PromptTooLong';
    this.promptTokens = promptTokens;
    this.contextSize = contextSize;
  }
}

/** `missing`: it cannot be read. `unusable`: it is no adapter, or not for this model. */
export type AdapterFault = 'missing' | 'unusable' | 'outOfMemory';

/** An adapter of the request cannot be used. The same request without adapters can be answered. */
export class AdapterUnavailable extends Error {
  readonly fault: AdapterFault;
  readonly path: string;
  readonly reason: string;

  constructor(fault: AdapterFault, path: string, reason: string) {
    super(`The adapter ${path} cannot be used: ${reason}`);
    this.name = 'AdapterUnavailable';
    this.fault = fault;
    this.path = path;
    this.reason = reason;
  }
}

/** What has to be known of a model to chat with it. */
export interface ChatFacts {
  /** `tokenizer.chat_template` of its GGUF: a Jinja program by whoever made the file. */
  readonly template: string;
  /** Texts of its tokens for the beginning and the end; '' for one that it lacks. */
  readonly bos: string;
  readonly eos: string;
  /** Tokens one request with `room: 'long'` may use, prompt and output together; never fewer than without. */
  readonly contextSize: number;
}

/** What has to be known of the loaded model. */
export interface LoadedModel {
  /** Catalogue id, or the path of a local GGUF. */
  readonly id: string;
  readonly name: string;
  /** GGUF `general.architecture`, e.g. `qwen2`. */
  readonly architecture: string;
  /** Tokens one request may use, prompt and output together. */
  readonly contextSize: number;
  /** Mean characters per token on code; for budgets in characters. */
  readonly charactersPerToken: number;
  /** The markers of the FIM format that fits this model, from `completion/fimFormats.ts`; absent when it knows none. */
  readonly fimFormat?: string;
  /** The token with which this model ends a middle; absent when its vocabulary has none. */
  readonly fimEnd?: string;
  /** Absent for a model without a chat template: it cannot chat. */
  readonly chat?: ChatFacts;
  /** Length of its vectors; absent unless it was loaded to embed. */
  readonly dimensions?: number;
  /** `cpu`, or the GPU backend and the layers on it, e.g. `vulkan 24/28`. */
  readonly device: string;
}
