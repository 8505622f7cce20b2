/** Fewer tokens stand in many places: guesses after them are wrong as often as not, and trying costs time. */
const minMatch = 4;
/** More than this many tokens in a pass save hardly more time, and whoever types waits for the pass to end. */
const maxTried = 31;
/**
 * What has been copied for some tokens will be copied for about as many again: over 153 files at two releases of their
 * packages, the chance that the next token differs was 0.6 divided by the number of tokens that agreed. Of guesses this
 * long nine tenths are right, and where the output goes its own way hardly anything is tried.
 */
const triedPerMatched = 0.75;
const maxMatch = Math.ceil(maxTried / triedPerMatched);

/** A place in the text that is being repeated. */
export interface Place {
  /** Index of what comes next. */
  readonly at: number;
  /** How many tokens before it are those that were written last. */
  readonly matched: number;
}

/**
 * Where the repetition of a text has arrived: after as many tokens as possible that the output ends with, too. Of places
 * that are equally likely it is the one nearest to where it was expected; what lies behind has been repeated already.
 */
export function findPlace(text: readonly number[], written: readonly number[], expectedAt: number): Place | undefined {
  let best: Place | undefined;
  for (let at = minMatch; at < text.length; at++) {
    const matched = matchedBefore(text, at, written);
    if (matched < minMatch || matched < (best?.matched ?? 0)) continue;
    if (matched > (best?.matched ?? 0) || distance(at, expectedAt) < distance(best?.at ?? 0, expectedAt))
      best = { at, matched };
  }
  return best;
}

function matchedBefore(text: readonly number[], at: number, written: readonly number[]): number {
  const most = Math.min(maxMatch, at, written.length);
  let matched = 0;
  while (matched < most && text[at - 1 - matched] === written[written.length - 1 - matched]) matched++;
  return matched;
}

function distance(at: number, expectedAt: number): number {
  return at < expectedAt ? 4 * (expectedAt - at) : at - expectedAt;
}

/** Follows the repetition of a text while the output is being written. */
export class Lookup<T extends number = number> {
  readonly #text: readonly T[];
  #expectedAt = 0;
  #tried = 0;
  #taken = 0;

  constructor(text: readonly T[]) {
    this.#text = text;
  }

  /** Tokens tried so far, and those that were right. */
  get counts(): { readonly tried: number; readonly taken: number } {
    return { tried: this.#tried, taken: this.#taken };
  }

  /** The tokens that will probably follow what was written, at most so many; none where nothing is repeated. */
  next(written: readonly T[], most: number): readonly T[] {
    if (most <= 0) return [];
    const place = findPlace(this.#text, written.slice(-maxMatch), this.#expectedAt);
    if (place === undefined) return [];
    const length = Math.min(most, maxTried, Math.floor(place.matched * triedPerMatched));
    this.#expectedAt = place.at;
    return this.#text.slice(place.at, place.at + length);
  }

  /** Tells how many of the tokens that `next` gave were what the model wrote. */
  checked(tried: number, taken: number): void {
    this.#tried += tried;
    this.#taken += taken;
    this.#expectedAt += taken;
  }
}
