import type { Refusal } from '../refusal.ts';
import { type AnswerLines, outdentedBy, unfinished } from './answerLines.ts';
import type { Proposal } from './proposal.ts';

/** The three lines of a block. Models are off by one or two marks, and forget the word at the end. */
interface Markers {
  readonly open: RegExp;
  readonly divider: RegExp;
  readonly close: RegExp;
}

const dialects: readonly Markers[] = [
  // aider, and with it most prompts and training data
  {
    open: /^(\s*)(<{5,9})\s?(?:SEARCH|ORIGINAL)>?(?:\s+(\S.*))?\s*$/,
    divider: /^\s*={5,9}\s*$/,
    close: /^\s*>{5,9}(?:\s?(?:REPLACE|UPDATED)<?)?\s*(?:`{3,})?\s*$/,
  },
  // Cline
  {
    open: /^(\s*)(-{5,9})\s?SEARCH>?(?:\s+(\S.*))?\s*$/,
    divider: /^\s*={5,9}\s*$/,
    close: /^\s*\+{5,9}\s?REPLACE<?\s*(?:`{3,})?\s*$/,
  },
];

/** What the first line of a block says. */
export interface BlockStart {
  readonly markers: Markers;
  readonly indent: number;
  /** Marks on the line. */
  readonly length: number;
  /** What some models write behind it. */
  readonly path?: string;
}

export function blockStart(line: string | undefined): BlockStart | undefined {
  for (const markers of dialects) {
    const [whole, indent = '', marks = '', path] = markers.open.exec(line ?? '') ?? [];
    if (whole !== undefined) return { markers, indent: indent.length, length: marks.length, ...(path && { path }) };
  }
  return undefined;
}

/** The block that begins at a line. What looks like a code block inside of it is its text. */
export function readBlock(
  { lines }: AnswerLines,
  at: number,
  { markers, indent, length }: BlockStart,
  path: string,
): { readonly proposal: Proposal; readonly next: number } {
  const dividers: number[] = [];
  for (let next = at + 1; next < lines.length; next++) {
    const line = lines[next] ?? '';
    if (blockStart(line) !== undefined) {
      return { proposal: malformed(path, at, 'a block begins before the one above has its last line'), next };
    }
    if (markers.close.test(line)) {
      const divider = theDivider(lines, dividers, length);
      const proposal =
        divider === undefined
          ? malformed(path, at, dividers.length === 0 ? 'there is no ======= line' : 'there are several ======= lines')
          : { path, line: at + 1, change: blockOf(lines, at, divider, next, indent) };
      return { proposal, next: next + 1 };
    }
    if (markers.divider.test(line)) dividers.push(next);
  }
  const soFar = blockOf(lines, at, dividers[0] ?? lines.length, lines.length, indent);
  return { proposal: unfinished(path, at, soFar), next: lines.length };
}

/** Underlined headings look like one as well; they are seldom as long as the first line's marks. */
function theDivider(lines: readonly string[], dividers: readonly number[], length: number): number | undefined {
  const asLong = dividers.filter((at) => lines[at]?.trim().length === length);
  const [only, ...others] = asLong.length > 0 ? asLong : dividers;
  return others.length > 0 ? undefined : only;
}

function blockOf(
  lines: readonly string[],
  open: number,
  divider: number,
  close: number,
  indent: number,
): Extract<Proposal['change'], { kind: 'block' }> {
  const part = (from: number, to: number) => lines.slice(from, to).map((line) => outdentedBy(indent, line));
  return { kind: 'block', block: { search: part(open + 1, divider), replace: part(divider + 1, close) } };
}

function malformed(path: string, at: number, what: string): Proposal {
  const problem: Refusal = { code: 'malformed', what };
  return { path, line: at + 1, change: { kind: 'block', block: { search: [], replace: [] } }, problem };
}
