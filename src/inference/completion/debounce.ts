/** What decides how long to wait before the model is asked. */
export interface Rhythm {
  /** Mean gap between the user's recent keystrokes, in ms; `undefined` before there is one. */
  readonly gapMs: number | undefined;
  /** Median time the model takes to answer, in ms; `undefined` before the first answer. */
  readonly latencyMs: number | undefined;
}

/** An answer that comes faster than this is worth asking for at every keystroke. */
const cheapMs = 60;
const longestMs = 150;

/**
 * How long to wait after a keystroke. A quick model is asked at once. A slow one is asked once the next key is late:
 * an answer that the next keystroke throws away costs battery and delays the one that counts.
 */
export function debounceMs({ gapMs, latencyMs }: Rhythm): number {
  if (latencyMs === undefined || latencyMs < cheapMs || gapMs === undefined) return 0;
  const supersededShare = Math.min(1, latencyMs / gapMs);
  return Math.min(longestMs, 0.5 * gapMs * supersededShare);
}

/** Gaps longer than this are pauses, not typing. */
const pauseMs = 1_000;

/** The user's typing rhythm as a moving average over some eight keystrokes. */
export class TypingRhythm {
  #lastMs: number | undefined;
  #gapMs: number | undefined;

  get gapMs(): number | undefined {
    return this.#gapMs;
  }

  keystroke(nowMs: number): void {
    const gap = this.#lastMs === undefined ? pauseMs : nowMs - this.#lastMs;
    this.#lastMs = nowMs;
    if (gap >= pauseMs) return;
    this.#gapMs = this.#gapMs === undefined ? gap : this.#gapMs + (gap - this.#gapMs) / 8;
  }
}
