import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type {
  FileTask,
  FromWorker,
  HashedFile,
  TermedChunk,
  ToWorker,
  WantedFile,
  WorkerData,
} from './workerMessages.ts';
import { WorkerPosition } from './workerPosition.ts';

export interface WorkerOptions {
  /** `fileWorker.ts` or `dist/fileWorker.js`. */
  readonly workerPath: string;
  readonly data: Omit<WorkerData, 'position'>;
  /** A file that takes longer is taken for one that never ends. */
  readonly fileTimeoutMs: number;
  readonly heapMegabytes: number;
}

export interface ChunkedBatch {
  readonly files: readonly (readonly TermedChunk[])[];
  readonly vectors?: Float32Array;
}

/** The worker ended while there was work. */
export class WorkerDied extends Error {
  override readonly name = 'WorkerDied';
  /** What it was at. */
  readonly culprit: { readonly batch: number; readonly index: number } | undefined;
  constructor(reason: string, culprit: WorkerDied['culprit']) {
    super(reason);
    this.culprit = culprit;
  }
}

interface Waiting {
  readonly resolve: (message: FromWorker) => void;
  readonly reject: (cause: unknown) => void;
}

const watchMs = 500;

/** One file worker, from its start to its death: afterwards every call rejects with `WorkerDied`. */
export class WorkerThread implements AsyncDisposable {
  readonly #worker: Worker;
  readonly #position = new WorkerPosition();
  readonly #waiting = new Map<number, Waiting>();
  readonly #exit: Promise<unknown>;
  readonly #watch: NodeJS.Timeout;
  #died: WorkerDied | undefined;
  #step = -1;
  #stepSinceMs = 0;

  constructor({ workerPath, data, fileTimeoutMs, heapMegabytes }: WorkerOptions) {
    this.#worker = new Worker(workerPath, {
      workerData: { ...data, position: this.#position.memory },
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    this.#exit = once(this.#worker, 'exit').catch(() => undefined);
    this.#worker.on('message', (message: FromWorker) => this.#receive(message));
    this.#worker.on('error', (cause: Error) => this.#die(cause.message));
    this.#worker.on('exit', () => this.#die('it ended'));
    this.#worker.unref();
    this.#watch = setInterval(() => this.#look(fileTimeoutMs), watchMs);
    this.#watch.unref();
  }

  get isDead(): boolean {
    return this.#died !== undefined;
  }

  /** How many batches it has been given and not finished. */
  get load(): number {
    return this.#waiting.size;
  }

  async hash(batch: number, tasks: readonly FileTask[], urgent: boolean): Promise<readonly (HashedFile | undefined)[]> {
    const answer = await this.#ask({ kind: 'hash', batch, tasks, urgent });
    return answer.kind === 'hashed' ? answer.files : [];
  }

  async chunk(batch: number, wanted: readonly WantedFile[], urgent: boolean): Promise<ChunkedBatch> {
    const answer = await this.#ask({ kind: 'chunk', batch, wanted, urgent });
    return answer.kind === 'chunked' ? answer : { files: [] };
  }

  /** Nothing of the batch is wanted. */
  drop(batch: number, urgent: boolean): void {
    this.#worker.postMessage({ kind: 'chunk', batch, wanted: [], urgent } satisfies ToWorker, []);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#die('it was ended');
    await this.#exit;
  }

  #ask(message: ToWorker): Promise<FromWorker> {
    if (this.#died !== undefined) return Promise.reject(new WorkerDied(this.#died.message, undefined));
    return new Promise((resolve, reject) => {
      this.#waiting.set(message.batch, { resolve, reject });
      // The process must not end over unfinished work, but a worker without any holds nobody up.
      this.#worker.ref();
      this.#worker.postMessage(message, []);
    });
  }

  #receive(message: FromWorker): void {
    if (message.kind === 'ready') return;
    if (message.kind === 'failed') return this.#die(message.message);
    this.#waiting.get(message.batch)?.resolve(message);
    this.#waiting.delete(message.batch);
    if (this.#waiting.size === 0) this.#worker.unref();
  }

  #look(fileTimeoutMs: number): void {
    const nowMs = performance.now();
    const { step } = this.#position;
    if (step !== this.#step || this.#position.file === undefined) {
      this.#step = step;
      this.#stepSinceMs = nowMs;
    } else if (nowMs - this.#stepSinceMs > fileTimeoutMs) this.#die(`a file took more than ${fileTimeoutMs} ms`);
  }

  #die(reason: string): void {
    if (this.#died !== undefined) return;
    clearInterval(this.#watch);
    this.#died = new WorkerDied(reason, this.#position.file);
    void this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(this.#died);
    this.#waiting.clear();
  }
}
