import { mkdir } from 'node:fs/promises';
import { delay, isAbort } from '../../base/aborts.ts';
import { Emitter } from '../../base/emitter.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import type { IndexStatus } from '../../protocol/indexMessages.ts';
import type { Problem } from '../../protocol/problems.ts';
import type { SearchableStore } from '../store/indexStore.ts';
import type { FolderTools, RunningIndexer } from './folderTools.ts';
import { type IndexLocation, isAway, removeIndex } from './indexLocation.ts';
import { isIndexOf } from './isIndexOf.ts';
import { watchedStore } from './watchedStore.ts';

export interface IndexedFolderOptions {
  /** As the engine calls it; the paths of hits are relative to it. */
  readonly folder: string;
  /** Workspace folders inside of it: each has an index of its own. */
  readonly otherFolders: readonly string[];
  readonly location: IndexLocation;
  /** Where a team's index of this folder lies; '' when there is none. */
  readonly teamIndex: string;
  readonly paused: boolean;
  readonly tools: FolderTools;
  readonly log: Logger;
  readonly onProblem: (problem: Problem) => void;
  /** How often it looks whether it was forgotten, or whether its writer is gone. */
  readonly pollMs?: number;
  /** After a failure that is none of the index itself: a full disk, a vanished drive. */
  readonly retryMs?: number;
  /** How long a team's index may take to open. */
  readonly patienceMs?: number;
}

const defaultPollMs = 1_000;
const defaultPatienceMs = 20_000;
const defaultRetryMs = 10_000;

/**
 * One workspace folder's life. It is always in one of four phases, and chooses anew whenever one ends:
 *
 *     forgotten:     nothing is kept of it, until `rebuild`
 *     team's index:  read from elsewhere
 *     writing:       this process holds the lock, keeps the index in step with the folder and searches it
 *     reading:       another window does; this one searches what that one writes
 */
export class IndexedFolder implements AsyncDisposable {
  readonly onStatus = new Emitter<void>();
  readonly #options: IndexedFolderOptions;
  readonly #ended = new AbortController();
  readonly #life: Promise<void>;
  #state: IndexStatus['state'] = 'starting';
  #store: SearchableStore | undefined;
  #indexer: RunningIndexer | undefined;
  #paused: boolean;
  #ignoresTeam = false;
  #problem: Problem | undefined;

  constructor(options: IndexedFolderOptions) {
    this.#options = options;
    this.#paused = options.paused;
    this.#life = this.#live();
  }

  /** What can be searched now. */
  get store(): SearchableStore | undefined {
    return this.#store;
  }

  get status(): IndexStatus {
    const { files, chunkCount } = this.#store ?? { files: new Map(), chunkCount: 0 };
    const problem = this.#problem === undefined ? {} : { problem: this.#problem };
    return this.#indexer?.status ?? { state: this.#state, files: files.size, chunks: chunkCount, ...problem };
  }

  /** Whether everything there is can be found by now. */
  get isComplete(): boolean {
    return this.#indexer?.isComplete ?? (this.#state === 'reading' || this.#state === 'off');
  }

  changed(paths: readonly string[]): void {
    this.#indexer?.changed(paths);
  }

  activity(): void {
    this.#indexer?.activity();
  }

  setPaused(paused: boolean): void {
    this.#paused = paused;
    this.#indexer?.setPaused(paused);
  }

  /** Deletes what is known of a subfolder, for good; false when that is not for this process to do. */
  async forget(subfolder: string): Promise<boolean> {
    await this.#indexer?.forget(subfolder);
    return this.#indexer !== undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    await this.#life;
  }

