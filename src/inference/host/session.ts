import type { ControlledEvaluateInputItem, LlamaContextSequence, LlamaModel, Token, TokenBias } from 'node-llama-cpp';
import type { GenerateChunk, GenerateRequest, GenerateStats, PromptPart } from '../generate.ts';
import { planHealing, settle } from './healing.ts';
import { OutputText } from './outputText.ts';
import { PrefillPace } from './prefillPace.ts';
import { SequencePool } from './sequencePool.ts';
import type { ThreadPace } from './threadPace.ts';
import { TokenCache } from './tokenCache.ts';
import { Turns } from './turns.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Added to the logits of allowed tokens: large enough to outweigh any other, small enough to keep float precision. */
const allowedLogit = 256;
/** Sampling looks at this many of the most probable tokens, which is also what probabilities are computed from. */
const topTokens = 40;
const tokenCacheCharacters = 1_000_000;
const biasCacheCharacters = 256;

export interface SessionParts {
  readonly model: LlamaModel;
  readonly vocabulary: Vocabulary<Token>;
  readonly sequences: readonly LlamaContextSequence[];
  /** Tokens one request may use, prompt and output together. */
  readonly contextSize: number;
  readonly batchSize: number;
  /** Chooses and sets the number of CPU threads; absent when it is fixed. */
  readonly threads?: { readonly pace: ThreadPace; readonly use: (threads: number) => void };
  /** Raises the logits of these tokens by `logit`. */
  biasTowards(tokens: readonly Token[], logit: number): TokenBias;
}

/** One request on its way through the model. */
interface Run {
  readonly request: GenerateRequest;
  readonly signal: AbortSignal;
  /** All that the model has to have read before the next token: prompt, kept part of typed, tokens generated so far. */
  readonly tokens: Token[];
  /** On loan from the pool; absent while it makes way. */
  sequence: LlamaContextSequence | undefined;
}

/** Thrown for a request that cannot fit; the message holds both sizes. */
class PromptTooLong extends RangeError {
  constructor(promptTokens: number, contextSize: number) {
    super(`The prompt has ${promptTokens} tokens; this model takes fewer than ${contextSize}.`);
    this.name = 'PromptTooLong';
  }
}

/** A loaded model that answers several requests at once, reusing what earlier ones left in the KV cache. */
export class Session {
  readonly #parts: SessionParts;
  readonly #pool: SequencePool<LlamaContextSequence>;
  readonly #turns = new Turns();
  readonly #pace: PrefillPace;
  readonly #textTokens: TokenCache<Token>;
  readonly #controlTokens: TokenCache<Token>;
  /** One entry per text owed by healing: building the bias for a lone space (a third of all tokens) takes 15 ms. */
  readonly #biases: TokenCache<TokenBias>;

