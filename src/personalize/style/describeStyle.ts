import type { Translate } from '../../protocol/problems.ts';
import type { ConfigNote } from './config/configRule.ts';
import { type Family, familyName } from './families.ts';
import type { FamilyStyle, Habit, StyleProfile } from './profile.ts';
import { sayValue } from './trait.ts';
import { traitNamed, traitsOf } from './traits/allTraits.ts';

/** A profile in words, for people. */
export interface StyleText {
  readonly sections: readonly StyleSection[];
  /** The user's own rules. */
  readonly lines: readonly string[];
  /** What configuration files could not say, and why. */
  readonly notes: readonly string[];
}

interface StyleSection {
  readonly family: Family;
  readonly title: string;
  readonly sentences: readonly StyleSentence[];
}

interface StyleSentence {
  readonly trait: string;
  readonly source: Habit['source'];
  /** `Single quotes (97 % of 412 places)` */
  readonly text: string;
}

/** One sentence per clear habit with its evidence, in the order of the traits. */
export function describeStyle(profile: StyleProfile, t: Translate): StyleText {
  return {
    sections: profile.families.map((style) => describeFamily(style, t)).filter(({ sentences }) => sentences.length > 0),
    lines: profile.lines,
    notes: profile.notes.map((note) => describeNote(note, t)),
  };
}

function describeFamily({ family, files, habits }: FamilyStyle, t: Translate): StyleSection {
  return {
    family,
    title: t('{0} (files: {1})', familyName(family, t), files),
    sentences: habits.flatMap((habit) => {
      const text = sayHabit(habit, t);
      return text === undefined ? [] : [{ trait: habit.trait, source: habit.source, text }];
    }),
  };
}

function sayHabit(habit: Habit, t: Translate): string | undefined {
  const trait = traitNamed(habit.trait);
  const words = trait && sayValue(trait, habit.value, t);
  return words === undefined ? undefined : withEvidence(words, habit, t);
}

function withEvidence(words: string, { source, file, share, places }: Habit, t: Translate): string {
  const percent = percentOf(share);
  if (source === 'user')
    return places === 0
      ? t('{0} (set by you)', words)
      : t('{0} (set by you; {1} % of {2} places)', words, percent, places);
  if (source === 'measured') return t('{0} ({1} % of {2} places)', words, percent, places);
  const says = file ?? '';
  return places === 0 ? t('{0} ({1})', words, says) : t('{0} ({1}; {2} % of {3} places)', words, says, percent, places);
}

/** Rounded down: `100 %` has no exception. */
function percentOf(share: number): number {
  return Math.floor(share * 100 + 1e-9);
}

function describeNote({ file, reason }: ConfigNote, t: Translate): string {
  return reason === 'program'
    ? t('{0} is a program and was not run: only what it writes down was read.', file)
    : t('{0} cannot be read and was left out.', file);
}

/** What the user can choose for a trait: see `withOverride`. */
export interface StyleChoice {
  readonly trait: string;
  readonly title: string;
  readonly values: readonly { readonly value: string; readonly text: string }[];
}

/** Every trait of a family with its values in words, for whoever lets the user change a profile. */
export function styleChoices(family: Family, t: Translate): readonly StyleChoice[] {
  return traitsOf(family).map((trait) => ({
    trait: trait.id,
    title: trait.title(t),
    values: Object.entries(trait.values).map(([value, say]) => ({ value, text: say(t) })),
  }));
}
