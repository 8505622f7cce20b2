/**
 * Alternatives whose mean log probability per token differs by no more than this count as equally likely. At 456 places in
 * code, with the starter, the likelier of two that are so near to each other was nearer to what had really been written
 * there in 38 of 76 cases: it knows nothing. From 0.2 on it was in 57 % of the cases and more.
 */
export const tieNats = 0.1;

/**
 * The same alternatives; of two that are about equally likely, the one that keeps more to the style goes first. Each steps
 * forward only past neighbours that it ties with and beats, so what is clearly more or less likely keeps its place.
 *
 * @param styleOf more is better
 */
export function preferredOrder<T extends { readonly meanLogProbability: number }>(
  alternatives: readonly T[],
  styleOf: (alternative: T) => number,
): readonly T[] {
  const ordered: { readonly alternative: T; readonly style: number }[] = [];
  for (const alternative of alternatives) {
    const style = styleOf(alternative);
    const isBeaten = (other: (typeof ordered)[number] | undefined): boolean =>
      other !== undefined && tie(other.alternative, alternative) && style > other.style;
    let at = ordered.length;
    while (isBeaten(ordered[at - 1])) at--;
    ordered.splice(at, 0, { alternative, style });
  }
  return ordered.map(({ alternative }) => alternative);
}

function tie(a: { readonly meanLogProbability: number }, b: { readonly meanLogProbability: number }): boolean {
  return Math.abs(a.meanLogProbability - b.meanLogProbability) <= tieNats;
}
