import type { GenerateChunk } from '../generate.ts';

/** Faster than a screen shows; a small model makes a dozen tokens in this time. */
const intervalMs = 10;

/** Sends the first chunk at once and joins those that follow within a few milliseconds, so that messages cost little. */
export class ChunkBatch {
  readonly #send: (chunk: GenerateChunk) => void;
  #pending: GenerateChunk | undefined;
  #sentMs = Number.NEGATIVE_INFINITY;

  constructor(send: (chunk: GenerateChunk) => void) {
    this.#send = send;
  }

  add(chunk: GenerateChunk): void {
    const before = this.#pending;
    this.#pending =
      before === undefined
        ? chunk
        : {
            text: before.text + chunk.text,
            logProbability: before.logProbability + chunk.logProbability,
            tokens: before.tokens + chunk.tokens,
          };
    if (performance.now() - this.#sentMs >= intervalMs) this.flush();
  }

  flush(): void {
    if (this.#pending === undefined) return;
    this.#send(this.#pending);
    this.#pending = undefined;
    this.#sentMs = performance.now();
  }
}
