import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { IndexStore, StoreChange } from '../store/indexStore.ts';
import { batchesOf, differenceOf } from './difference.ts';
import type { Discovery, FoundFile } from './discovery.ts';
import { Estimate, type PassProgress } from './estimate.ts';
import type { FileReader, ReadFile } from './fileReaders.ts';
import type { FolderWriter, Written } from './folderWriter.ts';
import type { Gate } from './gate.ts';
import type { FileTask } from './workerMessages.ts';

export interface FolderPassOptions {
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  readonly store: IndexStore;
  readonly writer: FolderWriter;
  readonly discovery: Discovery;
  readonly reader: FileReader;
  readonly gate: Gate;
  readonly isForgotten: (path: string) => boolean;
  /** Of blobs that changed or vanished files leave behind. What is ignored now is deleted in any case. */
  readonly orphans: StoreChange['orphans'];
  readonly onProgress: (progress: PassProgress) => void;
  /** After each step. */
  readonly onWritten: (written: Written) => void;
}

/** One message to a worker: some tens of milliseconds of work. */
const readLimits = { files: 32, bytes: 256 * 1024 };
/** Batches on their way at the same time: a worker reads the next while it waits to hear which are wanted. */
const maxBatches = 3;
/** Chunks per step of the store: few enough for a save to slip in between, and many, as each step is a file to search. */
const chunksPerStep = 3_072;
const filesPerStep = 1_024;

/**
 * Brings a store in step with its folder: reads what is new or changed, removes what is gone or excluded. Can be stopped
 * at any moment; what was done until then stays done.
 */
export async function passOver(options: FolderPassOptions, signal: AbortSignal): Promise<void> {
  const pass = new FolderPass(options, signal);
  using turn = options.writer.beginTurn();
  await pass.run(turn.turn);
}

class FolderPass {
  readonly #options: FolderPassOptions;
  readonly #signal: AbortSignal;
  #ready: ReadFile[] = [];
  #readyChunks = 0;
  #writing: Promise<void> = Promise.resolve();
  #again: FileTask[] = [];

  constructor(options: FolderPassOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  async run(turn: number): Promise<void> {
    const { store, orphans } = this.#options;
    const { changed, missing } = differenceOf(await this.#walk(), store.files);
    const { excluded, vanished } = await this.#sorted(missing);
    await this.#write({ read: [], removed: excluded, orphans: 'delete' }, turn);
    await this.#readAll(changed, turn);
    for (const task of this.#again.splice(0)) await this.#readBatch([task], turn);
    await this.#flush(turn, 0);
    // Last, so that the chunks of a file that was moved are still there under its new name.
    await this.#write({ read: [], removed: vanished, orphans }, turn);
  }

  async #walk(): Promise<FoundFile[]> {
    const { discovery, isForgotten } = this.#options;
    const found: FoundFile[] = [];
    for await (const file of discovery.walk(this.#signal)) {
      this.#signal.throwIfAborted();
      if (!isForgotten(file.path)) found.push(file);
    }
    return found;
  }

  async #sorted(missing: readonly string[]): Promise<{ excluded: string[]; vanished: string[] }> {
    const excluded: string[] = [];
    const vanished: string[] = [];
    for (const path of missing) {
      const isThere = await stat(join(this.#options.folder, path)).catch(() => undefined);
      (isThere === undefined ? vanished : excluded).push(path);
    }
    return { excluded, vanished };
  }

  async #readAll(files: readonly FoundFile[], turn: number): Promise<void> {
    const { gate, onProgress } = this.#options;
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const estimate = new Estimate({ files: files.length, bytes }, performance.now());
    const underWay = new Set<Promise<void>>();
    for (const batch of batchesOf(files, readLimits)) {
      const startMs = performance.now();
      if (underWay.size >= maxBatches) await Promise.race(underWay);
      if (await gate.pass(performance.now() - startMs, this.#signal)) estimate.rest(performance.now());
      const work = this.#readBatch(batch, turn);
      underWay.add(work);
      const done = async (): Promise<void> => {
        await work;
        underWay.delete(work);
        estimate.done(batch.length, sizeOf(batch), performance.now());
        onProgress(estimate.progress);
      };
      // What goes wrong is seen where all of them are awaited.
      void done().catch(() => {});
      onProgress(estimate.progress);
    }
    await Promise.all(underWay);
  }

  async #readBatch(tasks: readonly FileTask[], turn: number): Promise<void> {
    const { reader, writer } = this.#options;
    const isKnown = (blob: string): boolean => writer.isKnown(blob);
    for (const file of await reader.read(tasks, { isKnown, urgent: false, signal: this.#signal })) {
      this.#ready.push(file);
      if (file.kind === 'chunked') this.#readyChunks += file.chunks.length;
    }
    if (this.#readyChunks >= chunksPerStep || this.#ready.length >= filesPerStep) await this.#flush(turn, 1);
  }

  /** Writes what is ready, after what is being written. */
  async #flush(turn: number, minFiles: number): Promise<void> {
    await this.#writing;
    if (this.#ready.length < minFiles) return;
    const read = this.#ready;
    this.#ready = [];
    this.#readyChunks = 0;
    this.#writing = this.#write({ read, removed: [], orphans: this.#options.orphans }, turn);
    await this.#writing;
  }

  async #write(
    step: {
      readonly read: readonly ReadFile[];
      readonly removed: readonly string[];
      readonly orphans: StoreChange['orphans'];
    },
    turn: number,
  ): Promise<void> {
    if (step.read.length === 0 && step.removed.length === 0) return;
    const written = await this.#options.writer.write({ ...step, turn, urgent: false }, this.#signal);
    this.#options.onWritten(written);
    this.#again.push(...written.again);
  }
}

function sizeOf(batch: readonly FoundFile[]): number {
  return batch.reduce((sum, file) => sum + file.bytes, 0);
}
