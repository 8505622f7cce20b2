import type { LlamaModel, Token } from 'node-llama-cpp';

/** Token types of GGUF's `tokenizer.ggml.token_type` that matter here. */
const unknownType = 2;
const controlType = 3;
const userDefinedType = 4;
const byteType = 6;

/**
 * What each token stands for, as bytes. Bytes are kept as Latin-1 strings (one character per byte), because a token may
 * end inside a UTF-8 sequence and because prefix comparison of strings is fast.
 */
export class Vocabulary<T extends number = number> {
  readonly #bytes: readonly string[];
  /** Tokens that write text, ordered by their bytes. */
  readonly #sorted: readonly T[];

  /** `bytes[token]` is '' for tokens that never write text (control, unknown). */
  constructor(tokens: readonly T[], bytes: readonly string[]) {
    this.#bytes = bytes;
    this.#sorted = tokens
      .filter((token) => this.bytesOf(token) !== '')
      .toSorted((a, b) => compare(this.bytesOf(a), this.bytesOf(b)));
  }

  /** The bytes a token writes; '' when it writes none. */
  bytesOf(token: number): string {
    return this.#bytes[token] ?? '';
  }

  /** The text of the tokens as bytes. */
  bytesOfAll(tokens: readonly number[]): string {
    return tokens.map((token) => this.bytesOf(token)).join('');
  }

  /** Whether some token begins with these bytes and goes on after them. */
  goesOnAfter(bytes: string): boolean {
    const last = this.#sorted[this.#firstNotBelow(`${bytes}\u{ffff}`) - 1];
    return last !== undefined && this.bytesOf(last).length > bytes.length && this.bytesOf(last).startsWith(bytes);
  }

  /** Every token that can be the next one of a text that must begin with these bytes (at least one). */
  candidatesFor(bytes: string): T[] {
    const found: T[] = [];
    for (let length = 1; length < bytes.length; length++) {
      const head = bytes.slice(0, length);
      found.push(...this.#sorted.slice(this.#firstNotBelow(head), this.#firstNotBelow(`${head}\0`)));
    }
    const from = this.#firstNotBelow(bytes);
    const to = this.#firstNotBelow(`${bytes}\u{ffff}`);
    return found.concat(this.#sorted.slice(from, to));
  }

  #firstNotBelow(bytes: string): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(this.bytesOf(this.#sorted[middle] ?? -1), bytes) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Reads the vocabulary out of the model's own GGUF metadata; unknown tokenizer kinds are asked token by token. */
export function readVocabulary(model: LlamaModel): Vocabulary<Token> {
  const { model: kind, tokens: texts, token_type: types } = model.fileInfo.metadata.tokenizer.ggml;
  const tokens = [...model.iterateAllTokens()];
  const bytes = tokens.map((token) => {
    const text = texts[token] ?? '';
    const type: number = types?.[token] ?? 1;
    if (type === controlType || type === unknownType) return '';
    if (kind === 'gpt2') return type === userDefinedType ? latin1(text) : fromByteAlphabet(text);
    if (kind !== 'llama') return latin1(model.detokenize([token]));
    if (type === byteType) return String.fromCharCode(Number.parseInt(text.slice(3, -1), 16));
    return latin1(text.replaceAll('\u2581', ' '));
  });
  return new Vocabulary(tokens, bytes);
}

/** UTF-8 bytes of a text, one character each. */
export function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** GPT-2's alphabet: printable bytes stand for themselves, the other 68 for U+0100 onwards. */
function fromByteAlphabet(text: string): string {
  let bytes = '';
  for (let i = 0; i < text.length; i++) bytes += byteAlphabet.get(text.charCodeAt(i)) ?? latin1(text.charAt(i));
  return bytes;
}

const byteAlphabet: ReadonlyMap<number, string> = (() => {
  const alphabet = new Map<number, string>();
  let next = 0x100;
  for (let byte = 0; byte < 0x100; byte++) {
    const printable = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
    alphabet.set(printable ? byte : next++, String.fromCharCode(byte));
  }
  return alphabet;
})();

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
