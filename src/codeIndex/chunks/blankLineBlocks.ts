import { type FileLines, maxChunkCharacters } from './fileLines.ts';

/** Lines from `start` to before `end`. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

const targetCharacters = 1_300;
const wholeCharacters = 1_500;
const minCharacters = 500;

/**
 * Cuts lines into blocks of about 1,300 characters, at most 2,400: at blank lines, where the indentation is least, and
 * not between a comment and what it documents. Blank lines at the ends of a block are left out. Lines for which
 * `holdsTogether` is true follow the line above (a fence of Markdown).
 */
export function blankLineBlocks(
  lines: FileLines,
  range: LineRange,
  holdsTogether: (line: number) => boolean = () => false,
): readonly LineRange[] {
  const blocks: LineRange[] = [];
  let rest = withoutBlankEnds(lines, range);
  while (rest !== undefined) {
    const cut = lines.size(rest.start, rest.end) <= wholeCharacters ? rest.end : bestCut(lines, rest, holdsTogether);
    const block = withoutBlankEnds(lines, { start: rest.start, end: cut });
    if (block !== undefined) blocks.push(block);
    rest = withoutBlankEnds(lines, { start: cut, end: rest.end });
  }
  return blocks;
}

/** Undefined when all lines are blank. */
export function withoutBlankEnds(lines: FileLines, { start, end }: LineRange): LineRange | undefined {
  let first = start;
  let last = end;
  while (first < last && lines.isBlank(first)) first++;
  while (last > first && lines.isBlank(last - 1)) last--;
  return first < last ? { start: first, end: last } : undefined;
}

/** The best line to begin the next block with; the farthest one when none is far enough. */
function bestCut(lines: FileLines, { start, end }: LineRange, holdsTogether: (line: number) => boolean): number {
  let farthest = start + 1;
  let best: { readonly line: number; readonly strength: number } | undefined;
  for (let line = start + 1; line <= end; line++) {
    // The line end of the last line is not part of a chunk.
    const size = lines.size(start, line) - 1;
    if (size > maxChunkCharacters) break;
    farthest = line;
    if (size < minCharacters || line === end) continue;
    const fit = Math.abs(size - targetCharacters) / 200;
    const strength = borderStrength(lines, line) - fit - (holdsTogether(line) ? 400 : 0);
    if (best === undefined || strength >= best.strength) best = { line, strength };
  }
  const isWhole = farthest === end && (best === undefined || best.strength < weakestCut);
  return isWhole ? end : (best?.line ?? farthest);
}

/** What fits into one block is not cut at a border weaker than this. */
const weakestCut = -150;

const goesOn =
  /^\s*([)\]}>]|<\/|[[({]+\s*$|(end|fi|done|esac|else|elif|elsif|except|catch|finally|rescue|ensure|when|case|then)\b)/;
const leads = /^\s*(\/\/|\/\*|\*|#|--|@|;|%|"""|<!--|\[\w)/;

/** How well a chunk may begin at a line. */
function borderStrength(lines: FileLines, line: number): number {
  const text = lines.line(line);
  if (lines.isBlank(line)) return -300;
  const blankAbove = lines.isBlank(line - 1);
  const led = !blankAbove && leads.test(lines.line(line - 1)) ? 100 : 0;
  return (blankAbove ? 6 : 0) - 4 * Math.min(indentation(text), 40) - (goesOn.test(text) ? 200 : 0) - led;
}

/** In columns; a tab counts as four. */
export function indentation(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (character === ' ') columns++;
    else if (character === '\t') columns += 4;
    else break;
  }
  return columns;
}
