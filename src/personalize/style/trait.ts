import type { Translate } from '../../protocol/problems.ts';
import type { Family } from './families.ts';
import type { SourceCode } from './sourceCode.ts';

/** Says that a place of the text shows one of a trait's values. */
export type Vote = (value: string, offset: number) => void;

export type Say = (t: Translate) => string;

/** One habit of writing code: a row of the tables in `traits/`. */
export interface Trait {
  readonly id: string;
  readonly families: readonly Family[];
  /** What the values answer, as the heading of a choice. */
  readonly title: Say;
  /** What the user can choose from, in the order of a menu; each value in words that also stand alone in a list. */
  readonly values: Readonly<Record<string, Say>>;
  /** In words, a value that is not in the table: a number of columns, a name. Undefined for nonsense. */
  readonly sayOther?: (value: string, t: Translate) => string | undefined;
  /** Finds the places. Pure, linear, and content with a text that begins and ends anywhere. */
  readonly count: (code: SourceCode, vote: Vote) => void;
  /** The value that goes without saying in a family: people are told of it, a model is not. */
  readonly usual?: Readonly<Partial<Record<Family, string>>>;
  /** How much knowing it changes what a stranger would write: 1 little to 3 much. */
  readonly telling: 1 | 2 | 3;
  /** How much it counts when completions are compared; absent: it does not show in a few lines. */
  readonly weight?: number;
  /** From so many places and such a share on, the habit is clear. Absent: `clearFrom`. */
  readonly clear?: { readonly places?: number; readonly share?: number };
  /** For values that are more and less of something: whether a place with `value` keeps to `limit`. */
  readonly keepsTo?: (value: string, limit: string) => boolean;
}

export const clearFrom = { places: 10, share: 0.8 } as const;

/** The value in words; undefined for one that the trait does not know. */
export function sayValue(trait: Trait, value: string, t: Translate): string | undefined {
  return Object.hasOwn(trait.values, value) ? trait.values[value]?.(t) : trait.sayOther?.(value, t);
}
