import { delay, isAbort } from '../../base/aborts.ts';
import { Emitter } from '../../base/emitter.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import type { IndexStatus } from '../../protocol/indexMessages.ts';
import type { Problem } from '../../protocol/problems.ts';
import type { Embedder } from '../embedder/embedder.ts';
import type { IndexStore } from '../store/indexStore.ts';
import type { Discovery } from './discovery.ts';
import type { PassProgress } from './estimate.ts';
import type { FileReader } from './fileReaders.ts';
import { passOver } from './folderPass.ts';
import { FolderWriter } from './folderWriter.ts';
import { Forgotten, isInside } from './forgotten.ts';
import type { Gate } from './gate.ts';
import { findGit, readGitHead } from './gitHead.ts';
import { Housekeeper } from './housekeeper.ts';
import { type PassRecord, readPassRecord, writePassRecord } from './passRecord.ts';
import { SavedFiles } from './savedFiles.ts';
import { Throttle } from './throttle.ts';

export interface FolderIndexerOptions {
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  /** Exists. Not the folder of the store itself: what the user wants forgotten outlives a store that is set aside. */
  readonly indexFolder: string;
  /** Not disposed by the indexer. */
  readonly store: IndexStore;
  readonly discovery: Discovery;
  readonly reader: FileReader;
  readonly gate: Gate;
  /** Makes the vectors when the file workers do not. */
  readonly embedder?: Embedder;
  readonly paused: boolean;
  readonly log: Logger;
  readonly onProblem: (problem: Problem) => void;
  /** What a failure of the store means: wait, or give it up. */
  readonly storeFault: (cause: unknown) => 'diskFull' | 'broken' | 'unsupported' | undefined;
  /** After any failure but that of a broken store. */
  readonly retryMs?: number;
}

const defaultRetryMs = 2 * 60_000;
/** The user is told of progress this often at most. */
const progressMs = 250;
/**
 * Keeps one folder's store in step with the folder: one pass over everything at the start and whenever single changes
 * will not do, and every save at once.
 */
export class FolderIndexer implements AsyncDisposable {
  readonly onStatus = new Emitter<void>();
  /** Rejects when the store cannot be written any more, never otherwise. */
  readonly failed: Promise<never>;
  readonly #options: FolderIndexerOptions;
  readonly #forgotten: Forgotten;
  readonly #writer: FolderWriter;
  readonly #saves: SavedFiles;
  readonly #housekeeper: Housekeeper;
  readonly #ended = new AbortController();
  readonly #throttle = new Throttle(progressMs, () => this.onStatus.fire());
  readonly #gateWatch: Disposable;
  #fail: (cause: unknown) => void = () => {};
  #record: PassRecord | undefined;
  #paused: boolean;
  #problem: Problem | undefined;
  #progress: PassProgress | undefined;
  /** The newest pass: an older one gives way. */
  #pass = new AbortController();
  #passes: Promise<void> = Promise.resolve();
  #running = 0;

  /** Begins with a pass over everything, in the background. */
  static async start(options: FolderIndexerOptions): Promise<FolderIndexer> {
    const forgotten = await Forgotten.load(options.indexFolder);
    // Of a store that was begun anew, no pass has seen anything.
    const record = options.store.files.size === 0 ? undefined : await readPassRecord(options.indexFolder);
    const indexer = new FolderIndexer(options, forgotten, record);
    indexer.pass();
    return indexer;
  }

