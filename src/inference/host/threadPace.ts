/** How long a measurement of the neighbouring thread counts is trusted. */
const trustedMs = 5000;
/** Passes with which a neighbour is measured, so that one mishap does not decide. */
const probePasses = 2;
const weightOfNewest = 0.3;

interface Choice {
  readonly threads: number;
  /** Moving mean of a pass of one token; Infinity before the first. */
  passMs: number;
  measuredMs: number;
  /** Passes since the last measurement became too old. */
  passes: number;
}

/**
 * Chooses how many threads decode. Threads of one pass wait for each other hundreds of times, so on a busy machine
 * (a build, a test run) all cores together can be slower than one. Now and then a neighbouring count is tried for two
 * tokens, and whatever is faster stays.
 */
export class ThreadPace {
  /** Descending. */
  readonly #choices: readonly Choice[];

  constructor(maxThreads: number) {
    const counts = new Set([maxThreads, Math.ceil(maxThreads / 2), Math.ceil(maxThreads / 4), 1]);
    this.#choices = [...counts].map((threads) => ({ threads, passMs: Infinity, measuredMs: -Infinity, passes: 0 }));
  }

  /** Threads for the next pass of one token, now and then of a neighbour. Times are of any one clock, in ms. */
  threads(nowMs: number): number {
    const best = this.#best();
    for (const index of [best, best + 1, best - 1]) {
      const choice = this.#choices[index];
      if (choice === undefined) continue;
      if (nowMs - choice.measuredMs > trustedMs) choice.passes = 0;
      if (choice.passes < probePasses) return choice.threads;
    }
    return this.#choices[best]?.threads ?? 1;
  }

  /** Threads for a pass of many tokens: it takes too long to try a neighbour with. */
  settledThreads(): number {
    return this.#choices[this.#best()]?.threads ?? 1;
  }

  /** Tells how long a pass of one token took. */
  measured(threads: number, ms: number, nowMs: number): void {
    const choice = this.#choices.find((each) => each.threads === threads);
    if (choice === undefined) return;
    const trusted = Number.isFinite(choice.passMs) && choice.passes > 0;
    choice.passMs = trusted ? choice.passMs + weightOfNewest * (ms - choice.passMs) : ms;
    choice.measuredMs = nowMs;
    choice.passes++;
  }

  #best(): number {
    let best = 0;
    for (const [index, choice] of this.#choices.entries())
      if (choice.passMs < (this.#choices[best]?.passMs ?? Infinity)) best = index;
    return best;
  }
}
