import { inEnglish } from '../../protocol/problems.ts';
import { type Family, familyName, familyOf } from './families.ts';
import { familyStyle, type Habit, type StyleProfile } from './profile.ts';
import { sayValue } from './trait.ts';
import { traitNamed } from './traits/allTraits.ts';

const defaultCharacters = 800;

/**
 * How to write code in a language, for a chat prompt: the user's own rules first, one a line; then the habits in one
 * line, the most telling first and without those that everybody has. Whole rules only; '' where nothing is known.
 * Made of our own words, of numbers and of what the user typed: a file of the workspace can put no text into it.
 */
export function stylePrompt(profile: StyleProfile, languageId: string, maxCharacters = defaultCharacters): string {
  const family = familyOf(languageId);
  const language = family === undefined ? 'code' : familyName(family, inEnglish);
  const head = `Write ${language} in this style:`;
  const lines = fitting(profile.lines, '\n- ', maxCharacters - head.length);
  const left = maxCharacters - head.length - lengthOf(lines, '\n- ');
  const habits = fitting(habitWords(profile, family), '; ', left - 1);
  if (lines.length + habits.length === 0) return '';
  return [head, ...lines.map((line) => `- ${line}`), ...(habits.length === 0 ? [] : [`${habits.join('; ')}.`])].join(
    '\n',
  );
}

function habitWords(profile: StyleProfile, family: Family | undefined): readonly string[] {
  if (family === undefined) return [];
  const habits = familyStyle(profile, family)?.habits ?? [];
  return habits
    .filter((habit) => habit.source === 'user' || !isUsual(habit, family))
    .toSorted((a, b) => rankOf(b) - rankOf(a))
    .flatMap((habit) => sayRule(habit) ?? []);
}

function isUsual({ trait, value }: Habit, family: Family): boolean {
  return traitNamed(trait)?.usual?.[family] === value;
}

function sayRule({ trait: id, value }: Habit): string | undefined {
  const trait = traitNamed(id);
  return trait && sayValue(trait, value, inEnglish);
}

function rankOf({ trait, source }: Habit): number {
  return (traitNamed(trait)?.telling ?? 0) + (source === 'user' ? 10 : 0);
}

/** From the first on, all that fit with what stands between them. */
function fitting(rules: readonly string[], between: string, maxCharacters: number): readonly string[] {
  let left = maxCharacters;
  return rules.filter((rule) => {
    const fits = rule.length + between.length <= left;
    if (fits) left -= rule.length + between.length;
    return fits;
  });
}

function lengthOf(rules: readonly string[], between: string): number {
  return rules.reduce((length, rule) => length + rule.length + between.length, 0);
}
