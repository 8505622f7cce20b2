import type { ControlledEvaluateInputItem, LlamaContextSequence, LlamaModel, Token, TokenBias } from 'node-llama-cpp';
import type { GenerateChunk, GenerateRequest, GenerateStats } from '../generate.ts';
import type { Evaluation, Run } from './evaluation.ts';
import { planHealing, settle } from './healing.ts';
import { OutputText } from './outputText.ts';
import type { PromptTokens } from './promptTokens.ts';
import { TokenCache } from './tokenCache.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Added to the logits of allowed tokens: large enough to outweigh any other, small enough to keep float precision. */
const allowedLogit = 256;
/** Sampling looks at this many of the most probable tokens, which is also what probabilities are computed from. */
const topTokens = 40;
const biasCacheCharacters = 256;

export interface DecoderParts {
  readonly evaluation: Evaluation;
  readonly promptTokens: PromptTokens;
  readonly model: Pick<LlamaModel, 'isEogToken'>;
  readonly vocabulary: Vocabulary<Token>;
  /** Tokens one request may use, prompt and output together. */
  readonly contextSize: number;
  /** Raises the logits of these tokens by `logit`. */
  biasTowards(tokens: readonly Token[], logit: number): TokenBias;
}

interface DecoderRun extends Run {
  readonly request: GenerateRequest;
}

/** Writes what follows a prompt, token by token. */
export class Decoder {
  readonly #parts: DecoderParts;
  /** One entry per text owed by healing: building the bias for a lone space (a third of all tokens) takes 15 ms. */
  readonly #biases: TokenCache<TokenBias>;

