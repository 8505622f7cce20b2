/** Whether a text, or what is left of it, has room. True for all that is shorter than what has room. */
export type Fits = (text: string) => boolean;

/** The first lines that fit, each whole; '' when not even the first does. */
export function firstLinesThatFit(text: string, fits: Fits): string {
  if (fits(text)) return text;
  const lines = linesOf(text);
  const first = (count: number): string => lines.slice(0, count).join('');
  return first(largest(lines.length, (count) => fits(first(count))));
}

/** What is left of a text without its middle, which both ends of a question can do without. */
export interface Shortened {
  readonly text: string;
  /** Lines that were left out, at least in part. */
  readonly lines: number;
}

/** First and last lines that fit together, with a line between that says how many are missing; parts of lines where lines are too long. */
export function endsThatFit(text: string, fits: Fits): Shortened {
  if (fits(text)) return { text, lines: 0 };
  const lines = linesOf(text);
  const withoutMiddle = (kept: number): string => {
    const head = lines.slice(0, Math.ceil(kept / 2)).join('');
    return `${head}(${lines.length - kept} lines left out)\n${tail(lines, Math.floor(kept / 2)).join('')}`;
  };
  const kept = largest(lines.length - 1, (count) => fits(withoutMiddle(count)));
  if (kept >= 2) return { text: withoutMiddle(kept), lines: lines.length - kept };
  const characters = Array.from(text);
  const withoutCharacters = (count: number): string =>
    `${characters.slice(0, Math.ceil(count / 2)).join('')} … ${tail(characters, Math.floor(count / 2)).join('')}`;
  const some = largest(characters.length, (count) => fits(withoutCharacters(count)));
  return { text: withoutCharacters(some), lines: lines.length };
}

/** Lines with their ends. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function tail<T>(items: readonly T[], count: number): readonly T[] {
  return items.slice(items.length - count);
}

/** The largest count up to `most` that fits, 0 when none does; asks about log2(most) times. */
function largest(most: number, fits: (count: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
