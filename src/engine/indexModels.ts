import type { EmbedCall, EmbedderChoice, RerankCall } from '../codeIndex/host/indexProtocol.ts';
import { isAbort } from '../base/aborts.ts';
import { Emitter } from '../base/emitter.ts';
import type { Logger } from '../base/logger.ts';
import { promptsOf } from '../inference/embedding/embeddingModels.ts';
import { createModelEmbedder, type ModelEmbedder } from '../inference/embedding/modelEmbedder.ts';
import { createModelReranker, type ModelReranker } from '../inference/embedding/modelReranker.ts';
import { ModelUnavailable } from '../inference/generate.ts';
import type { RunnerOptions } from '../inference/host/hostStarter.ts';
import type { ModelStore } from '../inference/models/modelStore.ts';
import { type Problem, ProblemError } from '../protocol/problems.ts';

export interface IndexModelsOptions {
  readonly store: Pick<ModelStore, 'resolveEmbedder' | 'findReranker'>;
  /** As for the completion model; the purpose is set here. */
  readonly runner: RunnerOptions;
  readonly log: Logger;
  readonly onProblem: (problem: Problem) => void;
}

/**
 * Which models serve the index. The embedder is what the setting names; where that cannot be used, the embedded one is,
 * and the user is told. A reranker has no setting: who downloads one wants it used.
 */
export class IndexModelChoice implements AsyncDisposable {
  readonly onChange = new Emitter<void>();
  readonly #options: IndexModelsOptions;
  #embedder: ModelEmbedder | undefined;
  #reranker: ModelReranker | undefined;
  /** Aborts the choice under way: the newest wins. */
  #choosing = new AbortController();

  /** The choice that was told last. */
  #told: string;

  constructor(options: IndexModelsOptions) {
    this.#options = options;
    this.#told = JSON.stringify([this.embedder, this.reranks]);
  }

  get embedder(): EmbedderChoice {
    if (this.#embedder === undefined) return { kind: 'static' };
    const { id, name, dimensions } = this.#embedder;
    return { kind: 'model', id, name, dimensions };
  }

  /** Process that embeds; absent while none does. */
  get hostPid(): number | undefined {
    return this.#embedder?.hostPid;
  }

  get reranks(): boolean {
    return this.#reranker !== undefined;
  }

  /**
   * Follows the setting `hearth.embedder`, and looks for a reranker. Resolves once both are chosen: an index that began
   * before would embed everything twice.
   */
  async follow(idOrPath: string): Promise<void> {
    this.#choosing.abort();
    this.#choosing = new AbortController();
    const { signal } = this.#choosing;
    const [embedder] = await Promise.all([this.#open(idOrPath, signal), this.#findReranker()]);
    const superfluous = signal.aborted ? embedder : this.#adopt(embedder);
    this.#tell();
    await superfluous?.[Symbol.asyncDispose]();
  }

  async embed({ id, texts, role }: EmbedCall, signal: AbortSignal): Promise<readonly Float32Array[]> {
    if (this.#embedder?.id !== id) throw new ModelUnavailable('Another embedder has been chosen.');
    return this.#embedder.embed(texts, role, signal);
  }

  async rerank({ question, passages }: RerankCall, signal: AbortSignal): Promise<readonly number[]> {
    if (this.#reranker === undefined) throw new ModelUnavailable('There is no reranker.');
    return this.#reranker.rank(question, passages, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#choosing.abort();
    await Promise.all([this.#embedder?.[Symbol.asyncDispose](), this.#reranker?.[Symbol.asyncDispose]()]);
  }

  /** Answers the one that is no longer needed. */
  #adopt(embedder: ModelEmbedder | undefined): ModelEmbedder | undefined {
    const previous = this.#embedder;
    // The one in use has work to do.
    if (embedder?.id === previous?.id) return embedder;
    this.#embedder = embedder;
    embedder?.onState.on((state) => {
      if (state.kind === 'failed') void this.#giveUp(embedder, state.problem);
    });
    return previous;
  }

  #tell(): void {
    const chosen = JSON.stringify([this.embedder, this.reranks]);
    if (chosen === this.#told) return;
    this.#told = chosen;
    this.onChange.fire();
  }

  /** Undefined for the embedded one. */
  async #open(idOrPath: string, signal: AbortSignal): Promise<ModelEmbedder | undefined> {
    if (idOrPath === '') return undefined;
    const { store, runner, log, onProblem } = this.#options;
    let name = idOrPath;
    try {
      const file = await store.resolveEmbedder(idOrPath, signal);
      ({ name } = file);
      const prompts = promptsOf([file.id, file.title, file.name]);
      const embedder = await createModelEmbedder({ runner, file, prompts }, signal);
      log.info(`${name} embeds for the index, as ${embedder.id} with ${embedder.dimensions} dimensions`);
      return embedder;
    } catch (cause) {
      if (isAbort(cause)) return undefined;
      if (!(cause instanceof ProblemError)) throw cause;
      onProblem({ code: 'index.embedder', name, problem: cause.problem });
      return undefined;
    }
  }

  async #giveUp(embedder: ModelEmbedder, problem: Problem): Promise<void> {
    if (this.#embedder !== embedder) return;
    this.#embedder = undefined;
    this.#options.onProblem({ code: 'index.embedder', name: embedder.name, problem });
    this.#tell();
    await embedder[Symbol.asyncDispose]();
  }

  async #findReranker(): Promise<void> {
    const { store, runner, log } = this.#options;
    const file = await store.findReranker();
    if (file?.name === this.#reranker?.name) return;
    const previous = this.#reranker;
    this.#reranker = file && createModelReranker({ runner, file });
    if (file !== undefined) log.info(`${file.name} puts what a person searches for in order`);
    await previous?.[Symbol.asyncDispose]();
  }
}