  constructor(parts: SessionParts) {
    const { model, vocabulary } = parts;
    this.#parts = parts;
    this.#pool = new SequencePool(parts.sequences);
    this.#pace = new PrefillPace(parts.batchSize);
    const trim = model.fileInfo.metadata.tokenizer.ggml.model === 'llama' ? 'trimLeadingSpace' : undefined;
    this.#textTokens = new TokenCache((text) => model.tokenize(text, false, trim), tokenCacheCharacters);
    this.#controlTokens = new TokenCache((text) => model.tokenize(text, true), tokenCacheCharacters);
    this.#biases = new TokenCache(
      (owed) => [parts.biasTowards(vocabulary.candidatesFor(owed), allowedLogit)],
      biasCacheCharacters,
    );
    // By far the most frequent and the largest one.
    this.#biases.tokens(' ');
  }

  /** Answers one request; `onChunk` gets new output as it comes. Rejects with the signal's reason when aborted. */
  generate(request: GenerateRequest, onChunk: (chunk: GenerateChunk) => void, signal: AbortSignal) {
    return this.#turns.run(request.priority, () => this.#run(request, onChunk, signal));
  }

  async #run(
    request: GenerateRequest,
    onChunk: (chunk: GenerateChunk) => void,
    signal: AbortSignal,
  ): Promise<GenerateStats> {
    const { vocabulary, contextSize } = this.#parts;
    const prompt = this.#promptTokens(request.prompt);
    const typed = this.#textTokens.tokens(request.typed);
    const healing = planHealing(request.typed, typed, vocabulary);
    // The model needs at least one token to start from, so a prompt of nothing but typed text is not healed.
    const healed = prompt.length + healing.kept > 0;
    const tokens = [...prompt, ...(healed ? typed.slice(0, healing.kept) : typed)];
    if (tokens.length === 0) throw new RangeError('The prompt is empty.');
    if (tokens.length >= contextSize) throw new PromptTooLong(tokens.length, contextSize);

    const startMs = performance.now();
    const promptTokens = tokens.length;
    const run: Run = { request, signal, tokens, sequence: undefined };
    try {
      const reusedTokens = (await this.#nextTurn(run)).nextTokenIndex;
      if (request.maxTokens === 0) {
        await this.#prefill(run, 'all');
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
      this.#giveBack(run);
    }
  }

  async #decode(
    run: Run,
    owedAtFirst: string,
    limit: number,
    onChunk: (chunk: GenerateChunk) => void,
    onFirst: () => void,
  ): Promise<Pick<GenerateStats, 'generatedTokens' | 'end'>> {
    const { model, vocabulary } = this.#parts;
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
      const sequence = await this.#prefill(run, 'lastSlice');
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

  /** Lets the model read, in slices: everything, or all but what fits into the pass that chooses the next token. */
  async #prefill(run: Run, until: 'all' | 'lastSlice'): Promise<LlamaContextSequence> {
    for (;;) {
      const sequence = await this.#nextTurn(run);
      const at = sequence.nextTokenIndex;
      const unread = run.tokens.length - at;
      const sliceTokens = this.#pace.sliceTokens(run.request.priority);
      if (unread <= (until === 'all' ? 0 : sliceTokens)) return sequence;
      const slice = run.tokens.slice(at, at + sliceTokens);
      await this.#timed(slice.length, () => sequence.evaluateWithoutGeneratingNewTokens(slice));
    }
  }

  /** Reads the unread tokens and draws the next one, in a single pass over the weights. */
  async #sample(
    run: Run,
    sequence: LlamaContextSequence,
    owed: string,
    step: number,
  ): Promise<{ readonly token: Token; readonly logProbability: number }> {
    const { temperature, seed, priority } = run.request;
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
    const outputs = await this.#timed(input.length, () =>
      sequence.controlledEvaluate(input, { evaluationPriority: priority === 'typing' ? 5 : 1 }),
    );
    const next = outputs[input.length - 1]?.next;
    const logits = next?.logits;
    const chosen = greedy ? logits?.keys().next().value : next?.token;
    if (logits === undefined || chosen === undefined || chosen === null) throw new Error('The model chose no token.');
    return { token: chosen, logProbability: logProbabilityOf(chosen, logits) };
  }

  async #timed<T>(tokens: number, evaluate: () => Promise<T>): Promise<T> {
    const { threads } = this.#parts;
    const startMs = performance.now();
    const threadCount = threads?.pace.threads(startMs) ?? 0;
    threads?.use(threadCount);
    const result = await evaluate();
    const endMs = performance.now();
    this.#pace.measured(tokens, endMs - startMs);
    if (tokens === 1) threads?.pace.measured(threadCount, endMs - startMs, endMs);
    return result;
  }

  /** Between two steps: obeys an abort, and leaves the sequence and the processor to those who type. */
  async #nextTurn(run: Run): Promise<LlamaContextSequence> {
    run.signal.throwIfAborted();
    const { priority } = run.request;
    if (run.sequence !== undefined && !(priority === 'background' && this.#turns.typing)) return run.sequence;
    this.#giveBack(run);
    if (priority === 'background') await this.#turns.quiet(run.signal);
    run.sequence = await this.#pool.lend(run.tokens, priority, run.signal);
    // The last token is always read again: only then are there logits to choose the next one from.
    const wanted = run.request.maxTokens === 0 ? run.tokens : run.tokens.slice(0, -1);
    await run.sequence.adaptStateToTokens([...wanted], false);
    return run.sequence;
  }

  #giveBack(run: Run): void {
    if (run.sequence !== undefined) this.#pool.giveBack(run.sequence);
    run.sequence = undefined;
  }

  #promptTokens(parts: readonly PromptPart[]): Token[] {
    const { bos, shouldPrependBosToken } = this.#parts.model.tokens;
    const tokens = parts.flatMap((part) =>
      'control' in part ? this.#controlTokens.tokens(part.control) : this.#textTokens.tokens(part.text),
    );
    return shouldPrependBosToken && bos !== null && tokens[0] !== bos ? [bos, ...tokens] : tokens;
  }
}

function logProbabilityOf(token: Token, logits: ReadonlyMap<Token, number>): number {
  const highest = Math.max(...logits.values());
  let sum = 0;
  for (const logit of logits.values()) sum += Math.exp(logit - highest);
  return (logits.get(token) ?? Number.NEGATIVE_INFINITY) - highest - Math.log(sum);
}
