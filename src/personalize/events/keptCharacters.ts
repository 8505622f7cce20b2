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
  const kept = looked.length - bestPart(looked, standing.slice(0, maxStandingCharacters)).distance;
  return Math.round((kept * accepted.length) / looked.length);
}

/**
 * That part of a standing text that is most like an accepted one, the last of several; undefined where one of them is
 * too long to say.
 */
export function likestPart(accepted: string, standing: string): string | undefined {
  if (standing.includes(accepted)) return accepted;
  if (accepted.length > maxAcceptedCharacters || standing.length > maxStandingCharacters) return undefined;
  const { start, end } = bestPart(accepted, standing);
  return standing.slice(start, end);
}

/**
 * Sellers' algorithm: Levenshtein's table with a first row of zeros, so that a match may begin anywhere. Beside each
 * distance stands where its match began.
 */
function bestPart(text: string, standing: string): { distance: number; start: number; end: number } {
  const { length } = text;
  let row = Uint16Array.from({ length: length + 1 }, (_, i) => i);
  let next = new Uint16Array(length + 1);
  let began = new Uint16Array(length + 1);
  let nextBegan = new Uint16Array(length + 1);
  let best = { distance: length, start: 0, end: 0 };
  for (let j = 0; j < standing.length; j++) {
    const char = standing.charCodeAt(j);
    nextBegan[0] = j + 1;
    for (let i = 1; i <= length; i++) {
      const substituted = (row[i - 1] ?? 0) + (text.charCodeAt(i - 1) === char ? 0 : 1);
      const inserted = (row[i] ?? 0) + 1;
      const deleted = (next[i - 1] ?? 0) + 1;
      const least = Math.min(substituted, inserted, deleted);
      next[i] = least;
      nextBegan[i] = (least === substituted ? began[i - 1] : least === inserted ? began[i] : nextBegan[i - 1]) ?? 0;
    }
    [row, next, began, nextBegan] = [next, row, nextBegan, began];
    const distance = row[length] ?? length;
    if (distance <= best.distance && distance < length) best = { distance, start: began[length] ?? 0, end: j + 1 };
  }
  return best;
}
