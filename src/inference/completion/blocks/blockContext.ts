import { isBelowDocComment, openingLine } from './codeLine.ts';
import { scanCode } from './codeScan.ts';
import { indentWidth, leadingSpace, lineAfter, lineBefore, linesBelow } from './cursorLine.ts';
import { type Lexicon, lexiconOf } from './lexicon.ts';
import { openBracketsAt } from './openBrackets.ts';

export interface Position {
  readonly prefix: string;
  readonly suffix: string;
  readonly languageId: string;
}

/** What there is to be completed at the cursor, and by what one sees that it is complete. */
export interface BlockContext {
  readonly lexicon: Lexicon;
  /**
   * `bracket`: until the innermost bracket closes, which the cursor's line (or the one above) opened. `dedent`,
   * `keyword`: until a line is indented no more than the opening one. `statement`: one statement, whatever its size.
   */
  readonly until: 'bracket' | 'dedent' | 'keyword' | 'statement';
  /** Brackets open at the cursor, outermost first; the first `reserved` of them are closed by the suffix. */
  readonly open: readonly string[];
  readonly reserved: number;
  /** Columns of the opening line's indentation, or of the statement's. */
  readonly width: number;
  /** Nothing but indentation stands before the cursor: the completion's first line is a line of the block. */
  readonly onBlankLine: boolean;
  /** Whether the suffix already has the word that ends the block (`end`). */
  readonly endFollows: boolean;
  /** The code before the cursor that is parsed along with the completion. */
  readonly window: string;
}

/** Only for comparing lines of one document. */
export const tabSize = 4;
/**
 * Lines parsed before the cursor. The tree is asked for strings, comments and statement ends near the cursor, which
 * code further up does not change, while a whole file would take ten times as long at every line of the stream.
 */
const windowLines = 200;
const maxWindowCharacters = 20_000;

export function blockContextAt({ prefix, suffix, languageId }: Position): BlockContext {
  const lexicon = lexiconOf(languageId);
  // Closers right of the cursor (auto-closed pairs) come after the block: its own are generated and replace them.
  const below = suffix.slice(lineAfter(suffix).length);
  const { open, reserved } = openBracketsAt(prefix, below, lexicon);
  const window = windowBefore(prefix);
  const cut = prefix.length - window.length;
  const { literals } = scanCode(window, lexicon);
  const line = openingLine(window, literals, lexicon);
  const before = lineBefore(prefix);
  const onBlankLine = before.trim() === '';
  const isNear = line !== undefined && (onBlankLine || line.end > window.length - before.length);
  const opensBracket = isNear && (open.at(-1)?.offset ?? -1) >= cut + line.start;
  const opensBlock = isNear && lexicon.opener.test(line.code.slice(-500));
  const byLine = opensBlock && lexicon.blockEnd !== 'bracket' ? lexicon.blockEnd : 'statement';
  const until = isBelowDocComment(window, literals, lexicon) ? 'statement' : opensBracket ? 'bracket' : byLine;
  const width = indentWidth(until === 'statement' ? before : (line?.code ?? ''), tabSize);
  const [next = ''] = linesBelow(suffix, 1);
  return {
    lexicon,
    until,
    open: open.map(({ bracket }) => bracket),
    reserved,
    width,
    onBlankLine,
    endFollows: isBlockEnd(next) && indentWidth(next, tabSize) === width,
    window,
  };
}

export function isBlockEnd(line: string): boolean {
  return /^\s*(?:(?:end|fi|done|esac|endif)\b|\})/.test(line);
}

/** The last lines before the cursor, from one that begins at the margin: there the grammar can begin, too. */
function windowBefore(prefix: string): string {
  let start = prefix.length;
  let lines = 0;
  while (start > 0 && lines < windowLines && prefix.length - start < maxWindowCharacters) {
    start = prefix.lastIndexOf('\n', start - 2) + 1;
    lines++;
  }
  if (start === 0) return prefix;
  for (let at = start; at < prefix.length; ) {
    const next = prefix.indexOf('\n', at) + 1;
    const line = prefix.slice(at, next === 0 ? prefix.length : next);
    if (leadingSpace(line) === '' && /^[\w@#$/*]/.test(line)) return prefix.slice(at);
    if (next === 0) break;
    at = next;
  }
  return prefix.slice(start);
}
