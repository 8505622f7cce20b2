import { basename } from 'node:path';
import { delay } from '../../base/aborts.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import { pathInside } from '../../privacy/exclusion.ts';
import type { IndexStatus } from '../../protocol/indexMessages.ts';
import type { Problem } from '../../protocol/problems.ts';
import type { Embedder } from '../embedder/embedder.ts';
import type { Hit, SearchRequest } from '../search/hit.ts';
import type { SearchableStore } from '../store/indexStore.ts';
import { combinedStatus } from './combinedStatus.ts';
import type { FolderTools } from './folderTools.ts';
import { IndexedFolder } from './indexedFolder.ts';
import { comeBack, type IndexLocation, locateIndex, removeAllIndexes, removeIndex, stayAway } from './indexLocation.ts';
import type { EmbedderChoice, IndexOrder, IndexWishes, SearchAnswer } from './indexProtocol.ts';

/** An embedder, and what opens and fills stores with its vectors. */
export interface Embedding extends AsyncDisposable {
  readonly embedder: Embedder;
  readonly tools: FolderTools;
}

export interface IndexedWorkspaceOptions {
  /** Holds the indexes of all folders. */
  readonly indexFolder: string;
  readonly openEmbedding: (choice: EmbedderChoice) => Promise<Embedding>;
  readonly search: (
    request: SearchRequest,
    parts: { readonly stores: readonly SearchableStore[]; readonly embedder: Embedder; readonly reranks: boolean },
    signal: AbortSignal,
  ) => Promise<readonly Hit[]>;
  readonly log: Logger;
  readonly onProblem: (problem: Problem) => void;
}

/** Until every other window has seen that a folder was forgotten. */
const othersNoticeMs = 3_000;
const folderName = '${workspaceFolderBasename}';

interface OpenFolder {
  readonly location: IndexLocation;
  /** Workspace folders in it. */
  readonly inside: readonly string[];
  readonly index: IndexedFolder;
}

/** The folders that are open, each with its index. */
export class IndexedWorkspace implements AsyncDisposable {
  readonly onStatus = new Emitter<IndexStatus>();
  readonly #options: IndexedWorkspaceOptions;
  readonly #folders = new Map<string, OpenFolder>();
  #wishes: IndexWishes | undefined;
  #embedding: Embedding | undefined;
  /** Wishes and orders are carried out one after the other. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(options: IndexedWorkspaceOptions) {
    this.#options = options;
  }

  get status(): IndexStatus {
    return combinedStatus([...this.#folders.values()].map(({ index }) => index.status));
  }

  /** Opens, closes and sets folders so that they are as wished for. */
  follow(wishes: IndexWishes): Promise<void> {
    return this.#inTurn(() => this.#follow(wishes));
  }

