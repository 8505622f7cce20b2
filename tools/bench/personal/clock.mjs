/** A recorder's clock whose time passes when it is told to: five minutes of looks in no time. */
export class SimulatedClock {
  nowMs;
  #waiting = new Map();

  constructor(startMs) {
    this.nowMs = startMs;
  }

  now() {
    return this.nowMs;
  }

  after(ms, run) {
    const token = Symbol('timer');
    this.#waiting.set(token, { atMs: this.nowMs + ms, run });
    return { [Symbol.dispose]: () => this.#waiting.delete(token) };
  }

  pass(seconds) {
    const untilMs = this.nowMs + seconds * 1_000;
    for (;;) {
      const [token, next] = [...this.#waiting].toSorted(([, a], [, b]) => a.atMs - b.atMs)[0] ?? [];
      if (next === undefined || next.atMs > untilMs) break;
      this.#waiting.delete(token);
      this.nowMs = next.atMs;
      next.run();
    }
    this.nowMs = untilMs;
  }
}
