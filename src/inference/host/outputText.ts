/**
 * Turns the bytes of tokens into text that may be shown: never inside a UTF-8 sequence, never past a stop string,
 * and never the beginning of what may still become one.
 */
export class OutputText {
  readonly #stop: readonly string[];
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });
  #held = '';

  constructor(stop: readonly string[]) {
    this.#stop = stop.filter((each) => each !== '');
  }

  /** Takes the bytes of one token (Latin-1); answers the text that became final, and why it ends if it does. */
  push(bytes: string): { readonly text: string; readonly end?: 'stop' | 'endOfText' } {
    const decoded = this.#decode(bytes);
    // A model that writes bytes which are no text has lost its way.
    if (decoded === undefined) return { text: this.rest(), end: 'endOfText' };
    const text = this.#held + decoded;
    const stop = this.#firstCompleted(text);
    if (stop !== undefined) {
      this.#held = '';
      return { text: text.slice(0, stop.at), end: 'stop' };
    }
    const heldFrom = text.length - this.#possibleStop(text);
    this.#held = text.slice(heldFrom);
    return { text: text.slice(0, heldFrom) };
  }

  /** What was held back and turns out to be plain text. An incomplete UTF-8 sequence at the end is dropped. */
  rest(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }

  #decode(bytes: string): string | undefined {
    try {
      return this.#decoder.decode(Buffer.from(bytes, 'latin1'), { stream: true });
    } catch {
      return undefined;
    }
  }

  /**
   * The stop string that ends first; the longest of those that end together. Not the one that begins first: whether a
   * longer one that began earlier will be completed, nobody knows when the shorter one is.
   */
  #firstCompleted(text: string): { readonly at: number; readonly end: number } | undefined {
    return this.#stop
      .map((each) => ({ at: text.indexOf(each), end: text.indexOf(each) + each.length }))
      .filter(({ at }) => at >= 0)
      .toSorted((one, other) => one.end - other.end || one.at - other.at)[0];
  }

  /** Length of the longest end of the text that begins a stop string. */
  #possibleStop(text: string): number {
    let longest = 0;
    for (const stop of this.#stop)
      for (let length = Math.min(stop.length - 1, text.length); length > longest; length--)
        if (text.endsWith(stop.slice(0, length))) longest = length;
    return longest;
  }
}
