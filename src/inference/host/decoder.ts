import type { LlamaModel, Token } from 'node-llama-cpp';
import { type GenerateChunk, type GenerateRequest, type GenerateStats, PromptTooLong } from '../generate.ts';
import type { Evaluation, Run } from './evaluation.ts';
import { planHealing, settle } from './healing.ts';
import { Lookup } from './lookup.ts';
import { OutputText } from './outputText.ts';
import type { Room } from './plan.ts';
import type { PromptTokens } from './promptTokens.ts';
import { type Drawn, drawnFrom, Sampler, type SamplerParts } from './sampler.ts';

export interface DecoderParts extends SamplerParts {
  readonly evaluation: Evaluation;
  readonly promptTokens: PromptTokens;
  readonly model: Pick<LlamaModel, 'isEogToken'>;
  /** Tokens one request may use in each room, prompt and output together. */
  readonly contextSizes: Readonly<Record<Room, number>>;
}

interface DecoderRun extends Run {
  readonly request: GenerateRequest;
  readonly promptTokens: number;
  readonly lookup: Lookup<Token> | undefined;
}

/** Writes what follows a prompt, token by token. */
export class Decoder {
  readonly #parts: DecoderParts;
  readonly #sampler: Sampler;

  constructor(parts: DecoderParts) {
    this.#parts = parts;
    this.#sampler = new Sampler(parts);
  }

  /** Answers one request; `onChunk` gets new output as it comes. Rejects with the signal's reason when aborted. */
  async generate(
    request: GenerateRequest,
    onChunk: (chunk: GenerateChunk) => void,
    signal: AbortSignal,
  ): Promise<GenerateStats> {
    const { evaluation, promptTokens: encoder, vocabulary, contextSizes } = this.#parts;
    const prompt = encoder.ofPrompt(request.prompt);
    const typed = encoder.ofText(request.typed);
    const healing = planHealing(request.typed, typed, vocabulary);
    // The model needs at least one token to start from, so a prompt of nothing but typed text is not healed.
    const healed = prompt.length + healing.kept > 0;
    const tokens = [...prompt, ...(healed ? typed.slice(0, healing.kept) : typed)];
    if (tokens.length === 0) throw new RangeError('The prompt is empty.');
    checkFits(tokens, contextSizes[request.room ?? 'short']);

    const startMs = performance.now();
    const lookup = request.lookup === undefined ? undefined : new Lookup(encoder.ofText(request.lookup));
    const run = runOf(request, tokens, lookup, signal);
    const { promptTokens } = run;
    try {
      const { contextSize, nextTokenIndex: reusedTokens } = await evaluation.nextTurn(run);
      // A long room may have turned out smaller than planned.
      checkFits(tokens, contextSize);
      if (request.maxTokens === 0) {
        await evaluation.prefill(run, 'all');
        const prefillMs = performance.now() - startMs;
        return { promptTokens, reusedTokens, generatedTokens: 0, prefillMs, decodeMs: 0, end: 'length' };
      }
      let firstMs = startMs;
      const limit = Math.min(request.maxTokens, contextSize - promptTokens);
      const output = await this.#decode(run, { owed: healed ? healing.owed : '', limit, contextSize }, onChunk, () => {
        firstMs = performance.now();
      });
      const prefillMs = firstMs - startMs;
      const decodeMs = performance.now() - firstMs;
      const counts = lookup === undefined ? {} : { lookup: lookup.counts };
      return { promptTokens, reusedTokens, ...output, prefillMs, decodeMs, ...counts };
    } finally {
      evaluation.giveBack(run);
    }
  }

  async #decode(
    run: DecoderRun,
    { owed: owedAtFirst, limit, contextSize }: { owed: string; limit: number; contextSize: number },
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
    for (;;) {
      const isFirst = run.tokens.length === run.promptTokens;
      const drawn = await this.#draw(run, owed, limit - generatedTokens);
      if (isFirst) onFirst();
      for (const next of drawn) {
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
      }
      if (generatedTokens >= limit || run.tokens.length >= contextSize) {
        send(text.rest());
        return { generatedTokens, end: 'length' };
      }
    }
  }

  /**
   * Reads the unread tokens and draws the next one, in a single pass over the weights. Where a lookup guesses what
   * follows, the same pass reads that as well: the next token, and those after it for as long as the guess is right.
   */
  async #draw(run: DecoderRun, owed: string, most: number): Promise<readonly Drawn[]> {
    const { evaluation } = this.#parts;
    const { request, tokens, lookup, promptTokens } = run;
    const sequence = await evaluation.prefill(run, 'lastSlice');
    const unread = tokens.slice(sequence.nextTokenIndex);
    const lastToken = unread.pop();
    if (lastToken === undefined) throw new RangeError('There is nothing left to read.');
    const step = tokens.length - promptTokens;
    const ask = (token: Token, later: number) =>
      this.#sampler.ask(token, { ...request, owed, step: step + later, tokenOnly: lookup !== undefined });

    // A state that cannot be taken back to an earlier token has to be right at once.
    const mayTry = lookup !== undefined && owed === '' && !sequence.needsCheckpoints;
    const room = Math.min(most, sequence.contextSize - tokens.length, evaluation.sliceTokens(run.priority));
    const tried = mayTry ? lookup.next(tokens.slice(promptTokens), room - 1 - unread.length) : [];
    const input = [...unread, ask(lastToken, 0), ...tried.map((token, index) => ask(token, index + 1))];
    if (lookup === undefined || tried.length === 0)
      return [drawnFrom(await evaluation.lastSlice(run, sequence, input), request)];

    const outputs = (await evaluation.answers(run, sequence, input)).slice(unread.length);
    const drawn: Drawn[] = [];
    for (const [index, output] of outputs.entries()) {
      const next = drawnFrom(output?.next, request);
      drawn.push(next);
      if (next.token !== tried[index]) break;
    }
    const taken = tried.slice(0, drawn.length - 1);
    lookup.checked(tried.length, taken.length);
    await sequence.adaptStateToTokens([...tokens, ...taken], false);
    return drawn;
  }
}

function checkFits(tokens: readonly Token[], contextSize: number): void {
  if (tokens.length >= contextSize) throw new PromptTooLong(tokens.length, contextSize);
}

function runOf(
  request: GenerateRequest,
  tokens: Token[],
  lookup: Lookup<Token> | undefined,
  signal: AbortSignal,
): DecoderRun {
  const { priority, adapters = [], room = 'short', maxTokens } = request;
  // The last token is always read again: only then are there logits to choose the next one from.
  const reusable = () => (maxTokens === 0 ? tokens.length : tokens.length - 1);
  const promptTokens = tokens.length;
  return { request, priority, adapters, room, signal, tokens, promptTokens, lookup, reusable, loan: undefined };
}
