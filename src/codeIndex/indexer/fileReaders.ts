import { availableParallelism } from 'node:os';
import type { Logger } from '../../base/logger.ts';
import type { FileTask, HashedFile, TermedChunk, WantedFile } from './workerMessages.ts';
import { WorkerDied, type WorkerOptions, WorkerThread } from './workerThread.ts';

/** What came of reading a file. */
export type ReadFile =
  /** Gone, or nothing that may be read. */
  | { readonly kind: 'gone'; readonly task: FileTask }
  /** Its chunks are in the store already. */
  | { readonly kind: 'known'; readonly task: FileTask; readonly facts: HashedFile }
  | {
      readonly kind: 'chunked';
      readonly task: FileTask;
      readonly facts: HashedFile;
      readonly chunks: readonly TermedChunk[];
      /** Of all chunks, end to end; absent when they are made elsewhere. */
      readonly vectors?: Float32Array;
    };

export interface ReadOptions {
  readonly isKnown: (blob: string) => boolean;
  /** Goes before everything that is not. */
  readonly urgent: boolean;
  readonly signal: AbortSignal;
}

export interface FileReader {
  /** One answer per task. Rejects when no worker can be started. */
  read(tasks: readonly FileTask[], options: ReadOptions): Promise<readonly ReadFile[]>;
}

export interface FileReadersOptions extends Omit<WorkerOptions, 'fileTimeoutMs' | 'heapMegabytes'> {
  /** Default: one, two where there are cores to spare. */
  readonly workers?: number;
  readonly log: Logger;
  readonly fileTimeoutMs?: number;
  readonly heapMegabytes?: number;
}

/** A worker that cannot even start is tried again this often. */
const maxStarts = 3;
const defaultFileTimeoutMs = 15_000;
const defaultHeapMegabytes = 256;

/** What a content did to a worker: it is then chunked without its grammar, and after that not at all. */
type Poison = 'plain' | 'skip';

/**
 * The file workers. One that dies is replaced, and the file it was at is given another, simpler try; whatever else it had
 * to do is done again.
 */
export class FileReaders implements FileReader, AsyncDisposable {
  readonly #options: FileReadersOptions;
  readonly #workers: (WorkerThread | undefined)[];
  readonly #poison = new Map<string, Poison>();
  #lastBatch = 0;
  #disposed = false;

  constructor(options: FileReadersOptions) {
    this.#options = options;
    this.#workers = Array.from({ length: options.workers ?? defaultWorkers() }, () => undefined);
  }

