import { type BracketToken, partnerOf, scanCode } from './codeScan.ts';
import { lineAfter } from './cursorLine.ts';
import type { Lexicon } from './lexicon.ts';

/** What is open at the cursor. */
export interface OpenBrackets {
  /** Unclosed brackets before the cursor, outermost first. */
  readonly open: readonly BracketToken[];
  /** How many of the outermost ones the text after the cursor closes; a completion must leave these alone. */
  readonly reserved: number;
  /** Closers on the rest of the cursor's line that nothing before the cursor opened: a completion may open them. */
  readonly surplus: string;
}

/** Enough for any function; more would cost a keystroke milliseconds. Characters on each side. */
const reach = 30_000;

/**
 * Brackets open at the cursor, and which of them the suffix closes. Closers on the cursor's own line (auto-closed pairs)
 * belong to the innermost brackets; those on later lines to the outermost, because the gap is where the user types.
 */
export function openBracketsAt(prefix: string, suffix: string, lexicon: Lexicon): OpenBrackets {
  const cut = Math.max(0, prefix.length - reach);
  const near = prefix.slice(cut);
  const { brackets } = scanCode(near + suffix.slice(0, reach), lexicon);
  const open: BracketToken[] = [];
  let i = 0;
  for (; i < brackets.length; i++) {
    const token = brackets[i];
    if (!token || token.offset >= near.length) break;
    push(open, token);
  }
  const unmatched = unmatchedClosers(brackets.slice(i));
  const lineEnd = near.length + lineAfter(suffix).length;

  let inner = open.length;
  let surplus = '';
  for (const { bracket, offset } of unmatched) {
    if (offset >= lineEnd) break;
    if (inner > 0 && open[inner - 1]?.bracket === partnerOf[bracket]) inner--;
    else surplus += bracket;
  }
  let outer = 0;
  for (const { bracket, offset } of unmatched.toReversed()) {
    if (offset < lineEnd || outer >= inner) break;
    if (open[outer]?.bracket === partnerOf[bracket]) outer++;
  }
  const reserved = inner < open.length ? open.length : outer;
  return { open: open.map((token) => ({ ...token, offset: token.offset + cut })), reserved, surplus };
}

/** Adds an opener; a closer removes its partner and whatever was left unclosed inside. */
function push(open: BracketToken[], token: BracketToken): void {
  if (token.opens) {
    open.push(token);
    return;
  }
  const partner = open.findLastIndex(({ bracket }) => bracket === partnerOf[token.bracket]);
  if (partner !== -1) open.length = partner;
}

function unmatchedClosers(tokens: readonly BracketToken[]): BracketToken[] {
  const local: BracketToken[] = [];
  const unmatched: BracketToken[] = [];
  for (const token of tokens) {
    const before = local.length;
    push(local, token);
    if (!token.opens && local.length === before) unmatched.push(token);
  }
  return unmatched;
}
