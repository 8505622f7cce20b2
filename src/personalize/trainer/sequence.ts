/** What a graph is run on: tokens in their places, who sees whom, and what is to be learned. */
export interface Sequence {
  /** (T) */
  readonly tokens: Int32Array;
  readonly positions: Int32Array;
  /** First row with a target; all rows from there on have one. */
  readonly from: number;
  /** (T - from): the token that each of these rows should say next. */
  readonly targets: Int32Array;
  /** Where each text to be learned begins among the targets; one, or two of a preference pair. */
  readonly parts: readonly { readonly start: number; readonly end: number }[];
}

/** A text as tokens, of which those from `from` on are learned. */
export interface TokenText {
  readonly tokens: readonly number[];
  readonly from: number;
}

/** Row t reads tokens[0..t] and should say tokens[t + 1]. */
export function sequenceOf({ tokens, from }: TokenText): Sequence {
  if (from < 1 || from >= tokens.length) throw new RangeError(`${from} is no place within ${tokens.length} tokens.`);
  const targets = Int32Array.from(tokens.slice(from));
  return {
    tokens: Int32Array.from(tokens.slice(0, -1)),
    positions: Int32Array.from({ length: tokens.length - 1 }, (_, at) => at),
    from: from - 1,
    targets,
    parts: [{ start: 0, end: targets.length }],
  };
}

/**
 * Two answers to one prompt in one pass: the prompt is read once, and neither answer sees the other.
 *
 *     prompt[0..P-2]  prompt[P-1] chosen...  prompt[P-1] rejected...
 */
export function pairOf(prompt: readonly number[], chosen: readonly number[], rejected: readonly number[]): Sequence {
  const last = prompt.length - 1;
  const answers = [chosen, rejected].map((answer) => [...prompt.slice(last), ...answer.slice(0, -1)]);
  const positions = answers.map((answer) => answer.map((_, at) => last + at));
  const head = prompt.slice(0, last);
  return {
    tokens: Int32Array.from([...head, ...answers.flat()]),
    positions: Int32Array.from([...head.keys(), ...positions.flat()]),
    from: last,
    targets: Int32Array.from([...chosen, ...rejected]),
    parts: [
      { start: 0, end: chosen.length },
      { start: chosen.length, end: chosen.length + rejected.length },
    ],
  };
}

const seen = 0x0000;
/** Minus infinity in 16 bits. */
const unseen = 0xfc00;

/**
 * Who sees whom, as 16-bit floats for ggml: rows `rowFrom` to `rowTo`, each at keys 0 to `rowTo`. A row sees the prompt
 * before it and what is before it in its own part.
 */
export function maskOf({ from, parts }: Sequence, rowFrom: number, rowTo: number): Uint16Array {
  const mask = new Uint16Array((rowTo - rowFrom) * rowTo).fill(unseen);
  for (let row = rowFrom; row < rowTo; row++) {
    const at = (row - rowFrom) * rowTo;
    mask.fill(seen, at, at + Math.min(row + 1, from));
    if (row < from) continue;
    const part = parts.find(({ end }) => row - from < end);
    mask.fill(seen, at + from + (part?.start ?? 0), at + row + 1);
  }
  return mask;
}
