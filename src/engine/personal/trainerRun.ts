import type { Logger } from '../../base/logger.ts';
import { startTrainer, type TrainerEnd, type TrainerProcess } from '../../personalize/training/trainerProcess.ts';
import type { TrainerMessage, TrainOrder, TrainSummary } from '../../personalize/trainer/trainerProtocol.ts';
import { ProblemError } from '../../protocol/problems.ts';

export interface TrainerRunOptions {
  /** `dist/trainer.js`. */
  readonly entry: string;
  readonly order: TrainOrder;
  readonly modelName: string;
  readonly onMessage: (message: TrainerMessage) => void;
  readonly log: Logger;
}

/** So long after the last key the processor is the trainer's again. */
const quietMs = 3_000;
/** A trainer that died goes on where it was; one that dies again and again will not get far. */
const maxDeaths = 4;
/** Graphics drivers have ended processes that used them as they should: from then on the processor trains. */
const deathsWithGpu = 2;

/** One training's process, started again when it dies, that makes way for whoever types. */
export class TrainerRun implements AsyncDisposable {
  readonly #options: TrainerRunOptions;
  #process: TrainerProcess | undefined;
  #isPaused = false;
  #quietTimer: NodeJS.Timeout | undefined;
  #isDisposed = false;

  constructor(options: TrainerRunOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Somebody types, and the trainer waits. */
  get isWaiting(): boolean {
    return this.#quietTimer !== undefined;
  }

  /** Resolves when the adapter is written; undefined when it was cancelled. Rejects with a `ProblemError`. */
  async run(): Promise<TrainSummary | undefined> {
    for (let deaths = 0; ; deaths++) {
      const end = await this.#start(deaths < deathsWithGpu ? this.#options.order.gpu : 'off');
      if (end.kind === 'done') return end.summary;
      if (end.kind === 'cancelled' || this.#isDisposed) return undefined;
      if (end.kind !== 'died' || deaths === maxDeaths) throw problemOf(end, this.#options.modelName);
      this.#options.log.warn(`The trainer ended (${end.how}) and goes on from its last state.`);
    }
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#tellPause();
  }

  cancel(): void {
    this.#process?.control('cancel');
  }

  /** Whoever types goes first: the trainer stops within a second, until it has been quiet for a while. */
  typed(): void {
    clearTimeout(this.#quietTimer);
    const wasWaiting = this.isWaiting;
    this.#quietTimer = setTimeout(() => {
      this.#quietTimer = undefined;
      this.#tellPause();
    }, quietMs);
    this.#quietTimer.unref();
    if (!wasWaiting) this.#tellPause();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    clearTimeout(this.#quietTimer);
    await this.#process?.[Symbol.asyncDispose]();
  }

  #start(gpu: TrainOrder['gpu']): Promise<TrainerEnd> {
    const { entry, order, onMessage, log } = this.#options;
    this.#process = startTrainer({ entry, order: { ...order, gpu }, onMessage, log });
    if (this.#isPaused || this.isWaiting) this.#process.control('pause');
    return this.#process.ended;
  }

  #tellPause(): void {
    this.#process?.control(this.#isPaused || this.isWaiting ? 'pause' : 'resume');
  }
}

export function problemOf(end: Exclude<TrainerEnd, { kind: 'done' }>, modelName: string): ProblemError {
  if (end.kind !== 'failed')
    return new ProblemError({ code: 'training.failed', reason: 'how' in end ? end.how : end.kind });
  const { fault, reason } = end;
  switch (fault) {
    case 'untrainable':
      return new ProblemError({ code: 'training.untrainable', name: modelName, reason });
    case 'memory':
      return new ProblemError({ code: 'training.memory', reason });
    case 'unsupported':
      return new ProblemError({ code: 'training.unsupported', reason });
    case 'samples':
    case 'other':
      return new ProblemError({ code: 'training.failed', reason });
  }
}
