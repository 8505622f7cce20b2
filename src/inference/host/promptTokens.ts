import type { LlamaModel, Token } from 'node-llama-cpp';
import type { PromptPart } from '../generate.ts';
import type { Sample } from '../score.ts';
import { TokenCache } from './tokenCache.ts';

/** How prompts become tokens: the same for all that is generated, scored or trained. */
export class PromptTokens {
  readonly #model: LlamaModel;
  readonly #textTokens: TokenCache<Token>;
  readonly #controlTokens: TokenCache<Token>;

  /** Remembers the tokens of this many characters. */
  constructor(model: LlamaModel, cacheCharacters: number) {
    this.#model = model;
    const trim = model.fileInfo.metadata.tokenizer.ggml.model === 'llama' ? 'trimLeadingSpace' : undefined;
    this.#textTokens = new TokenCache((text) => model.tokenize(text, false, trim), cacheCharacters);
    this.#controlTokens = new TokenCache((text) => model.tokenize(text, true), cacheCharacters);
  }

  /** Text is text, whatever control tokens it spells. */
  ofText(text: string): readonly Token[] {
    return this.#textTokens.tokens(text);
  }

  ofPrompt(parts: readonly PromptPart[]): Token[] {
    const { bos, shouldPrependBosToken } = this.#model.tokens;
    const tokens = parts.flatMap((part) =>
      'control' in part ? this.#controlTokens.tokens(part.control) : this.ofText(part.text),
    );
    return shouldPrependBosToken && bos !== null && tokens[0] !== bos ? [bos, ...tokens] : tokens;
  }

  /** All tokens of a sample, and the index of the first that belongs to its text: see `EncodedSample`. */
  ofSample({ prompt, typed, text, end }: Sample): { readonly tokens: Token[]; readonly from: number } {
    const before = this.ofPrompt(prompt);
    const alone = this.ofText(typed);
    const together = this.ofText(typed + text);
    const differs = alone.findIndex((token, at) => token !== together[at]);
    return {
      tokens: [...before, ...together, ...(end === undefined ? [] : [this.#oneToken(end)])],
      from: before.length + (differs < 0 ? alone.length : differs),
    };
  }

  /** The token of a marker, which would be read as code if it were several. */
  #oneToken(marker: string): Token {
    const [token, ...others] = this.#controlTokens.tokens(marker);
    if (token === undefined || others.length > 0) throw new RangeError(`This model has no token ${marker}.`);
    return token;
  }
}
