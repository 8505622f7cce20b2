import { Emitter } from '../../base/emitter.ts';
import { ModelUnavailable, type LoadedModel } from '../generate.ts';
import type { ModelFile, RunnerOptions } from '../host/hostStarter.ts';
import { createModelRunner, type ModelRunner, type RunnerState } from '../host/modelRunner.ts';

/** A model that nobody asked for this long is let go: searches come in bursts, and it holds hundreds of megabytes. */
const defaultIdleMs = 5 * 60_000;

export interface OnDemandOptions {
  readonly runner: RunnerOptions;
  readonly file: ModelFile;
  /** 5 minutes unless told. */
  readonly idleMs?: number;
}

/** A model that is loaded when there is work for it, and let go some time after the last. */
export class OnDemandModel implements AsyncDisposable {
  readonly onState: Emitter<RunnerState>;
  readonly #runner: ModelRunner;
  readonly #file: ModelFile;
  readonly #idleMs: number;
  #active = 0;
  #idle: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor({ runner, file, idleMs = defaultIdleMs }: OnDemandOptions) {
    this.#runner = createModelRunner(runner);
    this.#file = file;
    this.#idleMs = idleMs;
    this.onState = this.#runner.onState;
  }

  get state(): RunnerState {
    return this.#runner.state;
  }

  /** Process of the host; absent while none answers. */
  get hostPid(): number | undefined {
    return this.#runner.hostPid;
  }

  /** Rejects with a `ProblemError` or the abort. */
  load(signal: AbortSignal): Promise<LoadedModel> {
    return this.#whileActive(() => this.#runner.use(this.#file, signal));
  }

  /**
   * Does the work once the model is up; a restart after a crash is waited for, but work under way when it crashed is
   * lost. Rejects with `ModelUnavailable` when it does not come up, with the signal's reason when aborted.
   */
  run<T>(work: (runner: ModelRunner) => Promise<T>, signal: AbortSignal): Promise<T> {
    return this.#whileActive(async () => {
      await this.#ready(signal);
      return work(this.#runner);
    });
  }

  /** Loads it again at full size, also after too many crashes. Rejects with a `ProblemError`. */
  restart(): Promise<void> {
    return this.#whileActive(() => this.#runner.restart());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#idle);
    await this.#runner[Symbol.asyncDispose]();
  }

  async #whileActive<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    this.#active++;
    try {
      return await work();
    } finally {
      this.#active--;
      if (this.#active === 0 && !this.#disposed) {
        this.#idle = setTimeout(() => void this.#runner.stop(), this.#idleMs);
        this.#idle.unref();
      }
    }
  }

  async #ready(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#disposed) throw new ModelUnavailable('The model was let go.');
      const { kind } = this.#runner.state;
      if (kind === 'ready') return;
      if (kind === 'failed') throw new ModelUnavailable('The model could not be loaded.');
      const changed = this.#nextState(signal);
      // How it ends is told by the state.
      if (kind === 'none') this.#runner.use(this.#file).catch(() => undefined);
      await changed;
    }
  }

  /** Resolves at the next change of state, or when the signal aborts. */
  #nextState(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        listening[Symbol.dispose]();
        signal.removeEventListener('abort', settle);
        resolve();
      };
      const listening = this.#runner.onState.on(settle);
      signal.addEventListener('abort', settle, { once: true });
    });
  }
}
