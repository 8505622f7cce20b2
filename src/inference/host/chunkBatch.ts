import type { GenerateChunk, Priority } from '../generate.ts';

/**
 * For who types, faster than a screen shows; a small model makes a dozen tokens in this time. An answer is read slower
 * than it comes, and each message of it is carried through four processes and painted, at the model's cost.
 */
const intervalsMs: Readonly<Record<Priority, number>> = { typing: 10, chat: 100, background: 10 };

/** Sends the first chunk at once and joins those that follow within a few milliseconds, so that messages cost little. */
export class ChunkBatch {
  readonly #send: (chunk: GenerateChunk) => void;
  readonly #intervalMs: number;
  #pending: GenerateChunk | undefined;
  #sentMs = Number.NEGATIVE_INFINITY;

  constructor(send: (chunk: GenerateChunk) => void, priority: Priority) {
    this.#send = send;
    this.#intervalMs = intervalsMs[priority];
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
    if (performance.now() - this.#sentMs >= this.#intervalMs) this.flush();
  }

  flush(): void {
    if (this.#pending === undefined) return;
    this.#send(this.#pending);
    this.#pending = undefined;
    this.#sentMs = performance.now();
  }
}
