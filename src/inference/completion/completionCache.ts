import type { Situation } from './situation.ts';
import type { Snippet } from './types.ts';

/** A completion as the model gave it, trimmed but not yet filtered: filters run again for the cursor it is served at. */
export interface Drafted {
  readonly text: string;
  readonly meanLogProbability: number;
  readonly multiline: boolean;
  readonly origin: 'model' | 'ahead';
  /** What of other files the model was given. */
  readonly snippets: readonly Snippet[];
}

interface Entry {
  readonly uri: string;
  readonly prefixLength: number;
  readonly prefixEnd: string;
  readonly suffixStart: string;
  readonly drafts: readonly Drafted[];
}

const capacity = 250;
/** How much text on each side of the cursor has to be the same. */
const prefixCharacters = 2_000;
const suffixCharacters = 1_000;

/**
 * Completions by what stands before AND after the cursor. It also answers for a cursor further on, when the text
 * between was typed exactly as the completion says: typing through ghost text costs nothing.
 */
export class CompletionCache {
  #newestFirst: Entry[] = [];

  remember(situation: Situation, drafts: readonly Drafted[]): void {
    const entry = {
      uri: situation.uri,
      prefixLength: situation.prefix.length,
      prefixEnd: situation.prefix.slice(-prefixCharacters),
      suffixStart: situation.stableSuffix.slice(0, suffixCharacters),
      drafts,
    };
    this.#newestFirst = [entry, ...this.#newestFirst.filter((other) => !isSamePlace(other, entry))].slice(0, capacity);
  }

  /** What is left of the drafts at this cursor; `undefined` when nothing is known about it. */
  lookUp(situation: Situation): readonly Drafted[] | undefined {
    for (const entry of this.#newestFirst) {
      const typed = typedFrom(entry, situation);
      if (typed === undefined) continue;
      return entry.drafts
        .filter((draft) => draft.text.startsWith(typed))
        .map((draft) => ({ ...draft, text: draft.text.slice(typed.length) }));
    }
    return undefined;
  }

  clear(): void {
    this.#newestFirst = [];
  }
}

/** The text typed since the entry was made, if the document differs by exactly that and a draft begins with it. */
function typedFrom(entry: Entry, situation: Situation): string | undefined {
  const typedLength = situation.prefix.length - entry.prefixLength;
  if (entry.uri !== situation.uri || typedLength < 0) return undefined;
  const typed = typedLength === 0 ? '' : situation.prefix.slice(-typedLength);
  if (typed !== '' && !entry.drafts.some((draft) => draft.text.length > typedLength && draft.text.startsWith(typed)))
    return undefined;
  if (situation.stableSuffix.slice(0, suffixCharacters) !== entry.suffixStart) return undefined;
  const before = situation.prefix.length - typedLength;
  return situation.prefix.slice(Math.max(0, before - prefixCharacters), before) === entry.prefixEnd ? typed : undefined;
}

function isSamePlace(a: Entry, b: Entry): boolean {
  return (
    a.uri === b.uri &&
    a.prefixLength === b.prefixLength &&
    a.suffixStart === b.suffixStart &&
    a.prefixEnd === b.prefixEnd
  );
}