  private constructor(options: FolderIndexerOptions, forgotten: Forgotten, record: PassRecord | undefined) {
    this.#options = options;
    this.#forgotten = forgotten;
    this.#record = record;
    this.#paused = options.paused;
    const isForgotten = (path: string): boolean => forgotten.has(path);
    this.#writer = new FolderWriter({ store: options.store, embedder: options.embedder, isForgotten });
    this.#housekeeper = new Housekeeper({ ...options, onFailure: (cause) => this.#recover(cause) });
    this.#saves = new SavedFiles({
      ...options,
      writer: this.#writer,
      isForgotten,
      isPaused: () => this.#paused,
      lastHead: () => this.#record?.head,
      onPassNeeded: () => this.pass(),
      onWritten: (written) => {
        this.#housekeeper.wrote(written);
        this.onStatus.fire();
      },
      onFailure: (cause) => this.#recover(cause),
    });
    this.failed = new Promise((_, reject) => (this.#fail = reject));
    this.failed.catch(() => {});
    this.#gateWatch = options.gate.onChange.on(() => this.onStatus.fire());
  }

  get status(): IndexStatus {
    const { store } = this.#options;
    return {
      state: this.#state,
      files: store.files.size,
      chunks: store.chunkCount,
      ...(this.#progress && { progress: this.#progress }),
      ...(this.#problem && { problem: this.#problem }),
    };
  }

  /** Whether a whole pass was ever made: before, there may be more to find. */
  get isComplete(): boolean {
    return this.#record !== undefined;
  }

  /** Resolves when no pass is under way or asked for. */
  get passesDone(): Promise<void> {
    return this.#passes;
  }

  /** Absolute paths of files and folders that were made, changed or deleted. */
  changed(absolutePaths: readonly string[]): void {
    this.#saves.changed(absolutePaths);
  }

  /** Goes over everything anew; a pass that is under way gives way, and what it did stays done. */
  pass(): void {
    this.#pass.abort();
    if (this.#paused || this.#ended.signal.aborted) return;
    const pass = new AbortController();
    this.#pass = pass;
    const signal = AbortSignal.any([pass.signal, this.#ended.signal]);
    this.#running++;
    this.#passes = this.#passInTurn(this.#passes, signal);
  }

  async #passInTurn(before: Promise<void>, signal: AbortSignal): Promise<void> {
    await before;
    try {
      await this.#passNow(signal);
    } catch (cause) {
      this.#recover(cause);
    }
    this.#running--;
    this.onStatus.fire();
  }

  setPaused(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    this.pass();
    this.onStatus.fire();
  }

  /** Someone is typing: bulk work waits. */
  activity(): void {
    this.#options.gate.activity();
  }

  /** Deletes what is known of a subfolder, from the disk as well, and keeps it out until `remember`. */
  async forget(subfolder: string): Promise<void> {
    const { store } = this.#options;
    await this.#forgotten.add(subfolder);
    const { signal } = this.#ended;
    const removed = [...store.files.keys()].filter((path) => isInside(path, subfolder));
    using turn = this.#writer.beginTurn();
    await this.#writer.write({ read: [], removed, orphans: 'delete', turn: turn.turn, urgent: true }, signal);
    await this.#housekeeper.tidyNow(signal);
  }

  async remember(subfolder: string): Promise<void> {
    await this.#forgotten.remove(subfolder);
    this.pass();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    this.#throttle[Symbol.dispose]();
    this.#gateWatch[Symbol.dispose]();
    await Promise.all([this.#saves[Symbol.asyncDispose](), this.#passes, this.#housekeeper[Symbol.asyncDispose]()]);
  }

  get #state(): IndexStatus['state'] {
    if (this.#problem !== undefined) return 'error';
    if (this.#paused) return 'paused';
    if (this.#running === 0) return 'ready';
    if (this.#options.gate.isClosed) return 'waiting';
    if (this.#progress !== undefined) return 'indexing';
    return this.isComplete ? 'ready' : 'starting';
  }

  async #passNow(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const { folder, indexFolder, log } = this.#options;
    const startMs = performance.now();
    const git = await findGit(folder);
    const head = git === undefined ? '' : await readGitHead(git);
    const otherHead = this.#record !== undefined && this.#record.head !== head;
    let chunks = 0;
    try {
      await passOver(
        {
          ...this.#options,
          writer: this.#writer,
          isForgotten: (path) => this.#forgotten.has(path),
          orphans: otherHead ? 'park' : 'delete',
          onProgress: (progress) => {
            this.#progress = progress;
            this.#throttle.fire();
          },
          onWritten: (step) => {
            chunks += step.chunks;
            this.#housekeeper.wroteInPass(step);
          },
        },
        signal,
      );
      this.#problem = undefined;
      log.info(`Went over ${folder} in ${Math.round(performance.now() - startMs)} ms: ${chunks} new chunks`);
      // Only then all of it can be found.
      await this.#housekeeper.tidy(signal);
      if (this.#record?.head !== head) await writePassRecord(indexFolder, (this.#record = { head }));
    } finally {
      this.#progress = undefined;
    }
  }

  #recover(cause: unknown): void {
    const { log, folder, storeFault, onProblem, retryMs = defaultRetryMs } = this.#options;
    if (isAbort(cause) || this.#ended.signal.aborted) return;
    const fault = storeFault(cause);
    if (fault === 'broken' || fault === 'unsupported') return this.#fail(cause);
    log.warn(`The index of ${folder} is not up to date: ${errorText(cause)}`);
    if (fault === 'diskFull' && this.#problem === undefined) {
      this.#problem = { code: 'index.diskFull', folder };
      onProblem(this.#problem);
    }
    this.onStatus.fire();
    void delay(retryMs, this.#ended.signal).then(
      () => this.pass(),
      () => undefined,
    );
  }
}