  get #pollMs(): number {
    return this.#options.pollMs ?? defaultPollMs;
  }

  async #live(): Promise<void> {
    const { log, folder, retryMs = defaultRetryMs } = this.#options;
    while (!this.#ended.signal.aborted) {
      const phase = new AbortController();
      const signal = AbortSignal.any([this.#ended.signal, phase.signal]);
      try {
        await this.#nextPhase(signal);
      } catch (cause) {
        if (isAbort(cause)) continue;
        log.error(`The index of ${folder} has to wait`, cause);
        this.#report(cause);
        await delay(retryMs, signal).catch(() => undefined);
      } finally {
        phase.abort();
      }
    }
  }

  async #nextPhase(signal: AbortSignal): Promise<void> {
    const { location, teamIndex, tools } = this.#options;
    if (await isAway(location)) return this.#stayAway(signal);
    if (teamIndex !== '' && !this.#ignoresTeam) return this.#readTeam(signal);
    await mkdir(location.path, { recursive: true, mode: 0o700 });
    const lock = await tools.tryLock(location.path);
    if (lock === undefined) return this.#read(signal);
    try {
      await this.#write(AbortSignal.any([signal, lock.lost]));
    } finally {
      await lock.release();
    }
  }

  async #stayAway(signal: AbortSignal): Promise<void> {
    const { location } = this.#options;
    await removeIndex(location);
    this.#enter('off');
    while (await isAway(location)) await delay(this.#pollMs, signal);
  }

  async #readTeam(signal: AbortSignal): Promise<void> {
    const { teamIndex, folder, log, onProblem } = this.#options;
    let wasRead = false;
    try {
      await using store = await this.#openTeam(signal);
      if (await isIndexOf(store, folder)) {
        wasRead = true;
        return await this.#serve(store, 'reading', this.#untilAway(signal), this.#isLost);
      }
      log.info(`${teamIndex} is not the index of ${folder}, which is indexed here.`);
    } catch (cause) {
      if (isAbort(cause)) throw cause;
      // Its writer has begun a new one in its place, or it is out of reach, as opening it will tell.
      if (wasRead && this.#isLost(cause)) return;
      onProblem({ code: 'index.team', location: teamIndex, reason: errorText(cause) });
    }
    this.#ignoresTeam = true;
  }

  async #openTeam(signal: AbortSignal): Promise<SearchableStore & AsyncDisposable> {
    const { teamIndex, folder, tools, patienceMs = defaultPatienceMs } = this.#options;
    const opening = tools.openReader({ location: teamIndex, folder });
    const opened = new AbortController();
    const late = async (): Promise<never> => {
      await delay(patienceMs, AbortSignal.any([signal, opened.signal]));
      throw new Error(`no answer within ${patienceMs / 1_000} seconds`);
    };
    try {
      return await Promise.race([opening, late()]);
    } catch (cause) {
      void opening.then((store) => store[Symbol.asyncDispose]()).catch(() => undefined);
      throw cause;
    } finally {
      opened.abort();
    }
  }

  async #write(signal: AbortSignal): Promise<void> {
    const { location, folder, otherFolders, tools, onProblem } = this.#options;
    try {
      const { store: opened, rebuilt } = await tools.openWriter({ location: location.storePath, folder });
      await using store = opened;
      if (rebuilt !== undefined) onProblem({ code: 'index.rebuilt', folder, reason: rebuilt });
      const start = { store, folder, otherFolders, indexFolder: location.path, paused: this.#paused, onProblem };
      await using indexer = await tools.startIndexer(start);
      using _ = indexer.onStatus.on(() => this.onStatus.fire());
      this.#indexer = indexer;
      await this.#serve(store, 'starting', Promise.race([this.#untilAway(signal), indexer.failed]));
    } catch (cause) {
      if (tools.faultOf(cause) !== 'broken') throw cause;
      await tools.setAside(location.storePath);
      onProblem({ code: 'index.rebuilt', folder, reason: errorText(cause) });
    } finally {
      this.#indexer = undefined;
    }
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { location, folder, tools } = this.#options;
    this.#enter('reading');
    const store = await tools.openReader({ location: location.storePath, folder }).catch(() => undefined);
    // Without one the writer has only begun, or is mending it.
    if (store === undefined) return delay(this.#pollMs, signal);
    await using _ = store;
    await this.#serve(store, 'reading', this.#untilUnwritten(signal)).catch(async (cause: unknown) => {
      if (!this.#isUseless(cause)) throw cause;
      await delay(this.#pollMs, signal);
    });
  }

  /** Lets a store be searched until something happens; rejects with what makes it useless. */
  async #serve(
    store: SearchableStore,
    state: IndexStatus['state'],
    until: Promise<void>,
    isOver = this.#isUseless,
  ): Promise<void> {
    const broken = new Promise<never>((_, reject) => {
      this.#store = watchedStore(store, (cause) => {
        if (isOver(cause)) reject(cause);
      });
    });
    this.#enter(state);
    try {
      await Promise.race([until, broken]);
    } finally {
      this.#store = undefined;
      this.#enter('starting');
    }
  }

  /** Whether it helps to open the store anew. */
  readonly #isUseless = (cause: unknown): boolean =>
    ['broken', 'absent'].includes(this.#options.tools.faultOf(cause) ?? '');

  /** The same for what lies behind a network. */
  readonly #isLost = (cause: unknown): boolean =>
    this.#isUseless(cause) || this.#options.tools.faultOf(cause) === 'unreachable';

  async #untilAway(signal: AbortSignal): Promise<void> {
    while (!(await isAway(this.#options.location))) await delay(this.#pollMs, signal);
  }

  async #untilUnwritten(signal: AbortSignal): Promise<void> {
    const { location, tools } = this.#options;
    const over = new AbortController();
    try {
      const until = AbortSignal.any([signal, over.signal]);
      const held = tools.holdLock(location.path, until, this.#pollMs).then((lock) => lock.release());
      // Whatever happened: the next phase looks for itself, and takes the lock for good.
      await Promise.race([held.catch(() => undefined), this.#untilAway(until)]);
      signal.throwIfAborted();
    } finally {
      over.abort();
    }
  }

  #report(cause: unknown): void {
    const { tools, folder, onProblem } = this.#options;
    const fault = tools.faultOf(cause);
    if (fault === 'unsupported') onProblem({ code: 'index.unsupported', reason: errorText(cause) });
    if (fault !== 'diskFull') return;
    const isNew = this.#problem === undefined;
    this.#problem = { code: 'index.diskFull', folder };
    if (isNew) onProblem(this.#problem);
    this.#enter('error');
  }

  #enter(state: IndexStatus['state']): void {
    if (state !== 'error' && state !== 'starting') this.#problem = undefined;
    this.#state = state;
    this.onStatus.fire();
  }
}
