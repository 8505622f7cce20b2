import type { Parsed, Syntax } from '../../../syntax/syntax.ts';
import { type BlockContext, blockContextAt, isBlockEnd, type Position, tabSize } from './blockContext.ts';
import { type CodeScan, partnerOf, scanCode } from './codeScan.ts';
import { indentWidth } from './cursorLine.ts';
import { endsStatement, scanTree } from './syntaxNodes.ts';

export interface TrimmedBlock {
  /** A beginning of the given text that ends with a complete statement and leaves no bracket of its own open; or ''. */
  readonly text: string;
  /** Nothing that could still be generated would be kept: generation can stop. */
  readonly complete: boolean;
}

/** More is not read by the person who has to accept it. */
const maxLines = 10;
/** From here on, a blank line is a good place to pause. */
const enoughLines = 3;

/**
 * How much of what has been generated so far makes sense, and whether more is needed. Meant to be asked at each new
 * line of the stream and at its end. The grammar finds brackets, strings and statement ends; a language without one is
 * read by `scanCode` and indentation.
 */
export async function trimBlock(syntax: Syntax, position: Position, text: string): Promise<TrimmedBlock> {
  const context = blockContextAt(position);
  using parsed = await syntax.parse(position.languageId, context.window + text);
  const scan = parsed ? scanTree(parsed, context.window.length) : scanFrom(context, text);
  return trimLines(context, readLines(context, text, scan, parsed), text);
}

function scanFrom({ window, lexicon }: BlockContext, text: string): CodeScan {
  const { brackets, literals } = scanCode(window + text, lexicon);
  const from = window.length;
  return {
    brackets: brackets.filter(({ offset }) => offset >= from).map((each) => ({ ...each, offset: each.offset - from })),
    literals: literals.map((each) => ({ ...each, start: each.start - from, end: each.end - from })),
  };
}

/** One line of the generated text. */
interface Line {
  /** Offset of its end, line break excluded. */
  readonly end: number;
  /** Without comments and surrounding space. */
  readonly code: string;
  readonly isBlank: boolean;
  readonly width: number;
  /** At its end, something that the text opened is open. */
  readonly isOpen: boolean;
  /** The innermost bracket that was open at the cursor is closed, and nothing else is left open. */
  readonly isClosed: boolean;
  /** It begins inside a bracket that the text opened, or inside a literal: its indentation says nothing. */
  readonly continues: boolean;
  /** A complete statement ends here, and nothing that the text opened is open. */
  readonly isEnd: boolean;
  /** Where it closes what it must not: something that the suffix closes, or that nobody opened. */
  readonly stop?: { readonly offset: number; readonly clean: boolean };
}

function readLines(context: BlockContext, text: string, scan: CodeScan, parsed: Parsed | undefined): Line[] {
  const { open, reserved, window } = context;
  const stack = [...open];
  /** How many of the brackets before the cursor are still open. */
  let kept = open.length;
  const lines: Line[] = [];
  let token = 0;
  let start = 0;
  for (const raw of text.split('\n')) {
    const end = start + raw.length;
    const continues = stack.length > kept || isInLiteral(scan, start);
    let stop: Line['stop'];
    for (let next = scan.brackets[token]; next && next.offset < end; next = scan.brackets[++token]) {
      if (next.opens) stack.push(next.bracket);
      else if (stack.length > reserved && stack.at(-1) === partnerOf[next.bracket]) {
        stack.pop();
        kept = Math.min(kept, stack.length);
      } else {
        stop = { offset: next.offset, clean: stack.length === kept };
        break;
      }
    }
    const code = codeOf(raw, start, scan);
    const isOpen = stack.length > kept || isInLiteral(scan, end);
    const codeEnd = start + code.trimEnd().length;
    lines.push({
      end,
      code: code.trim(),
      isBlank: raw.trim() === '',
      width: indentWidth(lines.length === 0 ? lastLineOf(window) + raw : raw, tabSize),
      isOpen,
      isClosed: kept < open.length && !isOpen,
      continues,
      isEnd: !isOpen && code.trim() !== '' && isStatementEnd(code.trim(), window.length + codeEnd, context, parsed),
      ...(stop && { stop }),
    });
    if (stop) return lines;
    start = end + 1;
  }
  return lines;
}

