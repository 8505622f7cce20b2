/** How far a pass is, as the user is told. */
export interface PassProgress {
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly filesPerSecond: number;
  /** Absent until there is something to judge by. */
  readonly secondsLeft?: number;
}

/** The speed is that of about the last so many seconds. */
const memorySeconds = 8;
/** Before this, an estimate would be a guess. */
const minSeconds = 1;

/**
 * Counts files and bytes while they are done and judges what is left by bytes, because files differ in size. Time in which
 * nothing was to be done (the user types) is left out with `rest`.
 */
export class Estimate {
  readonly #filesTotal: number;
  readonly #bytesTotal: number;
  #files = 0;
  #bytes = 0;
  #seconds = 0;
  #lastMs: number;
  /** Decaying sums, so that the speed follows what it is now. */
  #recent = { files: 0, bytes: 0, seconds: 0 };

  constructor(total: { readonly files: number; readonly bytes: number }, nowMs: number) {
    this.#filesTotal = total.files;
    this.#bytesTotal = total.bytes;
    this.#lastMs = nowMs;
  }

  done(files: number, bytes: number, nowMs: number): void {
    const seconds = Math.max(0, nowMs - this.#lastMs) / 1000;
    const keep = Math.exp(-seconds / memorySeconds);
    this.#recent = {
      files: this.#recent.files * keep + files,
      bytes: this.#recent.bytes * keep + bytes,
      seconds: this.#recent.seconds * keep + seconds,
    };
    this.#files += files;
    this.#bytes += bytes;
    this.#seconds += seconds;
    this.#lastMs = nowMs;
  }

  /** Nothing was done from `done` until now, on purpose. */
  rest(nowMs: number): void {
    this.#lastMs = nowMs;
  }

  get progress(): PassProgress {
    const { files, bytes, seconds } = this.#recent;
    const base = {
      filesDone: this.#files,
      filesTotal: this.#filesTotal,
      filesPerSecond: seconds > 0 ? Math.round(files / seconds) : 0,
    };
    if (this.#seconds < minSeconds || bytes === 0) return base;
    return { ...base, secondsLeft: Math.round(((this.#bytesTotal - this.#bytes) * seconds) / bytes) };
  }
}
