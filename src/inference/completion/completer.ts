import { delay, isAbort } from '../../base/aborts.ts';
import { Emitter } from '../../base/emitter.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import type { Syntax } from '../../syntax/syntax.ts';
import { type Generate, type GenerateStats, type LoadedModel, ModelUnavailable } from '../generate.ts';
import { wantsBlock } from './blocks/lineDecision.ts';
import { CompletionCache, type Drafted } from './completionCache.ts';
import { gatherContext } from './context/selectContext.ts';
import { debounceMs, TypingRhythm } from './debounce.ts';
import { draft } from './draft.ts';
import { applyPostFilters } from './filters/postFilters.ts';
import { fimFormatNamed } from './fimFormats.ts';
import { Generation } from './generation.ts';
import { Layouts } from './layouts.ts';
import { place } from './placement.ts';
import { afterTyping, isWorthAsking, type Situation, situationOf } from './situation.ts';
import { Speed } from './speed.ts';
import type { Completion, CompletionQuery, ContextSource, DocumentView, IndentStyle } from './types.ts';

export interface CompleterOptions {
  readonly generate: Generate;
  /** The model that `generate` runs on right now. */
  readonly model: () => LoadedModel | undefined;
  readonly syntax: Syntax;
  readonly sources: readonly ContextSource[];
  readonly indentStyle: (document: DocumentView) => Promise<IndentStyle>;
  readonly multiline: () => 'auto' | 'never';
  readonly log: Logger;
  /** `performance.now()` clock. */
  readonly now: () => number;
}

/** Ghost text less sure than this (mean natural logarithm of a token's probability) is not shown unasked. */
const leastLogProbability = -1.8;
/** Context sources get this long when a prompt is laid out anew. */
const contextTimeoutMs = 40;
/** Beside the greedy answer, this many sampled ones when the user asks for alternatives. */
const sampledAlternatives = 2;
/** Larger files are judged by their brackets and words instead of their tree. */
const parseBudgetMs = 15;
/** A model slower than this is not kept busy with what may come next. */
const aheadLatencyMs = 1_500;

/**
 * The completion pipeline. A query passes, in this order:
 *
 *     situation -> worth asking? -> cache -> generation under way? -> debounce
 *       -> layout (anchor, context, prompt) -> line or block? -> draft -> cache -> place and filter -> completions
 *
 * One generation runs at a time: the newest wins. When it is done, the completion after it is drafted ahead.
 */
export class Completer implements Disposable {
  readonly onBusy = new Emitter<boolean>();
  readonly speed = new Speed();
  readonly #options: CompleterOptions;
  readonly #cache = new CompletionCache();
  readonly #layouts = new Layouts();
  readonly #rhythm = new TypingRhythm();
  #generation: Generation | undefined;
  #lastId = 0;

  constructor(options: CompleterOptions) {
    this.#options = options;
  }

  /** Completions at the cursor, best first; none while no model is up. Never throws for an abort: it answers `[]`. */
  async complete(query: CompletionQuery, signal: AbortSignal): Promise<readonly Completion[]> {
    const situation = situationOf(query);
    if (query.trigger === 'automatic') this.#rhythm.keystroke(query.arrivedMs);
    if (!isWorthAsking(situation, query.trigger)) return [];
    try {
      const answer =
        query.trigger === 'automatic'
          ? await this.#newest(query, situation, signal)
          : await this.#alternatives(query, situation, signal);
      if (signal.aborted) return [];
      const completions = await this.#present(query, situation, answer);
      this.#draftAhead(query, situation, completions[0]);
      return completions;
    } catch (cause) {
      if (!isAbort(cause) && !(cause instanceof ModelUnavailable))
        this.#options.log.warn(`No completion: ${errorText(cause)}`);
      return [];
    }
  }