function trimLines(context: BlockContext, lines: readonly Line[], text: string): TrimmedBlock {
  const { until, lexicon, onBlankLine, endFollows } = context;
  const inStatement = until === 'statement';
  /** End of the last line that can be the last one shown. */
  let last = 0;
  let visible = 0;
  let bodyWidth: number | undefined;
  let previous: Line | undefined;
  const upTo = (end: number, complete: boolean): TrimmedBlock => ({ text: text.slice(0, end).trimEnd(), complete });

  for (const [i, line] of lines.entries()) {
    if (line.stop) return upTo(line.stop.clean ? line.stop.offset : last, true);
    if (line.isBlank) {
      const isPause = previous?.isEnd && visible >= enoughLines && previous.width === bodyWidth;
      if (isPause && !inStatement && i < lines.length - 1) return upTo(last, true);
      continue;
    }
    const isInside = i === 0 || line.continues || (inStatement && visible === 0);
    if (!isInside && isOutside(context, line, bodyWidth)) {
      if (lexicon.blockEnd === 'keyword' && isBlockEnd(line.code) && !endFollows && !line.isOpen)
        return upTo(line.end, true);
      if (last > 0 || !inStatement) return upTo(last, true);
    }
    if (++visible > maxLines) return upTo(last, true);
    if (i > 0 || onBlankLine || inStatement) bodyWidth ??= line.width;
    previous = line;
    if (until === 'bracket' && line.isClosed) return upTo(line.end, true);
    if (line.isEnd && (lexicon.blockEnd !== 'keyword' || line.width <= (bodyWidth ?? line.width))) last = line.end;
    if (inStatement && last > 0 && lexicon.blockEnd === 'bracket') return upTo(last, true);
  }
  return upTo(last, false);
}

/** Words that go on with a block at the depth of its first line. */
const middle = /^(?:else|elsif|elif|elseif|except|finally|rescue|ensure|catch|when|in|case)\b/;

/** Whether a line stands outside of what the cursor began, by its indentation. */
function isOutside({ until, width, lexicon }: BlockContext, line: Line, bodyWidth = width): boolean {
  if (line.code === '' || lexicon.blockEnd === 'bracket' || until === 'bracket') return false;
  if (line.width > (until === 'statement' ? bodyWidth : width)) return false;
  return until === 'dedent' || !middle.test(line.code);
}

/** A line that ends so goes on. */
const continuation = /(?:[,([{=*/%&|^<~\\:@]|[^+]\+|[^-]-|=>|\b(?:and|or|not|in|is|else|then|do|return))$/;

function isStatementEnd(code: string, end: number, { lexicon }: BlockContext, parsed: Parsed | undefined): boolean {
  if (/[;}]$/.test(code)) return true;
  if (lexicon.opener.test(code) || /^(?:@|#\[)/.test(code)) return false;
  const sound = parsed && endsStatement(parsed, end, !lexicon.semicolons);
  return sound ?? (!lexicon.semicolons && !continuation.test(code));
}

function isInLiteral({ literals }: CodeScan, offset: number): boolean {
  return literals.some(
    ({ kind, start, end, closed }) =>
      start < offset && (offset < end || (offset === end && kind === 'string' && !closed)),
  );
}

/** A line's code, its comments replaced by nothing. */
function codeOf(line: string, start: number, { literals }: CodeScan): string {
  let code = line;
  for (const literal of literals.toReversed()) {
    if (literal.kind !== 'comment' || literal.end <= start || literal.start >= start + line.length) continue;
    code = code.slice(0, Math.max(0, literal.start - start)) + code.slice(literal.end - start);
  }
  return code;
}

function lastLineOf(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}
