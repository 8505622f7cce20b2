import type { Parsed } from '../../../syntax/syntax.ts';
import { type CodeLine, isBelowDocComment, openingLine } from './codeLine.ts';
import { literalAt, scanCode } from './codeScan.ts';
import { indentWidth, lineAfter, lineBefore, linesAbove, linesBelow } from './cursorLine.ts';
import { isProse, type Lexicon, lexiconOf } from './lexicon.ts';
import { isInsideLiteral, opensLiteral } from './syntaxNodes.ts';

export interface BlockQuestion {
  readonly prefix: string;
  readonly suffix: string;
  readonly languageId: string;
  /** The tree of exactly `prefix + suffix`; without it, or where the code is broken, brackets and words decide. */
  readonly parsed?: Parsed;
}

/** Only for comparing lines of one document. */
const tabSize = 4;
/** What opens a block stands near; and lines longer than `maxLine` are no code a person reads. */
const reachCharacters = 20_000;
const maxLine = 500;

/**
 * Several lines only where the syntax asks for a block: at the end of a line, after what opens a block (or describes or
 * announces one) that is still empty. Never in the middle of a line, a string or a comment.
 */
export function wantsBlock(question: BlockQuestion): 'line' | 'block' {
  const { prefix, suffix, languageId, parsed } = question;
  if (isProse(languageId) || !/^[\s)\]};,]*$/.test(lineAfter(suffix).slice(0, maxLine))) return 'line';
  const lexicon = lexiconOf(languageId);
  const near = prefix.slice(-reachCharacters);
  const scan = scanCode(near, lexicon);
  const inside = parsed && isInsideLiteral(parsed, prefix.length);
  if (inside ?? literalAt(scan, near.length) !== undefined) return 'line';

  const line = openingLine(near, scan.literals, lexicon);
  const before = lineBefore(prefix);
  // `key: █` waits for its value on the same line.
  if (/:[ \t]+$/.test(before)) return 'line';
  if (before.trim() === '' && isBelowDocComment(near, scan.literals, lexicon))
    return describesNothing(prefix, suffix) ? 'block' : 'line';
  if (line && line.code.length <= maxLine) {
    const cut = prefix.length - near.length;
    if (isBlockOpener(line, cut, lexicon, parsed)) return isEmptyBelow(line, suffix) ? 'block' : 'line';
    if (isSignature(line, near, lexicon) && isEmptyBelow(line, suffix)) return 'block';
  }
  return 'line';
}

function isBlockOpener(line: CodeLine, cut: number, lexicon: Lexicon, parsed: Parsed | undefined): boolean {
  const owned = parsed && line.code.endsWith('{') ? opensLiteral(parsed, cut + line.end - 1) : undefined;
  return owned === undefined ? lexicon.opener.test(line.code) : !owned && lexicon.opener.source !== '(?!)';
}

/** Nothing is in the block yet: it is closed right behind the cursor, or the next line is not indented more. */
function isEmptyBelow(opener: CodeLine, suffix: string): boolean {
  if (/^\s*[)\]}]/.test(lineAfter(suffix))) return true;
  const [next] = linesBelow(suffix, 1);
  return (
    next === undefined || (indentWidth(next, tabSize) <= indentWidth(opener.code, tabSize) && !/^\s*\{/.test(next))
  );
}

/** A function's first line, whose body has not begun: on the cursor's line or right above it. */
function isSignature(line: CodeLine, near: string, lexicon: Lexicon): boolean {
  return lexicon.signature?.test(line.code) === true && (near.slice(line.end).match(/\n/g) ?? []).length <= 1;
}

/** Nothing follows that the doc comment above the cursor may describe. */
function describesNothing(prefix: string, suffix: string): boolean {
  const [above = ''] = linesAbove(prefix, 1);
  const [, below = ''] = suffix.split('\n', 2);
  return below.trim() === '' || indentWidth(below, tabSize) < indentWidth(above, tabSize);
}
