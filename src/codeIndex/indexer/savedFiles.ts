import { delay } from '../../base/aborts.ts';
import { pathInside } from '../../privacy/exclusion.ts';
import type { IndexStore } from '../store/indexStore.ts';
import { isUnchanged } from './difference.ts';
import type { Discovery, FoundFile } from './discovery.ts';
import type { FileReader } from './fileReaders.ts';
import type { FolderWriter, Written } from './folderWriter.ts';
import { isInside } from './forgotten.ts';
import { findGit, type GitFolders, isGitBusy, readGitHead } from './gitHead.ts';

export interface SavedFilesOptions {
  readonly folder: string;
  readonly store: IndexStore;
  readonly writer: FolderWriter;
  readonly discovery: Discovery;
  readonly reader: FileReader;
  readonly isForgotten: (path: string) => boolean;
  /** Nothing is read while this is true; what is gone is removed all the same. */
  readonly isPaused: () => boolean;
  /** What was checked out when the last whole pass went over the folder. */
  readonly lastHead: () => string | undefined;
  /** These changes are beyond single files. */
  readonly onPassNeeded: () => void;
  readonly onWritten: (written: Written) => void;
  readonly onFailure: (cause: unknown) => void;
}

/** Saving one file makes several events. */
const gatherMs = 20;
/** More than anybody saves by hand: a change of branch, an installation. */
const maxSaves = 200;
const gitPollMs = 50;
/** A flood of events (an installation) is over when none came for so long; it is not waited for longer than the other. */
const floodQuietMs = 250;
const maxFloodMs = 10_000;

/** Brings what was saved, made or deleted into the store within milliseconds, whatever else goes on. */
export class SavedFiles implements AsyncDisposable {
  readonly #options: SavedFilesOptions;
  readonly #ended = new AbortController();
  readonly #pending = new Set<string>();
  #git: Promise<GitFolders | undefined> | undefined;
  #gathering = false;
  #working: Promise<void> = Promise.resolve();

  constructor(options: SavedFilesOptions) {
    this.#options = options;
  }

  /** @param absolutePaths Files or folders that were made, changed or deleted */
  changed(absolutePaths: readonly string[]): void {
    for (const path of absolutePaths) this.#pending.add(path);
    if (this.#gathering || this.#ended.signal.aborted || this.#pending.size === 0) return;
    this.#gathering = true;
    this.#working = Promise.all([this.#working, this.#gather()]).then(() => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    await this.#working;
  }

  async #gather(): Promise<void> {
    const { signal } = this.#ended;
    try {
      await delay(gatherMs, signal);
      const git = await (this.#git ??= findGit(this.#options.folder));
      if (git !== undefined) await this.#untilGitRests(git);
      await this.#untilFloodIsOver();
      const paths = [...this.#pending];
      this.#pending.clear();
      this.#gathering = false;
      await this.#take(paths, git, signal);
    } catch (cause) {
      this.#gathering = false;
      if (!signal.aborted) this.#options.onFailure(cause);
    }
  }

  async #untilGitRests(git: GitFolders): Promise<void> {
    while (await isGitBusy(git)) await delay(gitPollMs, this.#ended.signal);
  }

  /** Each pass gives way to the next: without this, an installation would start one after the other. */
  async #untilFloodIsOver(): Promise<void> {
    const endMs = performance.now() + maxFloodMs;
    for (let before = 0; this.#pending.size > maxSaves && this.#pending.size > before && performance.now() < endMs; ) {
      before = this.#pending.size;
      await delay(floodQuietMs, this.#ended.signal);
    }
  }

  async #take(paths: readonly string[], git: GitFolders | undefined, signal: AbortSignal): Promise<void> {
    const { discovery, onPassNeeded, lastHead } = this.#options;
    if (paths.length > maxSaves || paths.some((path) => discovery.isRuleFile(path))) return onPassNeeded();
    const head = git === undefined ? '' : await readGitHead(git);
    const otherHead = lastHead() !== head;
    const needsFolders = await this.#write(paths, otherHead ? 'park' : 'delete', signal);
    if (otherHead || needsFolders) onPassNeeded();
  }

  /** Resolves to whether there are folders among the paths. */
  async #write(paths: readonly string[], orphans: 'delete' | 'park', signal: AbortSignal): Promise<boolean> {
    const { folder, store, writer, discovery, isForgotten, isPaused } = this.#options;
    using turn = writer.beginTurn();
    const read: FoundFile[] = [];
    const removed: string[] = [];
    let needsFolders = false;
    const look = async (path: string): Promise<void> => {
      const found = await discovery.find(path);
      if (found === 'folder') needsFolders = true;
      else if (found === undefined) removed.push(...this.#indexedIn(pathInside(folder, path)?.normalize('NFC')));
      else if (!isForgotten(found.path) && !isUnchanged(found, store.files.get(found.path))) read.push(found);
    };
    await Promise.all(paths.map(look));
    if (isPaused()) read.length = 0;
    for (let tasks: FoundFile[] = read, gone = removed; tasks.length > 0 || gone.length > 0; gone = []) {
      const written = await this.#readAndWrite(tasks, gone, orphans, turn.turn, signal);
      tasks = read.filter(({ path }) => written.again.some((task) => task.path === path));
    }
    return needsFolders;
  }

  async #readAndWrite(
    tasks: readonly FoundFile[],
    removed: readonly string[],
    orphans: 'delete' | 'park',
    turn: number,
    signal: AbortSignal,
  ): Promise<Written> {
    const { reader, writer, onWritten } = this.#options;
    const isKnown = (blob: string): boolean => writer.isKnown(blob);
    const read = tasks.length === 0 ? [] : await reader.read(tasks, { isKnown, urgent: true, signal });
    const written = await writer.write({ read, removed, orphans, turn, urgent: true }, signal);
    onWritten(written);
    return written;
  }

  /** What the index has at a path that is gone: a file, or a whole folder. */
  #indexedIn(path: string | undefined): string[] {
    const { files } = this.#options.store;
    if (path === undefined) return [];
    return files.has(path) ? [path] : [...files.keys()].filter((each) => isInside(each, path));
  }
}
