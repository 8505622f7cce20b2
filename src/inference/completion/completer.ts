import { delay, isAbort } from '../../base/aborts.ts';
import { errorText } from '../../base/logger.ts';
import { ModelUnavailable } from '../generate.ts';
import { CompletionCache, type Drafted } from './completionCache.ts';
import { debounceMs, TypingRhythm } from './debounce.ts';
import { Drafter, type DrafterOptions, type DraftManner } from './drafter.ts';
import { applyPostFilters } from './filters/postFilters.ts';
import type { Generation } from './generation.ts';
import { place } from './placement.ts';
import { preferredOrder } from './preferredOrder.ts';
import { afterTyping, isWorthAsking, type Situation, situationOf } from './situation.ts';
import type { Completion, CompletionQuery, DocumentView, IndentStyle } from './types.ts';

export interface CompleterOptions extends DrafterOptions {
  readonly indentStyle: (document: DocumentView) => Promise<IndentStyle>;
  /** How well a text, put at an offset, keeps to the user's style: more is better. Asked only between alternatives. */
  readonly styleScore?: (document: DocumentView, offset: number, text: string) => number;
}

/** Ghost text less sure than this (mean natural logarithm of a token's probability) is not shown unasked. */
const leastLogProbability = -1.8;
/** How many alternatives someone gets who asks for more: the greedy one and sampled ones. */
const maxAlternatives = 3;
/** A model slower than this is not kept busy with what may come next. */
const aheadLatencyMs = 1_500;

const greedy: DraftManner = { priority: 'typing', origin: 'model', temperature: 0 };
const ahead: DraftManner = { priority: 'background', origin: 'ahead', temperature: 0 };
const sampled = (seed: number): DraftManner => ({ ...greedy, temperature: 0.4 + 0.3 * seed, seed });

/**
 * The completion pipeline. A query passes, in this order:
 *
 *     situation -> worth asking? -> cache -> draft under way? -> debounce
 *       -> draft: layout (anchor, context, prompt), line or block, generate, trim
 *       -> cache -> place and filter -> order, if there are several -> completions -> the next draft, ahead
 */
export class Completer implements Disposable {
  readonly drafter: Drafter;
  readonly #options: CompleterOptions;
  readonly #cache = new CompletionCache();
  readonly #rhythm = new TypingRhythm();
  #lastId = 0;

  constructor(options: CompleterOptions) {
    this.#options = options;
    this.drafter = new Drafter(options);
  }

