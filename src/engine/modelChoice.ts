import { isAbort } from '../base/aborts.ts';
import { Emitter } from '../base/emitter.ts';
import type { Logger } from '../base/logger.ts';
import type { ModelRunner } from '../inference/host/modelRunner.ts';
import { probeHardware } from '../inference/models/hardware.ts';
import type { ModelStore } from '../inference/models/modelStore.ts';
import type {
  DownloadModelResult,
  DownloadProgress,
  ListModels,
  ModelList,
  SelectModelResult,
} from '../protocol/messages.ts';
import { type Problem, ProblemError } from '../protocol/problems.ts';

export interface ModelChoiceOptions {
  readonly store: ModelStore;
  readonly runner: ModelRunner;
  readonly log: Logger;
  readonly onProblem: (problem: Problem) => void;
}

/** Which model runs: follows the setting and the user's picks, and falls back to the starter rather than to nothing. */
export class ModelChoice {
  /** A catalogue model, by its id, is here from now on. */
  readonly onDownloaded = new Emitter<string>();
  readonly #options: ModelChoiceOptions;
  #selectedId = '';

  constructor(options: ModelChoiceOptions) {
    this.#options = options;
  }

  /** Follows the setting `hearth.model`. What cannot be used is reported, and the starter runs instead. */
  async follow(idOrPath: string): Promise<void> {
    const result = await this.select(idOrPath);
    if (result.ok) return;
    this.#options.onProblem(result.problem);
    const { runner } = this.#options;
    if (runner.state.kind !== 'ready' && idOrPath !== '') await this.follow('');
  }

  /** Runs another model; on a problem the one in use stays. */
  async select(idOrPath: string): Promise<SelectModelResult> {
    const { store, runner } = this.#options;
    return this.#outcome(async () => {
      const file = await store.resolve(idOrPath);
      if (file.id === this.#selectedId && runner.state.kind === 'ready') return;
      const model = await runner.use(file);
      this.#selectedId = file.id;
      if (model.fimFormat === undefined) this.#options.onProblem({ code: 'model.noFim', name: model.name });
    });
  }

  /** Without a use: what can be selected to complete code, the selected file included. */
  async list({ use }: ListModels = {}): Promise<ModelList> {
    const hardware = await probeHardware();
    const choices = await this.#options.store.list(hardware, use === undefined ? this.#selectedId : '', use);
    return { choices, selectedId: this.#selectedId, hardware };
  }

  async download(
    id: string,
    onProgress: (progress: DownloadProgress) => void,
    signal: AbortSignal,
  ): Promise<DownloadModelResult> {
    return this.#outcome(async () => {
      await this.#options.store.download(id, { onProgress, signal });
      this.onDownloaded.fire(id);
    });
  }

  restart(): Promise<SelectModelResult> {
    return this.#outcome(() => this.#options.runner.restart());
  }

  async #outcome(run: () => Promise<unknown>): Promise<SelectModelResult> {
    try {
      await run();
      return { ok: true };
    } catch (cause) {
      // Another selection took its place: that one reports.
      if (isAbort(cause)) return { ok: true };
      if (cause instanceof ProblemError) return { ok: false, problem: cause.problem };
      this.#options.log.error('Unexpected failure while changing the model', cause);
      throw cause;
    }
  }
}
