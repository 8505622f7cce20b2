import { isAbort } from '../../base/aborts.ts';
import { Emitter } from '../../base/emitter.ts';
import { type Problem, ProblemError } from '../../protocol/problems.ts';
import type { Embed, Rank } from '../embed.ts';
import { type CountTokens, type Generate, type LoadedModel, ModelUnavailable } from '../generate.ts';
import type { Encode, Score } from '../score.ts';
import { standing } from './crashHistory.ts';
import type { HostInfo } from './hostProtocol.ts';
import { forgetCrashes, type ModelFile, type RunningHost, type RunnerOptions, startModel } from './hostStarter.ts';

export type RunnerState =
  /** Nothing was asked for yet, or the runner was disposed. */
  | { readonly kind: 'none' }
  /** The first model is being loaded. While a model is replaced, the state stays `ready` with the old one. */
  | { readonly kind: 'loading'; readonly name: string }
  | { readonly kind: 'ready'; readonly model: LoadedModel }
  /** The host died and a new one is on its way. */
  | { readonly kind: 'restarting'; readonly model: LoadedModel }
  /** Nothing answers until another model is used or `restart` is called. */
  | { readonly kind: 'failed'; readonly problem: Problem };

/** The engine's side of the model host: keeps one model running, whatever happens to its process. */
export interface ModelRunner extends AsyncDisposable {
  readonly state: RunnerState;
  readonly onState: Emitter<RunnerState>;
  /** The model that is ready or comes back; before the first, the one being loaded. */
  readonly file: ModelFile | undefined;
  /** Process of the host that answers; absent while none does. */
  readonly hostPid: number | undefined;
  /**
   * Loads a model; the previous one answers until the new one is ready. Rejects with a `ProblemError` and keeps the
   * previous one if it cannot be loaded, with an `AbortError` when aborted or when a later call took its place.
   */
  use(file: ModelFile, signal?: AbortSignal): Promise<LoadedModel>;
  /** Throws `ModelUnavailable` at once while nothing is ready. */
  readonly generate: Generate;
  readonly countTokens: CountTokens;
  readonly score: Score;
  readonly encode: Encode;
  /** Of a runner whose purpose is `embed`. */
  readonly embed: Embed;
  /** Of a runner whose purpose is `rank`. */
  readonly rank: Rank;
  /** Lets the model go; `use` brings it back. */
  stop(): Promise<void>;
  /** Starts the wanted model again at full size, also after too many crashes. Rejects with a `ProblemError`. */
  restart(): Promise<void>;
  /** What the host says of itself; absent while none answers. */
  info(): Promise<HostInfo | undefined>;
}

export function createModelRunner(options: RunnerOptions): ModelRunner {
  return new Runner(options);
}

