import type { ControlledEvaluateInputItem, ControlledEvaluateIndexOutput, Token } from 'node-llama-cpp';
import type { ScoreRequest, ScoreResult } from '../score.ts';
import type { Evaluation, Run } from './evaluation.ts';
import type { PromptTokens } from './promptTokens.ts';

/** Each scored token takes a pass over the vocabulary, and llama.cpp keeps all of them (600 kB for large vocabularies). */
const maxScoredTokens = 64;

export interface ScorerParts {
  readonly evaluation: Evaluation;
  readonly promptTokens: PromptTokens;
  readonly contextSize: number;
}

/** Says how likely the model finds a text after a prompt. */
export class Scorer {
  readonly #parts: ScorerParts;

  constructor(parts: ScorerParts) {
    this.#parts = parts;
  }

  /** Rejects with the signal's reason when aborted. */
  async score(request: ScoreRequest, signal: AbortSignal): Promise<ScoreResult> {
    const { evaluation, promptTokens, contextSize } = this.#parts;
    const { tokens, from } = promptTokens.ofSample(request);
    if (from === 0) throw new RangeError('The prompt is empty.');
    if (tokens.length > contextSize)
      throw new RangeError(`Prompt and text have ${tokens.length} tokens; this model takes ${contextSize}.`);
    let logProbability = 0;
    let next = from;
    const run: Run = {
      priority: 'background',
      adapters: request.adapters ?? [],
      room: 'short',
      signal,
      tokens,
      // The token before the next one is read again: only then are there logits to score it by.
      reusable: () => next - 1,
      loan: undefined,
    };
    try {
      while (next < tokens.length) {
        const sequence = await evaluation.prefill(run, 'lastSlice', next - 1);
        const at = sequence.nextTokenIndex;
        const to = Math.min(at + evaluation.sliceTokens('background'), next - 1 + maxScoredTokens, tokens.length - 1);
        const input = tokens.slice(at, to).map((token, index) => asked(token, tokens, at + index + 1, next));
        for (const [index, output] of (await evaluation.answers(run, sequence, input)).entries())
          if (at + index + 1 >= next) logProbability += logProbabilityOf(tokens[at + index + 1], output);
        next = Math.max(next, to + 1);
      }
    } finally {
      evaluation.giveBack(run);
    }
    return { logProbability, tokens: tokens.length - from };
  }
}

/** Reads a token and, from the first to be scored on, asks how likely the one that follows it is. */
function asked(token: Token, tokens: readonly Token[], following: number, next: number): ControlledEvaluateInputItem {
  const wanted = tokens[following];
  if (following < next || wanted === undefined) return token;
  // Greedy, so that the selected token is the most likely one: asking for that by name would sort the vocabulary, and
  // `includeMax` does the opposite of what it says.
  const logits = { filter: { tokens: [wanted], includeSelected: true } };
  return [token, { generateNext: { logits, totalLogitWeight: true, options: { temperature: 0 } } }];
}

/** `totalLogitWeight` is the sum of exp(logit - highest logit) over the whole vocabulary. */
function logProbabilityOf(token: Token | undefined, output: ControlledEvaluateIndexOutput | undefined): number {
  const { logits, totalLogitWeight } = output?.next ?? {};
  const logit = token === undefined ? undefined : logits?.get(token);
  if (logits === undefined || logit === undefined || totalLogitWeight === undefined)
    throw new Error('The model gave no probability.');
  const logProbability = logit - Math.max(...logits.values()) - Math.log(totalLogitWeight);
  // Weights that are no numbers make probabilities that are none.
  if (!Number.isFinite(logProbability)) throw new Error('The model gave no probability.');
  return logProbability;
}
