import { inEnglish } from '../../protocol/problems.ts';
import type { ConfigNote, ConfigRule } from './config/configRule.ts';
import { noRule, type StyleEdits } from './edits.ts';
import { allFamilies, type Family } from './families.ts';
import type { Count, Counts, MeasuredStyle } from './measuredStyle.ts';
import { clearFrom, sayValue, type Trait } from './trait.ts';
import { traitsOf } from './traits/allTraits.ts';

/** A trait on which somebody's code is clear, or which somebody decided. */
export interface Habit {
  readonly trait: string;
  readonly value: string;
  readonly source: 'user' | 'configuration' | 'measured';
  /** The configuration file that says so. */
  readonly file?: string;
  /** Places where the trait shows at all. */
  readonly places: number;
  /** Share of those places that keep to the value, 0 to 1; newer code counts more. */
  readonly share: number;
}

export interface FamilyStyle {
  readonly family: Family;
  /** Files that were measured. */
  readonly files: number;
  /** In the order of the traits. */
  readonly habits: readonly Habit[];
}

/** How somebody writes code in one workspace folder. Plain data. */
export interface StyleProfile {
  /** The family with the most files first. */
  readonly families: readonly FamilyStyle[];
  /** Rules in the user's own words. */
  readonly lines: readonly string[];
  readonly notes: readonly ConfigNote[];
}

export interface ProfileParts {
  readonly measured: MeasuredStyle;
  readonly rules: readonly ConfigRule[];
  readonly notes: readonly ConfigNote[];
  readonly edits: StyleEdits;
}

/** What the user set by hand holds; else what a configuration file says; else what most places show, if they are clear. */
export function profileOf({ measured, rules, notes, edits }: ProfileParts): StyleProfile {
  const families = allFamilies()
    .map((family): FamilyStyle => {
      const counts = measured.counts(family);
      const said = new Map(rules.filter((rule) => rule.family === family).map((rule) => [rule.trait, rule]));
      const set = edits.traits[family] ?? {};
      const habits = traitsOf(family).flatMap(
        (trait) => habitOf(trait, counts, said.get(trait.id), set[trait.id]) ?? [],
      );
      return { family, files: measured.filesOf(family).length, habits };
    })
    .filter(({ files, habits }) => files > 0 || habits.some(({ source }) => source === 'user'));
  return { families: families.toSorted((a, b) => b.files - a.files), lines: edits.lines, notes };
}

export function familyStyle(profile: StyleProfile, family: Family | undefined): FamilyStyle | undefined {
  return profile.families.find((each) => each.family === family);
}

function habitOf(
  trait: Trait,
  counts: Counts,
  rule: ConfigRule | undefined,
  set: string | undefined,
): Habit | undefined {
  const values = counts.get(trait.id) ?? new Map<string, Count>();
  if (set === noRule) return undefined;
  if (set !== undefined && isKnown(trait, set))
    return { trait: trait.id, value: set, source: 'user', ...evidence(trait, values, set) };
  const configured =
    rule !== undefined && isKnown(trait, rule.value) ? configuredHabit(trait, rule, values) : undefined;
  // What a dependency implies is a guess: the code knows better.
  return rule?.authority === 'implied'
    ? (measuredHabit(trait, values) ?? configured)
    : (configured ?? measuredHabit(trait, values));
}

function configuredHabit(trait: Trait, { value, file }: ConfigRule, values: ReadonlyMap<string, Count>): Habit {
  return { trait: trait.id, value, source: 'configuration', file, ...evidence(trait, values, value) };
}

/** The value that most places keep to, if they are enough and of one mind. */
function measuredHabit(trait: Trait, values: ReadonlyMap<string, Count>): Habit | undefined {
  const { places: leastPlaces = clearFrom.places, share: leastShare = clearFrom.share } = trait.clear ?? {};
  const candidates = [...values.keys()].filter((value) => isKnown(trait, value));
  // Of limits, the narrowest that holds; of all others, the one with the largest share.
  const ranked = candidates
    .map((value) => ({ value, ...evidence(trait, values, value) }))
    .toSorted((a, b) =>
      trait.keepsTo === undefined
        ? b.share - a.share || (a.value < b.value ? -1 : 1)
        : Number(a.value) - Number(b.value),
    );
  const best = trait.keepsTo === undefined ? ranked[0] : ranked.find(({ share }) => share >= leastShare);
  if (best === undefined || best.places < leastPlaces || best.share < leastShare) return undefined;
  return { trait: trait.id, source: 'measured', ...best };
}

function evidence(trait: Trait, values: ReadonlyMap<string, Count>, limit: string): Pick<Habit, 'places' | 'share'> {
  const all = [...values.values()];
  const kept = [...values].filter(([value]) => trait.keepsTo?.(value, limit) ?? value === limit);
  const weight = sum(all, 'weight');
  const keptWeight = sum(
    kept.map(([, count]) => count),
    'weight',
  );
  return { places: sum(all, 'places'), share: weight === 0 ? 0 : keptWeight / weight };
}

function sum(counts: readonly Count[], of: keyof Count): number {
  return counts.reduce((total, count) => total + count[of], 0);
}

function isKnown(trait: Trait, value: string): boolean {
  return sayValue(trait, value, inEnglish) !== undefined;
}
