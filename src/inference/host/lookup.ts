/** Longer agreement would tell hardly more. */
const maxMatch = 16;
/** A single token, a line break or a comma, stands everywhere. */
const minMatch = 2;
/** Trying this many tokens at once costs as much as drawing a few one by one: see docs/benchmarks.md. */
const maxTried = 32;
const fewTried = 4;

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

/** How many tokens to try: few after little agreement, and twice as many each time that all were right. */
export function nextLength(length: number, tried: number, taken: number): number {
  if (taken < tried) return fewTried;
  return Math.min(maxTried, length * 2);
}

/** Follows the repetition of a text while the output is being written. */
export class Lookup<T extends number = number> {
  readonly #text: readonly T[];
  #expectedAt = 0;
  #length = fewTried;
  #tried = 0;
  #taken = 0;

  constructor(text: readonly T[]) {
    this.#text = text;
  }

  /** Tokens tried so far, and those that were right. */
  get counts(): { readonly tried: number; readonly taken: number } {
    return { tried: this.#tried, taken: this.#taken };
  }

  /** The tokens that will probably follow what was written, at most so many; mostly none where nothing is repeated. */
  next(written: readonly T[], most: number): readonly T[] {
    if (most <= 0) return [];
    const place = findPlace(this.#text, written.slice(-maxMatch), this.#expectedAt);
    if (place === undefined) return [];
    this.#expectedAt = place.at;
    return this.#text.slice(place.at, place.at + Math.min(most, this.#length));
  }

  /** Tells how many of the tokens that `next` gave were what the model wrote. */
  checked(tried: number, taken: number): void {
    this.#tried += tried;
    this.#taken += taken;
    this.#expectedAt += taken;
    this.#length = nextLength(this.#length, tried, taken);
  }
}
