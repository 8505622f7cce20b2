import { isAbort } from '../../base/aborts.ts';
import { Emitter } from '../../base/emitter.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import type { Syntax } from '../../syntax/syntax.ts';
import { type AdapterUse, type Generate, type GenerateStats, type LoadedModel, ModelUnavailable } from '../generate.ts';
import { wantsBlock } from './blocks/lineDecision.ts';
import type { Drafted } from './completionCache.ts';
import { gatherContext } from './context/selectContext.ts';
import { type DraftRequest, draft } from './draft.ts';
import { fimFormatNamed } from './fimFormats.ts';
import { Generation } from './generation.ts';
import { type Layout, Layouts } from './layouts.ts';
import type { Situation } from './situation.ts';
import { Speed } from './speed.ts';
import type { CompletionQuery, ContextSource, GivenContext } from './types.ts';

export interface DrafterOptions {
  readonly generate: Generate;
  /** The model that `generate` runs on right now. */
  readonly model: () => LoadedModel | undefined;
  /** What it is to run with right now; the bare model unless told. Whoever changes it calls `modelChanged`. */
  readonly adapters?: () => readonly AdapterUse[];
  readonly syntax: Syntax;
  readonly sources: readonly ContextSource[];
  readonly multiline: () => 'auto' | 'never';
  /** Told of every draft what it is given. */
  readonly onContext?: (given: GivenContext) => void;
  readonly log: Logger;
  /** `performance.now()` clock. */
  readonly now: () => number;
}

/** How a draft is made: see `DraftRequest`. */
export type DraftManner = Pick<DraftRequest, 'priority' | 'origin' | 'temperature' | 'seed'>;

/** Context sources get this long when a prompt is laid out anew: while someone types, and while nobody does. */
const contextTimeoutMs = { typing: 40, background: 500 };
/** Larger files are judged by their brackets and words instead of their tree. */
const parseBudgetMs = 15;

/** Has the model write drafts, one at a time: the newest wins and aborts the rest. */
export class Drafter implements Disposable {
  readonly onBusy = new Emitter<boolean>();
  readonly speed = new Speed();
  readonly #options: DrafterOptions;
  readonly #layouts = new Layouts();
  #generation: Generation | undefined;
  #warmUp = new AbortController();

  constructor(options: DrafterOptions) {
    this.#options = options;
  }

  /** The draft being written right now. */
  get underWay(): Generation | undefined {
    return this.#generation?.isRunning ? this.#generation : undefined;
  }

  /** What drafts are made with right now, on top of the model. */
  get adapters(): readonly AdapterUse[] {
    return this.#options.adapters?.() ?? [];
  }

  /** Begins a draft and aborts the one before. */
  start(
    query: CompletionQuery,
    situation: Situation,
    manner: DraftManner,
    onDrafted: (drafted: Drafted) => void,
  ): Generation {
    this.stop();
    const generation = new Generation(situation, async (signal, onText) => {
      const beganMs = this.#options.now();
      const layout = await this.#layOut(query, situation, manner.priority, signal);
      this.#options.onContext?.({ document: query.document, offset: query.offset, snippets: layout.snippets });
      const extent = await this.#extent(situation);
      const onStats = (stats: GenerateStats) => this.#measured(`drafted a ${extent} (${manner.origin})`, stats);
      const tools = { generate: this.#options.generate, syntax: this.#options.syntax, onText, onStats };
      const { adapters } = this;
      const drafted = await draft({ situation, ...layout, extent, ...manner, adapters }, tools, signal);
      if (manner.priority === 'typing') this.speed.answered(this.#options.now() - beganMs);
      onDrafted(drafted);
      return drafted;
    });
    this.#generation = generation;
    this.onBusy.fire(true);
    const end = () => {
      if (this.#generation === generation) this.onBusy.fire(false);
    };
    generation.done.then(end, end);
    return generation;
  }

  /** Reads the surroundings of the cursor into the model's KV cache; ends when a draft begins. */
  async warmUp(query: CompletionQuery, situation: Situation): Promise<void> {
    if (this.underWay !== undefined) return;
    this.#warmUp.abort();
    this.#warmUp = new AbortController();
    const { signal } = this.#warmUp;
    try {
      const { prompt, typed } = await this.#layOut(query, situation, 'background', signal);
      const { adapters } = this;
      const request = { prompt, typed, maxTokens: 0, stop: [], temperature: 0, priority: 'background' } as const;
      const end = await this.#options.generate({ ...request, adapters }, signal).next();
      if (end.done === true) this.#measured('warmed up', end.value);
    } catch (cause) {
      if (!isAbort(cause) && !(cause instanceof ModelUnavailable))
        this.#options.log.warn(`Not warmed up: ${errorText(cause)}`);
    }
  }

  /** Aborts what is under way. */
  stop(): void {
    this.#warmUp.abort();
    this.#generation?.[Symbol.dispose]();
  }

  /** Aborts what another model or other adapters write, and forgets the prompts laid out for it. */
  modelChanged(): void {
    this.stop();
    this.#layouts.clear();
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  async #layOut(
    query: CompletionQuery,
    situation: Situation,
    priority: DraftManner['priority'],
    signal: AbortSignal,
  ): Promise<Layout> {
    const { sources, log, now } = this.#options;
    const model = this.#options.model();
    const format = fimFormatNamed(model?.fimFormat);
    if (model === undefined || format === undefined) throw new ModelUnavailable('no model with FIM markers is loaded');
    const at = { document: query.document, offset: query.offset };
    return this.#layouts.layOut(situation, {
      model,
      format,
      prefillPerSecond: this.speed.prefillPerSecond,
      gather: async (budgetCharacters) => {
        let isComplete = true;
        const onLate = () => (isComplete = false);
        const options = { budgetCharacters, timeoutMs: contextTimeoutMs[priority], onLate, log };
        const snippets = await gatherContext(sources, { ...at, budgetCharacters }, options, signal);
        return { snippets, isComplete };
      },
      nowMs: now(),
    });
  }

  async #extent(situation: Situation): Promise<DraftRequest['extent']> {
    if (this.#options.multiline() === 'never') return 'line';
    const { prefix, suffix, languageId } = situation;
    using parsed = await this.#options.syntax.parse(languageId, prefix + suffix, parseBudgetMs);
    return wantsBlock({ prefix, suffix, languageId, ...(parsed === undefined ? {} : { parsed }) });
  }

  /** Counts and times only: the log never holds code. */
  #measured(what: string, stats: GenerateStats): void {
    this.speed.generated(stats);
    const { promptTokens, reusedTokens, generatedTokens, prefillMs, decodeMs, end } = stats;
    this.#options.log.debug(
      `${what}: ${end}, evaluated=${promptTokens - reusedTokens} reused=${reusedTokens} ` +
        `generated=${generatedTokens} prefillMs=${prefillMs.toFixed(1)} decodeMs=${decodeMs.toFixed(1)}`,
    );
  }
}
