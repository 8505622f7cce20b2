import { onDispose } from '../../../../src/base/disposable.ts';
import type { Clock } from '../../../../src/personalize/events/recorder.ts';

/** Time that passes when it is told to. */
export class ManualClock implements Clock {
  nowMs = 1_000_000;
  readonly #waiting = new Map<object, { readonly atMs: number; readonly run: () => void }>();

  now(): number {
    return this.nowMs;
  }

  after(ms: number, run: () => void): Disposable {
    const token = {};
    this.#waiting.set(token, { atMs: this.nowMs + ms, run });
    return onDispose(() => this.#waiting.delete(token));
  }

  pass(seconds: number): void {
    const untilMs = this.nowMs + seconds * 1_000;
    for (;;) {
      const [token, next] = [...this.#waiting].toSorted(([, a], [, b]) => a.atMs - b.atMs)[0] ?? [];
      if (token === undefined || next === undefined || next.atMs > untilMs) break;
      this.#waiting.delete(token);
      this.nowMs = next.atMs;
      next.run();
    }
    this.nowMs = untilMs;
  }
}
