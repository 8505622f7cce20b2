import type { LlamaModel, Token } from 'node-llama-cpp';
import type { PromptPart } from '../generate.ts';
import type { EncodedSample, Sample } from '../score.ts';
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
    return this.#marked(parts).tokens;
  }

  /** All tokens of a sample, the index of the first that belongs to its text, and its markers': see `EncodedSample`. */
  ofSample({ prompt, typed, text, end }: Sample): Omit<EncodedSample, 'tokens'> & { readonly tokens: Token[] } {
    const { tokens: before, markers } = this.#marked(prompt);
    const alone = this.ofText(typed);
    const together = this.ofText(typed + text);
    const differs = alone.findIndex((token, at) => token !== together[at]);
    return {
      tokens: [...before, ...together, ...(end === undefined ? [] : [this.#oneToken(end)])],
      from: before.length + (differs < 0 ? alone.length : differs),
      markers,
    };
  }

  #marked(parts: readonly PromptPart[]): { readonly tokens: Token[]; readonly markers: readonly number[] } {
    const { bos, shouldPrependBosToken } = this.#model.tokens;
    const tokens: Token[] = [];
    const markers: number[] = [];
    const addMarkers = (more: readonly Token[]) => {
      for (const token of more) markers.push(tokens.push(token) - 1);
    };
    const [first] = this.#ofPart(parts[0]);
    if (shouldPrependBosToken && bos !== null && first !== bos) addMarkers([bos]);
    for (const part of parts) {
      if ('control' in part) addMarkers(this.#ofPart(part));
      else tokens.push(...this.#ofPart(part));
    }
    return { tokens, markers };
  }

  #ofPart(part: PromptPart | undefined): readonly Token[] {
    if (part === undefined) return [];
    return 'control' in part ? this.#controlTokens.tokens(part.control) : this.ofText(part.text);
  }

  /** The token of a marker, which would be read as code if it were several. */
  #oneToken(marker: string): Token {
    const [token, ...others] = this.#controlTokens.tokens(marker);
    if (token === undefined || others.length > 0) throw new RangeError(`This model has no token ${marker}.`);
    return token;
  }
}
