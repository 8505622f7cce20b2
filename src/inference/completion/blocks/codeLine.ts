import type { Literal } from './codeScan.ts';

/** A line without its comments and the space at its end. */
export interface CodeLine {
  /** Indentation included. */
  readonly code: string;
  /** Offset of the line's first character in the text, and of the one behind its last code. */
  readonly start: number;
  readonly end: number;
}

/** The last line that holds code at or before an offset; comments and blank lines are passed over. */
export function lastCodeLine(text: string, literals: readonly Literal[], offset = text.length): CodeLine | undefined {
  let end = offset;
  for (let i = literals.length - 1; ; ) {
    while (end > 0 && /\s/.test(text.charAt(end - 1))) end--;
    while (i >= 0 && (literals[i]?.start ?? 0) >= end) i--;
    const literal = literals[i];
    if (literal?.kind !== 'comment' || literal.end < end) break;
    end = literal.start;
  }
  if (end === 0) return undefined;
  const start = text.lastIndexOf('\n', end - 1) + 1;
  return { code: text.slice(start, end), start, end };
}
