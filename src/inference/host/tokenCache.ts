/** Keeps the tokens of texts seen lately: a prompt's stable parts are tokenised once, not at each keystroke. */
export class TokenCache<T> {
  readonly #tokenise: (text: string) => readonly T[];
  readonly #maxCharacters: number;
  readonly #entries = new Map<string, readonly T[]>();
  #characters = 0;

  constructor(tokenise: (text: string) => readonly T[], maxCharacters: number) {
    this.#tokenise = tokenise;
    this.#maxCharacters = maxCharacters;
  }

  tokens(text: string): readonly T[] {
    const known = this.#entries.get(text);
    if (known !== undefined) {
      // A Map keeps insertion order: moving the entry to the end makes the first one the least recently used.
      this.#entries.delete(text);
      this.#entries.set(text, known);
      return known;
    }
    const tokens = this.#tokenise(text);
    this.#entries.set(text, tokens);
    this.#characters += text.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#characters <= this.#maxCharacters || oldest === text) break;
      this.#entries.delete(oldest);
      this.#characters -= oldest.length;
    }
    return tokens;
  }
}
