import type { Block } from './block.ts';

/** So many lines of context at each end of a hunk may be wrong, as with `patch`. */
export const maxFuzz = 2;

/** What is left has to be more than a line that stands anywhere. */
const minLines = 2;

/** A hunk with up to so many lines of context less at both ends; undefined when that would leave too little. */
export function withLessContext({ search, replace, line }: Block, fuzz: number): Block | undefined {
  const above = shared(search, replace, fuzz);
  const below = shared(search.toReversed(), replace.toReversed(), fuzz);
  const left = search.slice(above, search.length - below);
  if (above + below === 0 || left.filter((each) => each.trim() !== '').length < minLines) return undefined;
  return {
    search: left,
    replace: replace.slice(above, replace.length - below),
    ...(line !== undefined && { line: line + above }),
  };
}

function shared(a: readonly string[], b: readonly string[], atMost: number): number {
  let count = 0;
  while (count < atMost && a[count] !== undefined && a[count] === b[count]) count++;
  return count;
}
