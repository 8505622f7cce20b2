import type { Family } from '../families.ts';
import type { Trait } from '../trait.ts';
import { braceTraits } from './braces.ts';
import { commentTraits } from './comments.ts';
import { declarationTraits } from './declarations.ts';
import { docTraits } from './docs.ts';
import { errorTraits } from './errors.ts';
import { expressionTraits } from './expressions.ts';
import { importTraits } from './imports.ts';
import { layoutTraits } from './layout.ts';
import { namingTraits } from './naming.ts';
import { punctuationTraits } from './punctuation.ts';
import { testTraits } from './tests.ts';

/** Every habit that is looked for, in the order in which they are told. */
export const allTraits: readonly Trait[] = [
  ...layoutTraits,
  ...braceTraits,
  ...punctuationTraits,
  ...namingTraits,
  ...declarationTraits,
  ...importTraits,
  ...expressionTraits,
  ...errorTraits,
  ...commentTraits,
  ...docTraits,
  ...testTraits,
];

const byId: ReadonlyMap<string, Trait> = new Map(allTraits.map((trait) => [trait.id, trait]));
const byFamily = Map.groupBy(
  allTraits.flatMap((trait) => trait.families.map((family) => ({ family, trait }))),
  ({ family }) => family,
);

export function traitNamed(id: string): Trait | undefined {
  return byId.get(id);
}

export function traitsOf(family: Family): readonly Trait[] {
  return byFamily.get(family)?.map(({ trait }) => trait) ?? [];
}
