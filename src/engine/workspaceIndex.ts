import { join } from 'node:path';
import { IndexClient } from '../codeIndex/host/indexClient.ts';
import { forgetFolder, removeAllIndexes } from '../codeIndex/host/indexLocation.ts';
import type { EmbedCall, EmbedderChoice, RerankCall, SearchAnswer } from '../codeIndex/host/indexProtocol.ts';
import type { SearchRequest } from '../codeIndex/search/hit.ts';
import { Emitter } from '../base/emitter.ts';
import { fileOf } from '../base/fileOf.ts';
import type { Logger } from '../base/logger.ts';
import type { Exclusion } from '../privacy/exclusion.ts';
import type { ControlIndex, IndexStatus } from '../protocol/indexMessages.ts';
import type { Problem } from '../protocol/problems.ts';
import type { LiveSettings } from './liveSettings.ts';

/** Models that make vectors or put answers in order, beside the embedder that is built in. */
interface IndexModels extends AsyncDisposable {
  /** Chooses anew, with what the setting names as embedder; resolves when the choice is made. */
  follow(idOrPath: string): Promise<void>;
  readonly embedder: EmbedderChoice;
  readonly reranks: boolean;
  /** Another embedder or reranker is wanted from now on. */
  readonly onChange: Emitter<void>;
  embed(call: EmbedCall, signal: AbortSignal): Promise<readonly Float32Array[]>;
  rerank(call: RerankCall, signal: AbortSignal): Promise<readonly number[]>;
}

export interface WorkspaceIndexOptions {
  /** Where the engine's own files lie. */
  readonly dist: string;
  readonly dataFolder: string;
  /** Absolute paths. */
  readonly folders: readonly string[];
  readonly settings: LiveSettings;
  readonly exclusion: Exclusion;
  readonly models: IndexModels;
  readonly log: Logger;
  readonly onProblem: (problem: Problem) => void;
}

/** Typing is told of this often at most. */
const activityEveryMs = 500;

/** The index of the open folders, as the settings want it. Nothing is started, and no file is read, before `start`. */
export class WorkspaceIndex implements AsyncDisposable {
  readonly onStatus: Emitter<IndexStatus>;
  readonly #options: WorkspaceIndexOptions;
  readonly #client: IndexClient;
  #folders: readonly string[];
  #started = false;
  /** The setting that the models were last chosen by; an index that began before would embed everything twice. */
  #embedder: string | undefined;
  #paused = false;
  #activityMs = Number.NEGATIVE_INFINITY;

  constructor(options: WorkspaceIndexOptions) {
    const { dist, settings, models, log, onProblem } = options;
    this.#options = options;
    this.#folders = options.folders;
    this.#client = new IndexClient({
      entry: join(dist, 'indexHost.js'),
      paths: {
        indexFolder: this.#indexFolder,
        grammarFolder: join(dist, 'grammars'),
        embedderPath: join(dist, '..', 'models', 'starter-embedder.safetensors'),
        workerPath: join(dist, 'fileWorker.js'),
      },
      log,
      onProblem,
      embed: (call, signal) => models.embed(call, signal),
      rerank: (call, signal) => models.rerank(call, signal),
    });
    this.onStatus = this.#client.onStatus;
    settings.onChange.on(() => void this.#follow());
    models.onChange.on(() => this.#wish());
  }

  get status(): IndexStatus {
    return this.#client.status;
  }

  /** Process of the index host; absent while there is none. */
  get hostPid(): number | undefined {
    return this.#client.pid;
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    void this.#follow();
  }

  /** A model was downloaded that may be of use. */
  async chooseModels(): Promise<void> {
    this.#embedder = undefined;
    await this.#follow();
  }

  setFolders(folders: readonly string[]): void {
    this.#folders = folders;
    void this.#follow();
  }

  /** Something was made, changed or deleted there. */
  changed(uris: readonly string[]): void {
    const paths = uris.flatMap((uri) => fileOf(uri) ?? []);
    if (paths.length > 0) this.#client.changed(paths);
  }

  /** Someone is typing. */
  activity(): void {
    const nowMs = performance.now();
    if (nowMs - this.#activityMs < activityEveryMs) return;
    this.#activityMs = nowMs;
    this.#client.activity();
  }

  /** Without what the user excluded since it was indexed. Rejects only when the signal aborts. */
  async search(request: SearchRequest, signal: AbortSignal): Promise<SearchAnswer> {
    const { hits, complete } = await this.#client.search(request, signal);
    const { exclusion } = this.#options;
    const excluded = await Promise.all(hits.map(({ folder, path }) => exclusion.isExcluded(join(folder, path))));
    return { hits: hits.filter((_, at) => !excluded[at]), complete };
  }

  async control(order: ControlIndex): Promise<void> {
    switch (order.action) {
      case 'pause':
      case 'resume':
        this.#paused = order.action === 'pause';
        this.#wish();
        return;
      case 'forget': {
        const folder = fileOf(order.uri);
        if (folder === undefined || (await this.#client.order({ action: 'forget', folder }))) return;
        return forgetFolder(this.#indexFolder, folder);
      }
      case 'delete':
        if (!(await this.#client.order({ action: 'delete' }))) await removeAllIndexes(this.#indexFolder);
        return;
      case 'rebuild':
        await this.#client.order({ action: 'rebuild' });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#client[Symbol.asyncDispose](), this.#options.models[Symbol.asyncDispose]()]);
  }

  get #indexFolder(): string {
    return join(this.#options.dataFolder, 'index');
  }

  get #isWanted(): boolean {
    return this.#started && this.#options.settings.now.index && this.#folders.length > 0;
  }

  async #follow(): Promise<void> {
    const { models, settings, log } = this.#options;
    const { embedder } = settings.now;
    if (this.#isWanted && embedder !== this.#embedder) {
      this.#embedder = embedder;
      await models.follow(embedder).catch((cause: unknown) => log.error('The models of the index', cause));
    }
    this.#wish();
  }

  #wish(): void {
    if (!this.#started) return;
    const { embedder, reranks } = this.#options.models;
    const { teamIndex } = this.#options.settings.now;
    const folders = this.#folders;
    this.#client.follow(this.#isWanted ? { folders, paused: this.#paused, embedder, reranks, teamIndex } : undefined);
  }
}