class Runner implements ModelRunner {
  readonly onState = new Emitter<RunnerState>();
  readonly #options: RunnerOptions;
  #state: RunnerState = { kind: 'none' };
  #host: RunningHost | undefined;
  /** What comes back after a crash or with `restart`: the model that was ready last, or the only one asked for. */
  #wanted: ModelFile | undefined;
  /** Aborts the `use` under way: the newest wins. */
  #using = new AbortController();
  /** Aborts the restart or growth under way. */
  #mending = new AbortController();
  #growTimer: NodeJS.Timeout | undefined;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  get state(): RunnerState {
    return this.#state;
  }

  get file(): ModelFile | undefined {
    return this.#wanted;
  }

  get hostPid(): number | undefined {
    return this.#host?.pid;
  }

  async use(file: ModelFile, signal?: AbortSignal): Promise<LoadedModel> {
    this.#using.abort();
    this.#using = new AbortController();
    const own = this.#using.signal;
    const before = this.#state;
    const idle = before.kind === 'none' || before.kind === 'failed' || before.kind === 'loading';
    if (idle) {
      this.#wanted = file;
      this.#enter({ kind: 'loading', name: file.name });
    }
    try {
      const host = await startModel(this.#options, file, signal === undefined ? own : AbortSignal.any([own, signal]));
      this.#adopt(host);
      return host.model;
    } catch (cause) {
      if (idle && !own.aborted && this.#state.kind === 'loading')
        this.#enter(cause instanceof ProblemError ? { kind: 'failed', problem: cause.problem } : { kind: 'none' });
      throw cause;
    }
  }

  readonly generate: Generate = (request, signal) => {
    const host = this.#host;
    return host === undefined ? unavailable(this.#state) : host.client.generate(request, signal);
  };

  readonly countTokens: CountTokens = async (prompts, signal) => this.#client.countTokens(prompts, signal);

  readonly score: Score = async (request, signal) => this.#client.score(request, signal);

  readonly encode: Encode = async (request, signal) => this.#client.encode(request, signal);

  readonly embed: Embed = async (request, signal) => this.#client.embed(request, signal);

  readonly rank: Rank = async (request, signal) => this.#client.rank(request, signal);

  get #client(): RunningHost['client'] {
    if (this.#host === undefined) throw new ModelUnavailable(`No model is ready (${this.#state.kind}).`);
    return this.#host.client;
  }

  async restart(): Promise<void> {
    const file = this.#wanted;
    if (file === undefined) return;
    await forgetCrashes(this.#options, file);
    const host = this.#host;
    this.#host = undefined;
    await host?.client.leave();
    this.#enter({ kind: 'loading', name: file.name });
    await this.#bringBack(file);
    if (this.#state.kind === 'failed') throw new ProblemError(this.#state.problem);
  }

  async info(): Promise<HostInfo | undefined> {
    return this.#host?.client.info();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async stop(): Promise<void> {
    this.#using.abort();
    this.#mending.abort();
    clearTimeout(this.#growTimer);
    const host = this.#host;
    this.#host = undefined;
    host?.client[Symbol.dispose]();
    await host?.client.lost;
    this.#enter({ kind: 'none' });
  }

  #enter(state: RunnerState): void {
    this.#state = state;
    this.onState.fire(state);
  }

  #adopt(host: RunningHost): void {
    const previous = this.#host;
    this.#mending.abort();
    this.#host = host;
    this.#wanted = host.file;
    void host.client.lost.then(() => this.#onLost(host));
    void previous?.client.leave();
    this.#enter({ kind: 'ready', model: host.model });
    void this.#growLater(host);
  }

  async #onLost(host: RunningHost): Promise<void> {
    if (this.#host !== host) return;
    this.#host = undefined;
    clearTimeout(this.#growTimer);
    this.#options.log.warn(`The model process ${host.pid} of ${host.file.name} ended unexpectedly.`);
    this.#enter({ kind: 'restarting', model: host.model });
    await host.crashes.add(host.pid, Date.now());
    await this.#bringBack(host.file);
  }

  /** Starts a model that ran before; ends in `ready` or `failed` unless another one takes over meanwhile. */
  async #bringBack(file: ModelFile): Promise<void> {
    this.#mending.abort();
    this.#mending = new AbortController();
    try {
      this.#adopt(await startModel(this.#options, file, this.#mending.signal));
    } catch (cause) {
      if (cause instanceof ProblemError) this.#enter({ kind: 'failed', problem: cause.problem });
      else if (!isAbort(cause)) throw cause;
    }
  }

  /** After a quiet time a host that was made smaller is replaced by a larger one. */
  async #growLater(host: RunningHost): Promise<void> {
    clearTimeout(this.#growTimer);
    const { improvesAtMs } = standing(await host.crashes.read(), Date.now());
    if (improvesAtMs === undefined || this.#host !== host) return;
    this.#growTimer = setTimeout(() => void this.#grow(host), improvesAtMs - Date.now());
    this.#growTimer.unref();
  }

  async #grow(host: RunningHost): Promise<void> {
    if (this.#host !== host) return;
    this.#mending = new AbortController();
    try {
      this.#adopt(await startModel(this.#options, host.file, this.#mending.signal));
    } catch (cause) {
      if (!isAbort(cause)) this.#options.log.warn(`${host.file.name} stays at its smaller plan: ${String(cause)}`);
    }
  }
}

// oxlint-disable-next-line require-yield -- a generator that ends before it begins
async function* unavailable(state: RunnerState): ReturnType<Generate> {
  throw new ModelUnavailable(`No model is ready (${state.kind}).`);
}
