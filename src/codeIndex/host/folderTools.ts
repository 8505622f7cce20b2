import type { FileLock } from '../../base/fileLock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { IndexStatus } from '../../protocol/indexMessages.ts';
import type { Problem } from '../../protocol/problems.ts';
import type { IndexStore, SearchableStore } from '../store/indexStore.ts';

/** What a folder's life needs of the store and the indexer; `indexHost.ts` introduces them. */
export interface FolderTools {
  /** Undefined while another process writes the index in this folder. */
  tryLock(indexFolder: string): Promise<FileLock | undefined>;
  /** Waits until nobody does. */
  holdLock(indexFolder: string, signal: AbortSignal, pollMs: number): Promise<FileLock>;
  /** Begins a new one where what is there cannot be used. */
  openWriter(place: StorePlace): Promise<OpenedStore>;
  /** Makes room for a new store; only for the holder of the lock. */
  setAside(location: string): Promise<void>;
  /** Rejects when there is nothing to read. */
  openReader(place: StorePlace): Promise<SearchableStore & AsyncDisposable>;
  /** What a failure of a store means; undefined: something around it, which may pass. */
  faultOf(cause: unknown): StoreFault | undefined;
  startIndexer(options: IndexerStart): Promise<RunningIndexer>;
  /** Has the next indexer that is started in this folder leave out a subfolder. */
  noteForgotten(indexFolder: string, subfolder: string): Promise<void>;
}

/**
 * The store is damaged; another one is there, or none; there is no room; it does not run on this machine; the way to it
 * is blocked just now.
 */
export type StoreFault = 'broken' | 'absent' | 'diskFull' | 'unsupported' | 'unreachable';

interface OpenedStore {
  readonly store: IndexStore;
  /** Why nothing is left of the one that was there; absent where that is no surprise. */
  readonly rebuilt?: string;
}

interface StorePlace {
  /** A folder of the file system, or `s3://bucket/prefix`. */
  readonly location: string;
  /** The workspace folder it is of. */
  readonly folder: string;
}

interface IndexerStart {
  readonly store: IndexStore;
  /** The workspace folder. */
  readonly folder: string;
  /** Workspace folders inside of it: each has an index of its own. */
  readonly otherFolders: readonly string[];
  /** Where everything that is kept of it lies. */
  readonly indexFolder: string;
  readonly paused: boolean;
  readonly onProblem: (problem: Problem) => void;
}

/** Keeps a store in step with its folder until it is disposed. */
export interface RunningIndexer extends AsyncDisposable {
  readonly status: IndexStatus;
  readonly onStatus: Emitter<void>;
  /** Whether the folder was ever gone over to the end. */
  readonly isComplete: boolean;
  /** Resolves when no pass over the whole folder is under way. */
  readonly passesDone: Promise<void>;
  /** Rejects when it cannot go on. */
  readonly failed: Promise<never>;
  /** Absolute paths. */
  changed(paths: readonly string[]): void;
  /** Someone is typing: background work waits. */
  activity(): void;
  setPaused(paused: boolean): void;
  /** Deletes what is known of a subfolder (relative, `/`-separated), and stays out of it. */
  forget(subfolder: string): Promise<void>;
}
