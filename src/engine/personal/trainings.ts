import { join } from 'node:path';
import { delay, isAbort } from '../../base/aborts.ts';
import { Emitter } from '../../base/emitter.ts';
import { type FileLock, tryLock } from '../../base/fileLock.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import { ModelUnavailable } from '../../inference/generate.ts';
import {
  type LastTraining,
  noTraining,
  readLastTraining,
  writeLastTraining,
} from '../../personalize/training/lastTraining.ts';
import type { TrainingPlace, TrainingRecord } from '../../personalize/training/trainingRecord.ts';
import type { TrainSummary } from '../../personalize/trainer/trainerProtocol.ts';
import type { TrainingOutcome, TrainResult } from '../../protocol/personalMessages.ts';
import { type Problem, ProblemError } from '../../protocol/problems.ts';
import type { ModelInUse } from './modelInUse.ts';
import { machineLimits } from './machineLimits.ts';
import { TrainerRun } from './trainerRun.ts';
import { TrainingProgressRecord } from './trainingProgress.ts';
import { type Proofs, type Proven, proveTraining } from './proveTraining.ts';
import { keepAdapter, prepareTraining, type TrainingTools } from './trainingSteps.ts';

export interface TrainingsOptions extends TrainingTools {
  /** `dist/trainer.js`. */
  readonly trainerEntry: string;
  /** `personal/` in the data folder. */
  readonly folder: string;
  readonly model: (signal: AbortSignal) => Promise<ModelInUse | undefined>;
  /** The open workspace folder; `''` when there is none. */
  readonly workspaceFolder: () => string;
  readonly gpu: () => 'auto' | 'off';
  readonly log: Logger;
}

type Record = TrainingRecord<Proofs>;

/** How long a model that went away while it was needed is waited for, and how often. */
const modelWaitMs = 1_000;
const modelTries = 60;
const lockWaitMs = 50;
const lockTries = 20;
/** Faults of the moment, not of the training. */
const passing: readonly Problem['code'][] = ['training.busy', 'training.noModel', 'training.memory'];

/**
 * At most one training at a time, of all windows. Its steps: prepare, train, prove, keep. What was prepared goes on after
 * whatever ended the process that was at it.
 */
export class Trainings implements AsyncDisposable {
  /** Something about the training has changed. */
  readonly onChange = new Emitter<void>();
  readonly #options: TrainingsOptions;
  #current: Current | undefined;
  #outcome: TrainingOutcome | undefined;
  #isDisposed = false;

  constructor(options: TrainingsOptions) {
    this.#options = options;
  }

  get current(): Current | undefined {
    return this.#current;
  }

  get outcome(): TrainingOutcome | undefined {
    return this.#outcome;
  }