  async read(tasks: readonly FileTask[], options: ReadOptions): Promise<readonly ReadFile[]> {
    const results: ReadFile[] = [];
    let starts = 0;
    for (let rest = tasks; rest.length > 0; ) {
      options.signal.throwIfAborted();
      const attempt = new Attempt(++this.#lastBatch, rest, this.#poison, options);
      try {
        results.push(...(await attempt.run(this.#leastBusy())));
        break;
      } catch (cause) {
        if (!(cause instanceof WorkerDied)) throw cause;
        if (cause.culprit === undefined && ++starts === maxStarts)
          throw new Error(`No file can be read: ${cause.message}`, { cause });
        const unreadable = attempt.blame(cause, this.#options.log);
        if (unreadable !== undefined) results.push({ kind: 'gone', task: unreadable });
        rest = rest.filter((task) => task !== unreadable);
      }
    }
    return results;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    await Promise.all(this.#workers.map(async (worker) => worker?.[Symbol.asyncDispose]()));
  }

  #leastBusy(): WorkerThread {
    if (this.#disposed) throw new Error('The file workers have ended');
    for (const [at, worker] of this.#workers.entries())
      if (worker === undefined || worker.isDead) {
        const { fileTimeoutMs = defaultFileTimeoutMs, heapMegabytes = defaultHeapMegabytes } = this.#options;
        const { workerPath, data } = this.#options;
        return (this.#workers[at] = new WorkerThread({ workerPath, data, fileTimeoutMs, heapMegabytes }));
      }
    const alive = this.#workers.filter((worker) => worker !== undefined);
    const [first] = alive.toSorted((a, b) => a.load - b.load);
    if (first === undefined) throw new Error('There are no file workers');
    return first;
  }
}

/** Searching and writing need a core, the editor another. */
function defaultWorkers(): number {
  return availableParallelism() >= 6 ? 2 : 1;
}

/** One batch on one worker. */
class Attempt {
  readonly #batch: number;
  readonly #tasks: readonly FileTask[];
  readonly #poison: Map<string, Poison>;
  readonly #options: ReadOptions;
  #hashed: readonly (HashedFile | undefined)[] = [];

  constructor(batch: number, tasks: readonly FileTask[], poison: Map<string, Poison>, options: ReadOptions) {
    this.#batch = batch;
    this.#tasks = tasks;
    this.#poison = poison;
    this.#options = options;
  }

  async run(worker: WorkerThread): Promise<readonly ReadFile[]> {
    const { isKnown, urgent, signal } = this.#options;
    this.#hashed = await worker.hash(this.#batch, this.#tasks, urgent);
    const wanted = this.#wanted(isKnown);
    if (wanted.length === 0 || signal.aborted) {
      worker.drop(this.#batch, urgent);
      signal.throwIfAborted();
      return this.#tasks.map((task, index) => this.#unchunked(task, index));
    }
    const { files, vectors } = await worker.chunk(this.#batch, wanted, urgent);
    return this.#together(wanted, files, vectors);
  }

  /** Notes what killed the worker, and returns it when it did so while being read, with no hope of another way. */
  blame({ culprit, message }: WorkerDied, log: Logger): FileTask | undefined {
    if (culprit === undefined || culprit.batch !== this.#batch) return undefined;
    const task = this.#tasks[culprit.index];
    log.warn(`A file worker died of ${task?.path}: ${message}`);
    const blob = this.#hashed[culprit.index]?.blob;
    if (blob === undefined) return task;
    this.#poison.set(blob, this.#poison.has(blob) ? 'skip' : 'plain');
    return undefined;
  }

  #wanted(isKnown: (blob: string) => boolean): readonly WantedFile[] {
    const seen = new Set<string>();
    return this.#hashed.flatMap((file, index) => {
      if (file === undefined || isKnown(file.blob) || seen.has(file.blob)) return [];
      const poison = this.#poison.get(file.blob);
      if (poison === 'skip') return [];
      seen.add(file.blob);
      return [{ index, plain: poison === 'plain' }];
    });
  }

  #unchunked(task: FileTask, index: number): ReadFile {
    const facts = this.#hashed[index];
    if (facts === undefined) return { kind: 'gone', task };
    return this.#poison.get(facts.blob) === 'skip'
      ? { kind: 'chunked', task, facts, chunks: [] }
      : { kind: 'known', task, facts };
  }

  #together(
    wanted: readonly WantedFile[],
    files: readonly (readonly TermedChunk[])[],
    vectors: Float32Array | undefined,
  ): readonly ReadFile[] {
    const results = this.#tasks.map((task, index) => this.#unchunked(task, index));
    const count = files.reduce((sum, chunks) => sum + chunks.length, 0);
    const dimensions = vectors === undefined || count === 0 ? 0 : vectors.length / count;
    let at = 0;
    for (const [turn, { index }] of wanted.entries()) {
      const chunks = files[turn] ?? [];
      const task = this.#tasks[index];
      const facts = this.#hashed[index];
      if (task === undefined || facts === undefined) continue;
      const own = vectors?.subarray(at * dimensions, (at += chunks.length) * dimensions);
      results[index] = { kind: 'chunked', task, facts, chunks, ...(own && { vectors: own }) };
    }
    return results;
  }
}