  /** Reads the surroundings of the cursor into the model's KV cache, so that the first keystroke there is quick. */
  warmUp(query: CompletionQuery): void {
    const situation = situationOf(query);
    if (this.#generation?.isRunning || this.#cache.lookUp(situation) !== undefined) return;
    this.#start(situation, async (signal) => {
      const { model, format } = this.#modelInUse();
      const layout = await this.#layOut(query, situation, signal, model, format);
      const request = { ...layout, maxTokens: 0, stop: [], temperature: 0, priority: 'background' } as const;
      const { value } = await this.#options.generate(request, signal).next();
      if (value !== undefined && 'prefillMs' in value) this.speed.generated(value);
      return undefined;
    });
  }

  /** Forgets what another model wrote and read. */
  modelChanged(): void {
    this.#generation?.[Symbol.dispose]();
    this.#cache.clear();
    this.#layouts.clear();
  }

  [Symbol.dispose](): void {
    this.#generation?.[Symbol.dispose]();
  }

  async #newest(query: CompletionQuery, situation: Situation, signal: AbortSignal): Promise<Answer> {
    const known = this.#cache.lookUp(situation);
    if (known !== undefined) return { drafts: known, isKnown: true };
    const underWay = this.#generation;
    if (underWay?.isRunning && (await underWay.agreesWith(situation, signal))) {
      await underWay.join(signal);
      const joined = this.#cache.lookUp(situation);
      if (joined !== undefined || signal.aborted) return { drafts: joined ?? [], isKnown: false };
    }
    this.#generation?.[Symbol.dispose]();
    await delay(debounceMs({ gapMs: this.#rhythm.gapMs, latencyMs: this.speed.latencyMs }), signal);
    const generation = this.#startDraft(query, situation, { priority: 'typing', origin: 'model', temperature: 0 });
    const drafted = await generation.join(signal);
    return { drafts: drafted === undefined ? [] : [drafted], isKnown: false };
  }

  /** The greedy answer and a few sampled ones, for someone who asked and is ready to wait a little. */
  async #alternatives(query: CompletionQuery, situation: Situation, signal: AbortSignal): Promise<Answer> {
    const known = this.#cache.lookUp(situation) ?? [];
    const drafts = [...known];
    for (let seed = known.length; seed <= sampledAlternatives && !signal.aborted; seed++) {
      const sampling = seed === 0 ? { temperature: 0 } : { temperature: 0.4 + 0.3 * seed, seed };
      const generation = this.#startDraft(
        query,
        situation,
        { priority: 'typing', origin: 'model', ...sampling },
        drafts,
      );
      const drafted = await generation.join(signal);
      if (drafted !== undefined && !drafts.some(({ text }) => text === drafted.text)) drafts.push(drafted);
    }
    return { drafts, isKnown: known.length > sampledAlternatives };
  }

  /** Begins a draft as THE generation; `beside` are drafts of the same place that stay in the cache with it. */
  #startDraft(
    query: CompletionQuery,
    situation: Situation,
    how: Pick<Parameters<typeof draft>[0], 'priority' | 'origin' | 'temperature' | 'seed'>,
    beside: readonly Drafted[] = [],
  ): Generation {
    return this.#start(situation, async (signal, onText) => {
      const { model, format } = this.#modelInUse();
      const layout = await this.#layOut(query, situation, signal, model, format);
      const extent = await this.#extent(situation);
      const onStats = (stats: GenerateStats) => {
        this.speed.generated(stats);
        this.#options.log.debug(`drafted ${extent}: ${JSON.stringify({ priority: how.priority, ...stats })}`);
      };
      const tools = { generate: this.#options.generate, syntax: this.#options.syntax, onText, onStats };
      const drafted = await draft({ situation, ...layout, extent, ...how }, tools, signal);
      this.#cache.remember(situation, [...beside, drafted]);
      return drafted;
    });
  }

  #start(situation: Situation, run: ConstructorParameters<typeof Generation>[1]): Generation {
    this.#generation?.[Symbol.dispose]();
    const generation = new Generation(situation, run);
    this.#generation = generation;
    this.onBusy.fire(true);
    const end = () => {
      if (this.#generation === generation) this.onBusy.fire(false);
    };
    generation.done.then(end, end);
    return generation;
  }

  #modelInUse() {
    const model = this.#options.model();
    const format = fimFormatNamed(model?.fimFormat);
    if (model === undefined || format === undefined) throw new ModelUnavailable('no model with FIM markers is loaded');
    return { model, format };
  }

  #layOut(
    query: CompletionQuery,
    situation: Situation,
    signal: AbortSignal,
    model: LoadedModel,
    format: NonNullable<ReturnType<typeof fimFormatNamed>>,
  ) {
    const { sources, log, now } = this.#options;
    return this.#layouts.layOut(situation, {
      model,
      format,
      prefillPerSecond: this.speed.prefillPerSecond,
      gather: (budgetCharacters) =>
        gatherContext(
          sources,
          { document: query.document, offset: query.offset, budgetCharacters },
          { budgetCharacters, timeoutMs: contextTimeoutMs, log },
          signal,
        ),
      nowMs: now(),
    });
  }

  async #extent(situation: Situation): Promise<'line' | 'block'> {
    if (this.#options.multiline() === 'never') return 'line';
    const { prefix, suffix, languageId } = situation;
    using parsed = await this.#options.syntax.parse(languageId, prefix + suffix, parseBudgetMs);
    return wantsBlock({ prefix, suffix, languageId, ...(parsed === undefined ? {} : { parsed }) });
  }

  async #present(query: CompletionQuery, situation: Situation, answer: Answer): Promise<readonly Completion[]> {
    const { document, offset, selected, trigger, arrivedMs } = query;
    const indent = await this.#options.indentStyle(document);
    const latencyMs = this.#options.now() - arrivedMs;
    if (!answer.isKnown) this.speed.answered(latencyMs);
    const completions = answer.drafts
      .filter((each) => trigger === 'invoked' || each.meanLogProbability >= leastLogProbability)
      .map((each) => ({
        each,
        placed: place(each.text, situation, { filter: applyPostFilters, indent, multiline: each.multiline }),
      }))
      .filter(({ placed }) => placed.insertText !== '')
      .map(({ each, placed }) => ({
        id: String(++this.#lastId),
        start: selected?.start ?? offset,
        end: (selected?.end ?? offset) + placed.replaceRight,
        insertText: (selected?.text ?? '') + placed.insertText,
        origin: each.origin === 'ahead' ? each.origin : answer.isKnown ? ('cache' as const) : each.origin,
        latencyMs,
        meanLogProbability: each.meanLogProbability,
      }));
    return completions.filter(
      (one, at) => completions.findIndex((other) => other.insertText === one.insertText) === at,
    );
  }

  /** Drafts what would come after the shown completion while the user looks at it: accepting it then costs no wait. */
  #draftAhead(query: CompletionQuery, situation: Situation, shown: Completion | undefined): void {
    if (shown === undefined || this.#generation?.isRunning || (this.speed.latencyMs ?? 0) > aheadLatencyMs) return;
    const added = shown.insertText.slice(query.selected?.text.length ?? 0);
    const accepted = afterTyping(situation, added, shown.end - (query.selected?.end ?? query.offset));
    if (!isWorthAsking(accepted, 'automatic') || this.#cache.lookUp(accepted) !== undefined) return;
    this.#startDraft(query, accepted, { priority: 'background', origin: 'ahead', temperature: 0 });
  }
}

interface Answer {
  readonly drafts: readonly Drafted[];
  /** Whether the answer was there before it was asked for. */
  readonly isKnown: boolean;
}
