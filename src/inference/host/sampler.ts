import type { ControlledEvaluateIndexOutput, ControlledEvaluateInputItem, Token, TokenBias } from 'node-llama-cpp';
import type { GenerateRequest } from '../generate.ts';
import { TokenCache } from './tokenCache.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Added to the logits of allowed tokens: large enough to outweigh any other, small enough to keep float precision. */
const allowedLogit = 256;
/** Sampling looks at this many of the most probable tokens, which is also what probabilities are computed from. */
const topTokens = 40;
const biasCacheCharacters = 256;

export interface SamplerParts {
  readonly vocabulary: Vocabulary<Token>;
  /** Raises the logits of these tokens by `logit`. */
  readonly biasTowards: (tokens: readonly Token[], logit: number) => TokenBias;
}

export interface Drawn {
  readonly token: Token;
  readonly logProbability: number;
}

/** How the next token is drawn. */
export interface Drawing extends Pick<GenerateRequest, 'temperature' | 'seed'> {
  /** Bytes that the token has to begin with or to continue: see `healing.ts`. */
  readonly owed: string;
  /** Tokens drawn before it. */
  readonly step: number;
  /** Where only the token counts, and how probable it was does not. */
  readonly tokenOnly: boolean;
}

/** Asks the model for tokens. */
export class Sampler {
  /** One entry per text owed by healing: building the bias for a lone space (a third of all tokens) takes 15 ms. */
  readonly #biases: TokenCache<TokenBias>;

  constructor({ vocabulary, biasTowards }: SamplerParts) {
    this.#biases = new TokenCache(
      (owed) => [biasTowards(vocabulary.candidatesFor(owed), allowedLogit)],
      biasCacheCharacters,
    );
    // By far the most frequent and the largest one.
    this.#biases.tokens(' ');
  }

  /** Reads a token and asks for the one after it. */
  ask(token: Token, { temperature, seed, owed, step, tokenOnly }: Drawing): ControlledEvaluateInputItem {
    const [bias] = owed === '' ? [] : this.#biases.tokens(owed);
    const greedy = temperature === 0;
    if (greedy && tokenOnly && bias === undefined)
      return [token, { generateNext: { token: true, options: { temperature: 0 } } }];
    return [
      token,
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
    ];
  }
}

/** What the model answered. */
export function drawnFrom(
  next: ControlledEvaluateIndexOutput['next'] | undefined,
  { temperature }: Pick<Drawing, 'temperature'>,
): Drawn {
  const logits = next?.logits;
  const chosen = temperature === 0 && logits !== undefined ? logits.keys().next().value : next?.token;
  if (chosen === undefined || chosen === null) throw new Error('The model chose no token.');
  return { token: chosen, logProbability: logits === undefined ? 0 : logProbabilityOf(chosen, logits) };
}

function logProbabilityOf(token: Token, logits: ReadonlyMap<Token, number>): number {
  const highest = Math.max(...logits.values());
  let sum = 0;
  for (const logit of logits.values()) sum += Math.exp(logit - highest);
  return (logits.get(token) ?? Number.NEGATIVE_INFINITY) - highest - Math.log(sum);
}
