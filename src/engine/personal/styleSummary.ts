import { describeStyle, type StyleChoice, styleChoices } from '../../personalize/style/describeStyle.ts';
import { noRule, type StyleEdits, withLines, withOverride } from '../../personalize/style/edits.ts';
import { type Family, familyName, isFamily } from '../../personalize/style/families.ts';
import type { StyleProfile } from '../../personalize/style/profile.ts';
import { sayValue } from '../../personalize/style/trait.ts';
import { traitNamed, traitsOf } from '../../personalize/style/traits/allTraits.ts';
import type { EditStyle, StyleSummary, StyleTrait } from '../../protocol/personalMessages.ts';
import { inEnglish, type Translate } from '../../protocol/problems.ts';

/** Between style profiles and the wire. Pure. */

/** A folder's profile in words, with what the user can set. */
export function styleSummary(
  folder: string,
  profile: StyleProfile,
  edits: StyleEdits,
  t: Translate,
): StyleSummary['folders'][number] {
  const { sections, lines, notes } = describeStyle(profile, t);
  const families = profile.families.map(({ family }) => {
    const sentences = sections.find((section) => section.family === family)?.sentences ?? [];
    const told = new Map(sentences.map(({ trait, text }) => [trait, text]));
    const set = edits.traits[family] ?? {};
    const traits = styleChoices(family, t).map((choice) =>
      traitSummary(choice, told.get(choice.trait), set[choice.trait], t),
    );
    return { family, name: familyName(family, t), traits };
  });
  return { folder, families, lines, notes };
}

function traitSummary(
  { trait, title, values }: StyleChoice,
  text: string | undefined,
  set: string | undefined,
  t: Translate,
): StyleTrait {
  const setTo = set !== undefined && (set === noRule || isValueOf(trait, set)) ? set : undefined;
  return {
    id: trait,
    title,
    ...(text === undefined ? {} : { text }),
    ...(setTo === undefined ? {} : { setTo }),
    choices: setTo === undefined ? values : withValue(values, trait, setTo, t),
  };
}

/** A number that no menu offers is there to be chosen once it is set. */
function withValue(values: StyleChoice['values'], trait: string, value: string, t: Translate): StyleChoice['values'] {
  if (value === noRule || values.some((each) => each.value === value)) return values;
  return [...values, { value, text: inWords(trait, value, t) ?? value }];
}

/** What an order does to a folder's edits. Throws for one that names what there is not. */
export function changeOf(order: EditStyle): (edits: StyleEdits) => StyleEdits {
  if (order.order === 'lines') {
    const lines = order.lines.filter((line) => typeof line === 'string');
    return (edits) => withLines(edits, lines);
  }
  const { family, trait, value } = order;
  if (!isFamily(family) || !hasTrait(family, trait)) throw new RangeError('There is no such trait.');
  if (value !== undefined && value !== noRule && !isValueOf(trait, value))
    throw new RangeError('The trait has no such value.');
  return (edits) => withOverride(edits, family, trait, value);
}

function hasTrait(family: Family, id: string): boolean {
  return traitsOf(family).some((trait) => trait.id === id);
}

function isValueOf(trait: string, value: string): boolean {
  return inWords(trait, value, inEnglish) !== undefined;
}

function inWords(id: string, value: string, t: Translate): string | undefined {
  const trait = traitNamed(id);
  return trait && sayValue(trait, value, t);
}