  constructor(parts: DecoderParts) {
    this.#parts = parts;
    this.#biases = new TokenCache(
      (owed) => [parts.biasTowards(parts.vocabulary.candidatesFor(owed), allowedLogit)],
      biasCacheCharacters,
    );
    // By far the most frequent and the largest one.
    this.#biases.tokens(' ');
  }

  /** Answers one request; `onChunk` gets new output as it comes. Rejects with the signal's reason when aborted. */
  async generate(
    request: GenerateRequest,
    onChunk: (chunk: GenerateChunk) => void,
    signal: AbortSignal,
  ): Promise<GenerateStats> {
    const { evaluation, promptTokens: encoder, vocabulary, contextSize } = this.#parts;
    const prompt = encoder.ofPrompt(request.prompt);
    const typed = encoder.ofText(request.typed);
    const healing = planHealing(request.typed, typed, vocabulary);
    // The model needs at least one token to start from, so a prompt of nothing but typed text is not healed.
    const healed = prompt.length + healing.kept > 0;
    const tokens = [...prompt, ...(healed ? typed.slice(0, healing.kept) : typed)];
    if (tokens.length === 0) throw new RangeError('The prompt is empty.');
    if (tokens.length >= contextSize)
      throw new RangeError(`The prompt has ${tokens.length} tokens; this model takes fewer than ${contextSize}.`);

    const startMs = performance.now();
    const promptTokens = tokens.length;
    const run = runOf(request, tokens, signal);
    try {
      const reusedTokens = (await evaluation.nextTurn(run)).nextTokenIndex;
      if (request.maxTokens === 0) {
        await evaluation.prefill(run, 'all');
        const prefillMs = performance.now() - startMs;
        return { promptTokens, reusedTokens, generatedTokens: 0, prefillMs, decodeMs: 0, end: 'length' };
      }
      let firstMs = startMs;
      const limit = Math.min(request.maxTokens, contextSize - promptTokens);
      const output = await this.#decode(run, healed ? healing.owed : '', limit, onChunk, () => {
        firstMs = performance.now();
      });
      const prefillMs = firstMs - startMs;
      return { promptTokens, reusedTokens, ...output, prefillMs, decodeMs: performance.now() - firstMs };
    } finally {
      evaluation.giveBack(run);
    }
  }

  async #decode(
    run: DecoderRun,
    owedAtFirst: string,
    limit: number,
    onChunk: (chunk: GenerateChunk) => void,
    onFirst: () => void,
  ): Promise<Pick<GenerateStats, 'generatedTokens' | 'end'>> {
    const { evaluation, model, vocabulary } = this.#parts;
    const text = new OutputText(run.request.stop);
    let owed = owedAtFirst;
    let generatedTokens = 0;
    // Logarithm and number of the tokens whose text has not been final yet.
    let logProbability = 0;
    let unsent = 0;
    const send = (final: string) => {
      if (final === '') return;
      onChunk({ text: final, logProbability, tokens: unsent });
      logProbability = 0;
      unsent = 0;
    };
    for (let step = 0; ; step++) {
      const sequence = await evaluation.prefill(run, 'lastSlice');
      const next = await this.#sample(run, sequence, owed, step);
      if (step === 0) onFirst();
      if (vocabulary.bytesOf(next.token) === '' || model.isEogToken(next.token)) {
        send(text.rest());
        return { generatedTokens, end: 'endOfText' };
      }
      const settled = settle(owed, vocabulary.bytesOf(next.token));
      // Only a vocabulary that cannot write these bytes at all leads here: better no completion than a wrong one.
      if (settled === undefined) return { generatedTokens, end: 'endOfText' };
      owed = settled.owed;
      if (settled.output !== '') {
        generatedTokens++;
        unsent++;
        logProbability += next.logProbability;
        const { text: final, end } = text.push(settled.output);
        send(final);
        if (end !== undefined) return { generatedTokens, end };
      }
      run.tokens.push(next.token);
      if (generatedTokens >= limit || run.tokens.length >= this.#parts.contextSize) {
        send(text.rest());
        return { generatedTokens, end: 'length' };
      }
    }
  }

  /** Reads the unread tokens and draws the next one, in a single pass over the weights. */
  async #sample(
    run: DecoderRun,
    sequence: LlamaContextSequence,
    owed: string,
    step: number,
  ): Promise<{ readonly token: Token; readonly logProbability: number }> {
    const { temperature, seed } = run.request;
    const tokens = run.tokens.slice(sequence.nextTokenIndex);
    const lastToken = tokens.pop();
    if (lastToken === undefined) throw new RangeError('There is nothing left to read.');
    const [bias] = owed === '' ? [] : this.#biases.tokens(owed);
    const greedy = temperature === 0;
    const input: ControlledEvaluateInputItem[] = tokens;
    input.push([
      lastToken,
      {
        generateNext: {
          token: true,
          // Probabilities of all tokens would sort the whole vocabulary at each step; the top ones cost next to nothing.
          logits: { filter: { tokens: [], includeTop: topTokens } },
          options: {
            temperature: greedy ? 1 : temperature,
            topK: topTokens,
            topP: greedy ? 1 : 0.95,
            // Each step has a sampler of its own, so the seed has to move on with the steps.
            seed: (seed ?? Math.floor(Math.random() * 2 ** 31)) + step,
            ...(bias === undefined ? {} : { tokenBias: bias }),
          },
        },
      },
    ]);
    const next = await this.#parts.evaluation.lastSlice(run, sequence, input);
    const logits = next?.logits;
    const chosen = greedy ? logits?.keys().next().value : next?.token;
    if (logits === undefined || chosen === undefined || chosen === null) throw new Error('The model chose no token.');
    return { token: chosen, logProbability: logProbabilityOf(chosen, logits) };
  }
}

function runOf(request: GenerateRequest, tokens: Token[], signal: AbortSignal): DecoderRun {
  const { priority, adapters = [], maxTokens } = request;
  // The last token is always read again: only then are there logits to choose the next one from.
  const reusable = () => (maxTokens === 0 ? tokens.length : tokens.length - 1);
  return { request, priority, adapters, signal, tokens, reusable, loan: undefined };
}

function logProbabilityOf(token: Token, logits: ReadonlyMap<Token, number>): number {
  const highest = Math.max(...logits.values());
  let sum = 0;
  for (const logit of logits.values()) sum += Math.exp(logit - highest);
  return (logits.get(token) ?? Number.NEGATIVE_INFINITY) - highest - Math.log(sum);
}
