import { setImmediate } from 'node:timers/promises';
import type { LlamaModel } from 'node-llama-cpp';
import type { GenerateChunk, GenerateRequest, GenerateStats, PromptPart } from '../generate.ts';
import type { EncodedSample, EncodeRequest, ScoreRequest, ScoreResult } from '../score.ts';
import { Decoder, type DecoderParts } from './decoder.ts';
import { Evaluation, type EvaluationParts } from './evaluation.ts';
import { PromptTokens } from './promptTokens.ts';
import { Scorer } from './scorer.ts';

/** What is typed in and the chats beside it. */
const promptCacheCharacters = 1_000_000;
/** A cache of its own: thousands of samples would drive out what the user is typing in. */
const sampleCacheCharacters = 100_000;

export interface SessionParts
  extends EvaluationParts,
    Pick<DecoderParts, 'vocabulary' | 'contextSizes' | 'biasTowards'> {
  readonly model: LlamaModel;
}

/** A loaded model that answers several requests at once, reusing what earlier ones left in the KV cache. */
export class Session {
  readonly #evaluation: Evaluation;
  readonly #decoder: Decoder;
  readonly #scorer: Scorer;
  readonly #promptTokens: PromptTokens;
  readonly #sampleTokens: PromptTokens;

  constructor(parts: SessionParts) {
    const evaluation = new Evaluation(parts);
    this.#evaluation = evaluation;
    this.#sampleTokens = new PromptTokens(parts.model, sampleCacheCharacters);
    this.#promptTokens = new PromptTokens(parts.model, promptCacheCharacters);
    this.#decoder = new Decoder({ ...parts, evaluation, promptTokens: this.#promptTokens });
    this.#scorer = new Scorer({ evaluation, promptTokens: this.#sampleTokens, contextSize: parts.contextSizes.short });
  }

  /** Answers one request; `onChunk` gets new output as it comes. Rejects with the signal's reason when aborted. */
  generate(
    request: GenerateRequest,
    onChunk: (chunk: GenerateChunk) => void,
    signal: AbortSignal,
  ): Promise<GenerateStats> {
    const { priority, room = 'short' } = request;
    return this.#evaluation.announce({ priority, room }, () => this.#decoder.generate(request, onChunk, signal));
  }

  /** See `Score`. */
  score(request: ScoreRequest, signal: AbortSignal): Promise<ScoreResult> {
    return this.#scorer.score(request, signal);
  }

  /** See `Encode`. */
  async encode({ samples }: EncodeRequest, signal: AbortSignal): Promise<EncodedSample[]> {
    const encoded: EncodedSample[] = [];
    for (const sample of samples) {
      // Messages of those who type get in between two samples.
      await setImmediate();
      await this.#evaluation.quiet('background', signal);
      encoded.push(this.#sampleTokens.ofSample(sample));
    }
    return encoded;
  }

  /** See `CountTokens`. */
  async countTokens(prompts: readonly (readonly PromptPart[])[], signal: AbortSignal): Promise<number[]> {
    const counts: number[] = [];
    for (const prompt of prompts) {
      await setImmediate();
      await this.#evaluation.quiet('chat', signal);
      counts.push(this.#promptTokens.ofPrompt(prompt).length);
    }
    return counts;
  }
}