  /** The last one for a model; `endedMs` 0 where there was none. */
  async lastFor(base: string | undefined): Promise<LastTraining> {
    const last = await readLastTraining(this.#lastPath);
    return base === undefined || base === last.base ? last : noTraining;
  }

  /** Begins a training, or says why it cannot. */
  async begin(place: TrainingPlace): Promise<TrainResult> {
    return this.#start({ place, folder: this.#options.workspaceFolder() });
  }

  /** Goes on with what was interrupted, if it was for the model in use. */
  async goOn(): Promise<void> {
    if (this.#current !== undefined) return;
    const lock = await tryLock(this.#lockPath);
    // Another window is at it.
    if (lock === undefined) return;
    // Looked for under the lock: nobody else can be writing what is removed here as unfinished.
    const record = await this.#unfinished(lock);
    const model = record && (await this.#options.model(new AbortController().signal).catch(() => undefined));
    if (record === undefined || model?.sha256 !== record.base.sha256) return;
    this.#options.log.info(`Going on with the training of ${new Date(record.startedMs).toISOString()}`);
    await this.#start(record);
  }

  async control(order: 'pause' | 'resume' | 'cancel'): Promise<void> {
    const current = this.#current;
    if (current === undefined) return;
    if (order === 'cancel') {
      current.isCancelled = true;
      current.trainer?.cancel();
      current.abort.abort();
    } else {
      current.isPaused = order === 'pause';
      current.trainer?.pause(current.isPaused);
      if (current.record !== undefined)
        await this.#options.records.write({ ...current.record, isPaused: current.isPaused });
    }
    this.onChange.fire();
  }

  typed(): void {
    this.#current?.trainer?.typed();
  }

  /** Ends the one under way and forgets what is on the disk of any. */
  async forget(): Promise<void> {
    await this.control('cancel');
    await this.#current?.ended;
    await this.#options.records.removeAll();
    this.#outcome = undefined;
  }

  /** Leaves what is under way as it is: the next engine goes on with it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    const current = this.#current;
    current?.abort.abort();
    await current?.trainer?.[Symbol.asyncDispose]();
    await current?.ended;
  }

  get #lockPath(): string {
    return join(this.#options.folder, 'training.lock');
  }

  get #lastPath(): string {
    return join(this.#options.folder, 'last.json');
  }

  async #start(wish: Pick<Record, 'place' | 'folder'> | Record): Promise<TrainResult> {
    if (this.#current !== undefined) return { ok: false, problem: { code: 'training.busy' } };
    const record = 'id' in wish ? wish : undefined;
    const current = new Current(wish.place, record);
    this.#current = current;
    this.#outcome = undefined;
    this.onChange.fire();
    return new Promise((resolve) => {
      const toTheEnd = async (): Promise<void> => {
        const outcome = await this.#carryOut(current, wish, () => resolve({ ok: true }));
        this.#outcome = outcome;
        this.#current = undefined;
        resolve(outcome?.kind === 'failed' ? { ok: false, problem: outcome.problem } : { ok: true });
        this.onChange.fire();
      };
      current.ended = toTheEnd();
    });
  }

  async #unfinished(lock: FileLock): Promise<Record | undefined> {
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `prepareTraining` only
      return (await this.#options.records.unfinished()) as Record | undefined;
    } finally {
      await lock.release();
    }
  }

  /** @param onStarted called once nothing is known that would stop it */
  async #carryOut(
    current: Current,
    wish: Pick<Record, 'place' | 'folder'>,
    onStarted: () => void,
  ): Promise<TrainingOutcome | undefined> {
    const { records, log } = this.#options;
    const startMs = Date.now();
    let lock: FileLock | undefined;
    try {
      await records.prepare();
      lock = await this.#lock(current.abort.signal);
      if (lock === undefined) throw new ProblemError({ code: 'training.busy' });
      if ((await this.#options.model(current.abort.signal)) === undefined)
        throw new ProblemError({ code: 'training.noModel' });
      current.record ??= await this.#prepared(current, wish);
      onStarted();
      const summary = await this.#trained(current, current.record);
      const proven = summary && (await this.#proven(current, current.record, summary));
      const outcome = await this.#kept(current.record, summary, proven, startMs);
      await this.#ended(current.record, current.isCancelled);
      return current.isCancelled ? { kind: 'cancelled' } : outcome;
    } catch (cause) {
      if (this.#isDisposed) return undefined;
      if (current.isCancelled || isAbort(cause)) {
        if (current.record !== undefined) await records.remove(current.record.id);
        return { kind: 'cancelled' };
      }
      if (!(cause instanceof ProblemError)) log.error('The training failed', cause);
      const problem = problemOf(cause);
      // What can succeed later stays: the next engine goes on with it.
      if (current.record !== undefined && !passing.includes(problem.code)) await records.remove(current.record.id);
      return { kind: 'failed', problem };
    } finally {
      await lock?.release();
    }
  }

  /** Whoever only looks for a training to go on with, here or in another window, holds the lock for a moment. */
  async #lock(signal: AbortSignal): Promise<FileLock | undefined> {
    for (let tries = 1; ; tries++) {
      const lock = await tryLock(this.#lockPath);
      if (lock !== undefined || tries === lockTries) return lock;
      await delay(lockWaitMs, signal);
    }
  }

  async #prepared(current: Current, wish: Pick<Record, 'place' | 'folder'>): Promise<Record> {
    return this.#withModel(current, async () => {
      const model = await this.#options.model(current.abort.signal);
      if (model === undefined) throw new ModelUnavailable('No model is ready.');
      return prepareTraining(this.#options, model, wish, current.abort.signal, () => this.onChange.fire());
    });
  }

  async #trained(current: Current, record: Record): Promise<TrainSummary | undefined> {
    const { records, trainerEntry, gpu, log } = this.#options;
    await using trainer = new TrainerRun({
      entry: trainerEntry,
      order: {
        order: 'train',
        modelPath: record.base.path,
        samplesPath: records.samplesPath(record.id),
        folder: records.folderOf(record.id),
        below: record.below,
        options: record.options,
        gpu: gpu(),
        ...(await machineLimits()),
      },
      modelName: record.base.name,
      onMessage: (message) => {
        current.progress.heard(message);
        this.onChange.fire();
      },
      log,
    });
    current.trainer = trainer;
    current.phase = 'training';
    if (current.isPaused) trainer.pause(true);
    this.onChange.fire();
    try {
      return await trainer.run();
    } finally {
      current.trainer = undefined;
    }
  }

  async #proven(current: Current, record: Record, summary: TrainSummary): Promise<Proven | undefined> {
    current.phase = 'proving';
    current.progress.proved(0);
    this.onChange.fire();
    return this.#withModel(current, () =>
      proveTraining(this.#options, record, summary, current.abort.signal, (share) => {
        current.progress.proved(share);
        this.onChange.fire();
      }),
    );
  }

  /** The model host may be gone for a moment, killed or replaced: then the step begins again. */
  async #withModel<T>({ abort }: Current, step: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await step();
      } catch (cause) {
        if (!(cause instanceof ModelUnavailable) || tries === modelTries) throw cause;
      }
      await delay(modelWaitMs, abort.signal);
    }
  }

  async #kept(
    record: Record,
    summary: TrainSummary | undefined,
    proven: Proven | undefined,
    startMs: number,
  ): Promise<TrainingOutcome> {
    if (summary === undefined) return { kind: 'cancelled' };
    const seconds = Math.round((Date.now() - startMs) / 1_000);
    if (proven === undefined) return { kind: 'rejected', why: 'notBetter', seconds };
    const { id } = await keepAdapter(this.#options, record, summary, proven);
    const { verdict } = proven.proof;
    return verdict === 'better'
      ? { kind: 'adopted', adapter: id, seconds }
      : { kind: 'rejected', adapter: id, why: verdict, seconds };
  }

  async #ended({ id, newestMs, base }: Record, isCancelled: boolean): Promise<void> {
    await this.#options.records.remove(id);
    if (!isCancelled) await writeLastTraining(this.#lastPath, { endedMs: Date.now(), newestMs, base: base.sha256 });
  }
}

/** The training under way. */
class Current {
  readonly place: TrainingPlace;
  readonly abort = new AbortController();
  readonly progress = new TrainingProgressRecord();
  record: Record | undefined;
  trainer: TrainerRun | undefined;
  phase: 'preparing' | 'training' | 'proving' = 'preparing';
  isPaused: boolean;
  isCancelled = false;
  ended: Promise<void> = Promise.resolve();

  constructor(place: TrainingPlace, record: Record | undefined) {
    this.place = place;
    this.record = record;
    this.isPaused = record?.isPaused ?? false;
  }
}

function problemOf(cause: unknown): Problem {
  return cause instanceof ProblemError ? cause.problem : { code: 'training.failed', reason: errorText(cause) };
}
