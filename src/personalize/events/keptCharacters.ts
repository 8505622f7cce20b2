/** Longer texts are compared only so far: a look costs at most a few milliseconds. */
const maxAcceptedCharacters = 1_000;
const maxStandingCharacters = 2_000;

/**
 * How many characters of an accepted text are still there: its length less the edit distance (Levenshtein) to that
 * part of the standing text that is most like it. What the user wrote before or behind it does not count against it.
 */
export function keptCharacters(accepted: string, standing: string): number {
  if (standing.includes(accepted)) return accepted.length;
  const looked = accepted.slice(0, maxAcceptedCharacters);
  const kept = looked.length - distanceToBestPart(looked, standing.slice(0, maxStandingCharacters));
  return Math.round((kept * accepted.length) / looked.length);
}

/** Sellers' algorithm: Levenshtein's table with a first row of zeros, so that a match may begin anywhere. */
function distanceToBestPart(text: string, standing: string): number {
  let row = Uint16Array.from({ length: text.length + 1 }, (_, i) => i);
  let next = new Uint16Array(text.length + 1);
  let best = text.length;
  for (let j = 0; j < standing.length; j++) {
    for (let i = 1; i <= text.length; i++) {
      const substituted = (row[i - 1] ?? 0) + (text.charCodeAt(i - 1) === standing.charCodeAt(j) ? 0 : 1);
      next[i] = Math.min(substituted, (row[i] ?? 0) + 1, (next[i - 1] ?? 0) + 1);
    }
    [row, next] = [next, row];
    best = Math.min(best, row[text.length] ?? best);
  }
  return best;
}
