import type { IndexStore } from '../store/indexStore.ts';
import type { Gate } from './gate.ts';

export interface HousekeeperOptions {
  readonly store: Pick<IndexStore, 'chunkCount' | 'tidy'>;
  readonly gate: Gate;
  readonly onFailure: (cause: unknown) => void;
  readonly quietMs?: number;
}

/** What was written since the search indexes were last brought up to date. */
export interface Untidy {
  readonly chunks: number;
  /** Deleted rows wait to be removed from the disk. */
  readonly deleted: boolean;
}

/** Words are looked up row by row in chunks that the search indexes do not know: 10 ms for so many. */
const maxUntidyChunks = 500;
const maxUntidyShare = 0.005;
/** During a pass: more than this is not found by words until it is indexed. */
const minChunksDuringPass = 4_000;
const untidyShareDuringPass = 0.75;
/** After saves, housekeeping waits for so long a silence. */
const defaultQuietMs = 10_000;
/** To remove deleted rows, all others are written anew: not for each file that is deleted by hand. */
const betweenDeletionsMs = 5 * 60_000;

/** Decides when the store tidies up. The store itself knows what there is to do; often that is nothing. */
export class Housekeeper implements AsyncDisposable {
  readonly #options: HousekeeperOptions;
  readonly #ended = new AbortController();
  /** Whoever wrote before us may have been killed. */
  #untidy: Untidy = { chunks: Number.POSITIVE_INFINITY, deleted: false };
  #tidiedMs = Number.NEGATIVE_INFINITY;
  #working: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: HousekeeperOptions) {
    this.#options = options;
  }

  /** In a pass: tidies beside it now and then, so that words find what is there already. */
  wroteInPass(written: Untidy): void {
    this.#add(written);
    const { chunks } = this.#untidy;
    if (isDueDuringPass(chunks, this.#options.store.chunkCount) && this.#working === undefined)
      this.#start(this.#ended.signal);
  }

  /** Tidies up when nothing is written for a while. */
  wrote(written: Untidy): void {
    this.#add(written);
    this.#wait();
  }

  /** After a pass. Rejects when the store does, or with an `AbortError`. */
  async tidy(signal: AbortSignal): Promise<void> {
    await this.#working;
    if (!isDue(this.#untidy, this.#options.store.chunkCount)) return;
    await this.#options.gate.pass(0, signal);
    await this.#tidy(signal);
  }

  /** Removes deleted rows from the disk now. */
  async tidyNow(signal: AbortSignal): Promise<void> {
    await this.#working;
    await this.#tidy(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    clearTimeout(this.#timer);
    await this.#working;
  }

  #add({ chunks, deleted }: Untidy): void {
    this.#untidy = { chunks: this.#untidy.chunks + chunks, deleted: this.#untidy.deleted || deleted };
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#whenQuiet(), this.#options.quietMs ?? defaultQuietMs);
    this.#timer.unref();
  }

  #whenQuiet(): void {
    const { chunks, deleted } = this.#untidy;
    const count = this.#options.store.chunkCount;
    const mayDelete = performance.now() - this.#tidiedMs > betweenDeletionsMs;
    if (this.#working === undefined && isDue({ chunks, deleted: deleted && mayDelete }, count))
      this.#start(this.#ended.signal);
    else if (deleted) this.#wait();
  }

  #start(signal: AbortSignal): void {
    const work = async (): Promise<void> => {
      try {
        await this.#options.gate.pass(0, signal);
        await this.#tidy(signal);
      } catch (cause) {
        this.#options.onFailure(cause);
      }
      this.#working = undefined;
    };
    this.#working = work();
  }

  async #tidy(signal: AbortSignal): Promise<void> {
    const before = this.#untidy;
    this.#untidy = { chunks: 0, deleted: false };
    try {
      await this.#options.store.tidy(signal);
      this.#tidiedMs = performance.now();
    } catch (cause) {
      this.#add(before);
      throw cause;
    }
  }
}

/** Pure. */
export function isDue({ chunks, deleted }: Untidy, chunkCount: number): boolean {
  return deleted || chunks > Math.max(maxUntidyChunks, chunkCount * maxUntidyShare);
}

/** Pure: each time costs as much as all chunks together, so each waits until they are several times as many. */
export function isDueDuringPass(untidyChunks: number, chunkCount: number): boolean {
  return untidyChunks > minChunksDuringPass && untidyChunks >= chunkCount * untidyShareDuringPass;
}
