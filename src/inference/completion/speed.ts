import type { GenerateStats } from '../generate.ts';

/** Prompts shorter than this measure overhead rather than speed. */
const leastPrefillTokens = 32;
const remembered = 50;

/** What the model was measured to do on this machine: speeds as moving averages, latency as a median. */
export class Speed {
  #prefillPerSecond: number | undefined;
  #decodePerSecond: number | undefined;
  #latenciesMs: number[] = [];

  get prefillPerSecond(): number | undefined {
    return this.#prefillPerSecond;
  }

  get decodePerSecond(): number | undefined {
    return this.#decodePerSecond;
  }

  /** Median time from starting a draft to having it, over the last 50, in ms. */
  get latencyMs(): number | undefined {
    const sorted = this.#latenciesMs.toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  }

  generated(stats: GenerateStats): void {
    const prefilled = stats.promptTokens - stats.reusedTokens;
    if (prefilled >= leastPrefillTokens && stats.prefillMs > 0)
      this.#prefillPerSecond = average(this.#prefillPerSecond, (prefilled * 1_000) / stats.prefillMs);
    if (stats.generatedTokens > 1 && stats.decodeMs > 0)
      this.#decodePerSecond = average(this.#decodePerSecond, (stats.generatedTokens * 1_000) / stats.decodeMs);
  }

  answered(latencyMs: number): void {
    this.#latenciesMs = [...this.#latenciesMs.slice(1 - remembered), latencyMs];
  }
}

function average(old: number | undefined, value: number): number {
  return old === undefined ? value : old + (value - old) / 4;
}
