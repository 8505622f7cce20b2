import type { LoadedModel, PromptPart } from '../generate.ts';
import { type Anchor, anchorAt, keepsSnippets, typedSince } from './anchor.ts';
import { promptBudget } from './budget.ts';
import type { FimFormat } from './fimFormats.ts';
import { layOutPrompt } from './prompt.ts';
import type { Situation } from './situation.ts';
import type { Snippet } from './types.ts';

/** A prompt and what the model's answer has to begin with. */
export interface Layout {
  readonly prompt: readonly PromptPart[];
  readonly typed: string;
  /** What of other files is in the prompt. */
  readonly snippets: readonly Snippet[];
}

interface Gathered {
  readonly snippets: readonly Snippet[];
  /** False when a source was late: its answer is worth another prompt. */
  readonly isComplete: boolean;
}

interface Kept extends Pick<Gathered, 'isComplete'> {
  readonly anchor: Anchor;
  readonly prompt: readonly PromptPart[];
}

/** One per file being edited is plenty: going back to a file finds its anchor, and with luck its KV cache. */
const keptAnchors = 4;

/** Lays out prompts and remembers where it anchored them, so that typing on leaves them as they are. */
export class Layouts {
  #newestFirst: Kept[] = [];

  /**
   * @param gather asked for snippets only when an anchor is set somewhere new, never while the user types on
   */
  async layOut(
    situation: Situation,
    options: {
      readonly model: LoadedModel;
      readonly format: FimFormat;
      readonly prefillPerSecond: number | undefined;
      readonly gather: (budgetCharacters: number) => Promise<Gathered>;
      readonly nowMs: number;
    },
  ): Promise<Layout> {
    for (const kept of this.#newestFirst) {
      const typed = typedSince(kept.anchor, situation);
      if (typed !== undefined) return { prompt: kept.prompt, typed, snippets: kept.anchor.snippets };
    }
    const { model, format, nowMs } = options;
    const budget = promptBudget(model.contextSize, model.charactersPerToken, options.prefillPerSecond);
    const previous = this.#newestFirst.find(({ anchor }) => anchor.uri === situation.uri);
    const { snippets, isComplete } =
      previous?.isComplete && keepsSnippets(previous.anchor, situation, nowMs)
        ? { snippets: previous.anchor.snippets, isComplete: true }
        : await options.gather(budget.snippetCharacters);
    const anchor = anchorAt(situation, {
      snippets,
      windowCharacters: budget.windowCharacters,
      nowMs,
      ...(previous === undefined ? {} : { previous: previous.anchor }),
    });
    const prompt = layOutPrompt(anchor, situation, format, budget.suffixCharacters);
    this.#newestFirst = [{ anchor, prompt, isComplete }, ...this.#newestFirst].slice(0, keptAnchors);
    return { prompt, typed: situation.prefix.slice(anchor.head.length), snippets };
  }

  clear(): void {
    this.#newestFirst = [];
  }
}
