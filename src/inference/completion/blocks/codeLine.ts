import type { Literal } from './codeScan.ts';
import type { Lexicon } from './lexicon.ts';

/** A line without its comments and the space at its end. */
export interface CodeLine {
  /** Indentation included. */
  readonly code: string;
  /** Offset of the line's first character in the text, and of the one behind its last code. */
  readonly start: number;
  readonly end: number;
}

/**
 * The line that may open a block at the end of a text: the last one that holds code. Comments and blank lines are
 * passed over, and so is a Python docstring: it is a string, but below it the function is still without code.
 */
export function openingLine(text: string, literals: readonly Literal[], lexicon: Lexicon): CodeLine | undefined {
  const line = lastCodeLine(text, literals, text.length);
  const isAtMargin = (offset: number) => /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, offset - 200), offset));
  const docstring =
    line && lexicon.blockEnd === 'dedent' && lexicon.docComment?.test(line.code)
      ? literals.findLast(({ kind, end, start }) => kind === 'string' && end === line.end && isAtMargin(start))
      : undefined;
  return docstring ? lastCodeLine(text, literals, docstring.start) : line;
}

/** Whether a text ends on a blank line right below a doc comment. */
export function isBelowDocComment(text: string, literals: readonly Literal[], lexicon: Lexicon): boolean {
  const last = literals.at(-1);
  if (last?.kind !== 'comment' || !/^\r?\n?[ \t]*$/.test(text.slice(last.end))) return false;
  const comment = text.slice(0, last.end).trimEnd();
  return lexicon.docComment?.test(comment.slice(comment.lastIndexOf('\n') + 1)) === true;
}

function lastCodeLine(text: string, literals: readonly Literal[], offset: number): CodeLine | undefined {
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
