import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { silentLogger } from '../../../../src/base/logger.ts';
import { createDiscovery, type Discovery } from '../../../../src/codeIndex/discover/discovery.ts';
import { FileReaders, type FileReader, type ReadFile } from '../../../../src/codeIndex/indexer/fileReaders.ts';
import { FolderIndexer, type FolderIndexerOptions } from '../../../../src/codeIndex/indexer/folderIndexer.ts';
import { Gate } from '../../../../src/codeIndex/indexer/gate.ts';
import type { FileTask } from '../../../../src/codeIndex/indexer/workerMessages.ts';
import type { IndexStore } from '../../../../src/codeIndex/store/indexStore.ts';
import { openStore } from '../../../../src/codeIndex/store/openStore.ts';
import { searchTerms } from '../../../../src/codeIndex/terms.ts';
import { createExclusion } from '../../../../src/privacy/exclusion.ts';
import { makeGrammarFolder } from '../../syntax/grammarFolder.ts';
import { gitIn } from './gitIn.ts';

const root = join(import.meta.dirname, '../../../..');
export const dimensions = 256;

export const workerPath = join(root, 'src/codeIndex/fileWorker.ts');
const embedderPath = join(root, 'models/starter-embedder.safetensors');

/** One set of workers for a whole suite: a worker's start costs more than most tests. */
export function sharedReaders(): () => FileReaders {
  let readers: FileReaders | undefined;
  let grammars: ReturnType<typeof makeGrammarFolder> | undefined;
  before(() => {
    grammars = makeGrammarFolder();
    const data = { grammarFolder: grammars.path, embedderPath };
    readers = new FileReaders({ workerPath, data, workers: 1, log: silentLogger });
  });
  after(async () => {
    await readers?.[Symbol.asyncDispose]();
    grammars?.[Symbol.dispose]();
  });
  return () => readers ?? assert.fail('used outside of a test');
}

/** A real folder with a real store and an indexer between them. */
export class IndexedRepository implements AsyncDisposable {
  readonly folder: string;
  readonly indexFolder: string;
  store: IndexStore;
  readonly storeFolder: string;
  readonly discovery: Discovery;
  readonly gate = new Gate({ powerSource: () => Promise.resolve('mains') });
  readonly problems: string[] = [];
  /** Paths of the files that were chunked, in that order. */
  readonly chunked: string[] = [];
  readonly #base: string;
  #reader: FileReader;
  #indexer: FolderIndexer | undefined;

  static async create(reader: FileReader): Promise<IndexedRepository> {
    const base = await mkdtemp(join(tmpdir(), 'hearth-index-'));
    for (const name of ['work', 'index']) await mkdir(join(base, name));
    return new IndexedRepository(base, reader, await IndexedRepository.#open(base));
  }

  static async #open(base: string): Promise<IndexStore> {
    const options = { embedderId: 'test', dimensions, chunkerVersion: '1', log: silentLogger };
    const { store } = await openStore({ ...options, location: join(base, 'store'), folder: join(base, 'work') });
    return store;
  }

  private constructor(base: string, reader: FileReader, store: IndexStore) {
    this.#base = base;
    this.folder = join(base, 'work');
    this.indexFolder = join(base, 'index');
    this.storeFolder = join(base, 'store');
    this.#reader = reader;
    this.store = store;
    const exclusion = createExclusion({ folders: [this.folder], log: silentLogger });
    this.discovery = createDiscovery({ folder: this.folder, exclusion, log: silentLogger });
  }

  get indexer(): FolderIndexer {
    return this.#indexer ?? assert.fail('no indexer is running');
  }

  get paths(): string[] {
    return [...this.store.files.keys()].toSorted();
  }

  git(...args: string[]): string {
    return gitIn(this.folder)(...args);
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(this.at(path)), { recursive: true });
      await writeFile(this.at(path), text);
    }
  }

  read(path: string): Promise<string> {
    return readFile(this.at(path), 'utf8');
  }

  async move(from: string, to: string): Promise<void> {
    await mkdir(dirname(this.at(to)), { recursive: true });
    await rename(this.at(from), this.at(to));
  }

  async remove(path: string): Promise<void> {
    await rm(this.at(path), { recursive: true });
  }

  at(path: string): string {
    return join(this.folder, path);
  }

  /** Events, as an editor would send them. */
  changed(...paths: string[]): void {
    this.indexer.changed(paths.map((path) => this.at(path)));
  }

  /** Starts the indexer and waits for the end of its first pass. */
  async start(options: Partial<FolderIndexerOptions> = {}): Promise<void> {
    await this.begin(options);
    if (options.paused !== true) await this.indexer.passesDone;
  }

  async begin(options: Partial<FolderIndexerOptions> = {}): Promise<void> {
    this.#indexer = await FolderIndexer.start({
      folder: this.folder,
      indexFolder: this.indexFolder,
      store: this.store,
      discovery: this.discovery,
      reader: { read: (tasks, how) => this.#read(tasks, how) },
      gate: this.gate,
      paused: false,
      log: silentLogger,
      onProblem: ({ code }) => this.problems.push(code),
      storeFault: () => undefined,
      ...options,
    });
  }

  /** Lets go of the indexer, as when a window is closed. */
  async stop(): Promise<void> {
    await this.#indexer?.[Symbol.asyncDispose]();
    this.#indexer = undefined;
  }

  /** A pass over everything, from beginning to end. */
  async pass(): Promise<void> {
    this.indexer.pass();
    await this.indexer.passesDone;
  }

  /** Closes the store, lets something else have it, and opens it again. */
  async lendStore(use: () => Promise<void>): Promise<void> {
    await this.stop();
    await this.store[Symbol.asyncDispose]();
    await use();
    this.store = await IndexedRepository.#open(this.#base);
  }

  /** Paths that the words of a question are found in. */
  async find(words: string): Promise<string[]> {
    const found = await this.store.byTerms(searchTerms(words), 20);
    return [...new Set(found.flatMap(({ paths }) => paths))].toSorted();
  }

  async findable(words: string, ...paths: string[]): Promise<void> {
    let found: string[] = [];
    await until(
      async () => {
        found = await this.find(words);
        return JSON.stringify(found) === JSON.stringify(paths);
      },
      () => `${words}: ${found.join(', ')}`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.store[Symbol.asyncDispose]();
    await rm(this.#base, { recursive: true, force: true, maxRetries: 5 });
  }

  async #read(tasks: readonly FileTask[], how: Parameters<FileReader['read']>[1]): Promise<readonly ReadFile[]> {
    const read = await this.#reader.read(tasks, how);
    for (const file of read) if (file.kind === 'chunked') this.chunked.push(file.task.path);
    return read;
  }
}

/** Waits for a condition; fails after five seconds. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: () => string = () => condition.toString(),
): Promise<void> {
  const endMs = performance.now() + 5_000;
  while (!(await condition())) {
    if (performance.now() > endMs) assert.fail(`It did not come to be: ${what()}`);
    await setTimeout(2);
  }
}
