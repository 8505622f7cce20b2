import type { SourceCode } from '../sourceCode.ts';
import type { Trait } from '../trait.ts';

/** A vote for each match of a value's pattern in the code, where comments and strings are blank. Patterns are global. */
export function places(patterns: Readonly<Record<string, RegExp>>): Trait['count'] {
  const rows = Object.entries(patterns);
  return ({ code }, vote) => {
    for (const [value, pattern] of rows) for (const { index } of code.matchAll(pattern)) vote(value, index);
  };
}

/** The same with patterns of each family's own. */
export function placesBy(
  families: Readonly<Partial<Record<SourceCode['family'], Readonly<Record<string, RegExp>>>>>,
): Trait['count'] {
  const counts = new Map(Object.entries(families).map(([family, patterns]) => [family, places(patterns)]));
  return (code, vote) => counts.get(code.family)?.(code, vote);
}