  /** Completions at the cursor, best first; none while no model is up. Never throws for an abort: it answers `[]`. */
  async complete(query: CompletionQuery, signal: AbortSignal): Promise<readonly Completion[]> {
    const situation = situationOf(query);
    const isTyping = query.trigger === 'automatic';
    if (isTyping) this.#rhythm.keystroke(query.arrivedMs);
    if (!isWorthAsking(situation, query.trigger)) return [];
    try {
      const found = this.#cache.lookUp(situation);
      const known = found ?? [];
      const drafts = isTyping
        ? (found ?? (await this.#newest(query, situation, signal)))
        : await this.#more(query, situation, known, signal);
      if (signal.aborted) return [];
      const completions = await this.#present(query, situation, drafts, known);
      this.#draftAhead(query, situation, completions[0]);
      return completions;
    } catch (cause) {
      if (!isAbort(cause) && !(cause instanceof ModelUnavailable))
        this.#options.log.warn(`No completion: ${errorText(cause)}`);
      return [];
    }
  }

  /** Reads the surroundings of the cursor into the model's KV cache, so that the first keystroke there is quick. */
  async warmUp(query: CompletionQuery): Promise<void> {
    const situation = situationOf(query);
    if (this.#cache.lookUp(situation) === undefined) await this.drafter.warmUp(query, situation);
  }

  /** Forgets what another model wrote, or the same one with other adapters: whoever changes either calls this. */
  modelChanged(): void {
    this.drafter.modelChanged();
    this.#cache.clear();
  }

  [Symbol.dispose](): void {
    this.drafter[Symbol.dispose]();
  }

  /** What is being written, if the user types just that, else a new draft once the typing pauses. */
  async #newest(query: CompletionQuery, situation: Situation, signal: AbortSignal): Promise<readonly Drafted[]> {
    const { underWay } = this.drafter;
    if (await underWay?.agreesWith(situation, signal)) {
      await underWay?.join(signal);
      const joined = this.#cache.lookUp(situation);
      if (joined !== undefined || signal.aborted) return joined ?? [];
    }
    this.drafter.stop();
    const { latencyMs } = this.drafter.speed;
    await delay(debounceMs({ gapMs: this.#rhythm.gapMs, latencyMs }), signal);
    const drafted = await this.#start(query, situation, greedy).join(signal);
    return drafted === undefined ? [] : [drafted];
  }

  /** For someone who asked: the greedy draft at first, then sampled ones beside what is known. */
  async #more(
    query: CompletionQuery,
    situation: Situation,
    known: readonly Drafted[],
    signal: AbortSignal,
  ): Promise<readonly Drafted[]> {
    const drafts = [...known];
    const wanted = known.length === 0 ? 1 : maxAlternatives;
    for (let seed = known.length; seed < wanted && !signal.aborted; seed++) {
      const manner = seed === 0 ? greedy : sampled(seed);
      const drafted = await this.#start(query, situation, manner, drafts).join(signal);
      if (drafted !== undefined && !drafts.some(({ text }) => text === drafted.text)) drafts.push(drafted);
    }
    return drafts;
  }

  /** `beside`: drafts of the same place that stay in the cache with the new one. */
  #start(
    query: CompletionQuery,
    situation: Situation,
    manner: DraftManner,
    beside: readonly Drafted[] = [],
  ): Generation {
    return this.drafter.start(query, situation, manner, (drafted) =>
      this.#cache.remember(situation, [...beside, drafted]),
    );
  }

  async #present(
    query: CompletionQuery,
    situation: Situation,
    drafts: readonly Drafted[],
    known: readonly Drafted[],
  ): Promise<readonly Completion[]> {
    const { document, offset, selected, trigger, arrivedMs } = query;
    const indent = await this.#options.indentStyle(document);
    const latencyMs = this.#options.now() - arrivedMs;
    const completions = drafts
      .filter((drafted) => trigger === 'invoked' || drafted.meanLogProbability >= leastLogProbability)
      .map((drafted) => {
        const { text, multiline, meanLogProbability, origin, snippets } = drafted;
        const { insertText, replaceRight } = place(text, situation, { filter: applyPostFilters, indent, multiline });
        const isKnown = known.some((each) => each.text === text);
        return {
          id: '',
          start: selected?.start ?? offset,
          end: (selected?.end ?? offset) + replaceRight,
          insertText: insertText === '' ? '' : (selected?.text ?? '') + insertText,
          origin: isKnown && origin === 'model' ? ('cache' as const) : origin,
          latencyMs,
          meanLogProbability,
          snippets,
        };
      });
    const distinct = completions
      .filter(({ insertText }, at) => completions.findIndex((other) => other.insertText === insertText) === at)
      .filter(({ insertText }) => insertText !== '');
    const ordered = trigger === 'invoked' ? this.#preferred(document, distinct) : distinct;
    return ordered.map((completion) => ({ ...completion, id: String(++this.#lastId) }));
  }

  /** Which of several that are equally likely goes first is a matter of style; a single one is nobody's choice. */
  #preferred(document: DocumentView, completions: readonly Completion[]): readonly Completion[] {
    const { styleScore } = this.#options;
    if (styleScore === undefined || completions.length < 2) return completions;
    return preferredOrder(completions, ({ start, insertText }) => styleScore(document, start, insertText));
  }

  /** Drafts what would come after the shown completion while the user looks at it: accepting it then costs no wait. */
  #draftAhead(query: CompletionQuery, situation: Situation, shown: Completion | undefined): void {
    const { underWay, speed } = this.drafter;
    if (shown === undefined || underWay !== undefined || (speed.latencyMs ?? 0) > aheadLatencyMs) return;
    const added = shown.insertText.slice(query.selected?.text.length ?? 0);
    const accepted = afterTyping(situation, added, shown.end - (query.selected?.end ?? query.offset));
    if (!isWorthAsking(accepted, 'automatic') || this.#cache.lookUp(accepted) !== undefined) return;
    this.#start(query, accepted, ahead);
  }
}