  order(order: IndexOrder): Promise<void> {
    return this.#inTurn(async () => {
      if (order.action === 'forget') await this.#forget(order.folder);
      else if (order.action === 'delete') await this.#deleteAll();
      else await this.#rebuild();
    });
  }

  /** Absolute paths. */
  changed(paths: readonly string[]): void {
    for (const [folder, { index }] of this.#folders) {
      const inside = paths.filter((path) => path === folder || pathInside(folder, path) !== undefined);
      if (inside.length > 0) index.changed(inside);
    }
  }

  activity(): void {
    for (const { index } of this.#folders.values()) index.activity();
  }

  async search(request: SearchRequest, signal: AbortSignal): Promise<SearchAnswer> {
    const open = [...this.#folders.values()].map(({ index }) => index);
    const stores = open.flatMap(({ store }) => store ?? []);
    const embedder = this.#embedding?.embedder;
    const reranks = this.#wishes?.reranks ?? false;
    if (embedder === undefined || stores.length === 0) return { hits: [], complete: false };
    const hits = await this.#options.search(request, { stores, embedder, reranks }, signal);
    return { hits, complete: open.every(({ isComplete }) => isComplete) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inTurn(() => this.#closeAll());
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }

  async #follow(wishes: IndexWishes): Promise<void> {
    const before = this.#wishes;
    this.#wishes = wishes;
    const isNew = JSON.stringify(before?.embedder) !== JSON.stringify(wishes.embedder);
    if (isNew || before?.teamIndex !== wishes.teamIndex) await this.#closeAll();
    this.#embedding ??= await this.#options.openEmbedding(wishes.embedder);
    for (const [folder, { inside }] of this.#folders) {
      const isAsWished = wishes.folders.includes(folder) && String(inside) === String(this.#foldersInside(folder));
      if (!isAsWished) await this.#close(folder);
    }
    for (const folder of wishes.folders) await this.#open(folder);
    for (const { index } of this.#folders.values()) index.setPaused(wishes.paused);
    this.#report();
  }

  async #open(folder: string): Promise<void> {
    const { indexFolder, log, onProblem } = this.#options;
    if (this.#folders.has(folder) || this.#embedding === undefined) return;
    const location = await locateIndex(indexFolder, folder);
    if (location === undefined) {
      log.info(`${folder} is no folder here, so it is not indexed.`);
      return;
    }
    const inside = this.#foldersInside(folder);
    const index = new IndexedFolder({
      folder,
      otherFolders: inside,
      location,
      teamIndex: (this.#wishes?.teamIndex ?? '').replace(folderName, basename(location.folder)),
      paused: this.#wishes?.paused ?? false,
      tools: this.#embedding.tools,
      log,
      onProblem,
    });
    this.#folders.set(folder, { location, inside, index });
    index.onStatus.on(() => this.#report());
  }

  #foldersInside(folder: string): readonly string[] {
    return (this.#wishes?.folders ?? []).filter((other) => pathInside(folder, other) !== undefined);
  }

  async #close(folder: string): Promise<void> {
    const open = this.#folders.get(folder);
    this.#folders.delete(folder);
    await open?.index[Symbol.asyncDispose]();
  }

  async #closeAll(): Promise<void> {
    for (const folder of this.#folders.keys()) await this.#close(folder);
    await this.#embedding?.[Symbol.asyncDispose]();
    this.#embedding = undefined;
  }

  /** A workspace folder, one in it, or one around it. */
  async #forget(path: string): Promise<void> {
    const isAround = (folder: string) => folder === path || pathInside(path, folder) !== undefined;
    const open = [...this.#folders.keys()];
    for (const folder of new Set([path, ...open.filter(isAround)])) await this.#forgetWhole(folder);
    for (const folder of open) {
      const inside = pathInside(folder, path);
      if (inside !== undefined) await this.#forgetPart(folder, inside.normalize('NFC'));
    }
    this.#report();
  }

  async #forgetWhole(folder: string): Promise<void> {
    const location = await locateIndex(this.#options.indexFolder, folder);
    if (location === undefined) return;
    await stayAway(location);
    await this.#close(folder);
    await removeIndex(location);
    // It stays open, and away, so that it can come back.
    if (this.#wishes?.folders.includes(folder)) await this.#open(folder);
  }

  async #forgetPart(folder: string, subfolder: string): Promise<void> {
    const open = this.#folders.get(folder);
    if (open === undefined || (await open.index.forget(subfolder))) return;
    // Another window writes: everything goes, and comes back without the subfolder.
    await this.#renew(
      folder,
      (location) => this.#embedding?.tools.noteForgotten(location.path, subfolder) ?? Promise.resolve(),
    );
  }

  async #deleteAll(): Promise<void> {
    const folders = [...this.#folders.keys()];
    for (const folder of folders) await this.#forgetWhole(folder);
    await removeAllIndexes(this.#options.indexFolder);
  }

  async #rebuild(): Promise<void> {
    const open = [...this.#folders.keys()];
    for (const folder of open) await this.#renew(folder);
    this.#report();
  }

  /** Deletes a folder's index in every window, and begins anew. */
  async #renew(folder: string, prepare: (location: IndexLocation) => Promise<void> = async () => {}): Promise<void> {
    const open = this.#folders.get(folder);
    if (open === undefined) return;
    const isOthers = open.index.status.state === 'reading';
    await this.#forgetWhole(folder);
    if (isOthers) await delay(othersNoticeMs);
    await this.#close(folder);
    await prepare(open.location);
    await comeBack(open.location);
    await this.#open(folder);
  }

  #report(): void {
    this.onStatus.fire(this.status);
  }
}
