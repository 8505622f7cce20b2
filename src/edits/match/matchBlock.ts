import type { Syntax } from '../../syntax/syntax.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { type FileText, readFileText } from '../text/fileText.ts';
import type { Block, Match } from './block.ts';
import { matchByLines } from './byLines.ts';
import { matchByPart } from './byPart.ts';
import { matchBySyntax } from './bySyntax.ts';
import { maxFuzz, withLessContext } from './fuzz.ts';
import { lineKeys } from './lineKeys.ts';
import { nearestTo } from './nearest.ts';
import { readingsOf } from './slips.ts';

export interface MatchTools {
  /** Undefined: places are not looked for by syntax. */
  readonly syntax?: Syntax | undefined;
  readonly languageId?: string | undefined;
}

type Stage = (file: FileText, block: Block, tools: MatchTools) => Promise<Found> | Found;
type Found = Match | Refusal | undefined;

/** The first that finds anything decides: what a strict way finds twice, a lenient one cannot tell apart. */
const stages: readonly Stage[] = [
  ...lineKeys.map(
    (key): Stage =>
      (file, block) =>
        matchByLines(file, block, key),
  ),
  matchByPart,
  (file, block, { syntax, languageId }) =>
    syntax === undefined || languageId === undefined ? undefined : matchBySyntax(file, block, { syntax, languageId }),
];

/** Finds the one place where a block's search text stands in a file, and what changes there; or why nothing can. */
export async function matchBlock(text: string, block: Block, tools: MatchTools = {}): Promise<Match | Refusal> {
  const file = readFileText(text);
  if (block.search.every((line) => line.trim() === '')) return matchEmptySearch(file, block);
  for (const reading of readingsOf(block)) {
    const found = await findReading(file, reading, tools);
    if (found !== undefined) return found;
  }
  return matchWithFuzz(file, block) ?? whyNowhere(file, block);
}

async function findReading(file: FileText, reading: Block, tools: MatchTools): Promise<Found> {
  for (const stage of stages) {
    const found = await stage(file, reading, tools);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A hunk by what it changes and the lines next to that, where only these stand, and once. */
function matchWithFuzz(file: FileText, block: Block): Match | undefined {
  for (let fuzz = 1; block.isHunk === true && fuzz <= maxFuzz; fuzz++) {
    const less = withLessContext(block, fuzz);
    if (less === undefined) return undefined;
    const [found] = lineKeys.flatMap((key) => matchByLines(file, less, key) ?? []);
    if (found !== undefined) return isRefusal(found) ? undefined : { ...found, fuzz };
  }
  return undefined;
}

/** Nothing is searched for in a file that has nothing. */
function matchEmptySearch(file: FileText, { replace }: Block): Match | Refusal {
  if (file.lines.some((line) => line.text.trim() !== '')) return { code: 'emptySearch' };
  const start = file.lines[0]?.start ?? file.text.length;
  const end = file.text.length;
  const text = replace.map((line) => line + file.lineEnd).join('');
  return { how: 'exact', start, end, lines: { start: 0, end: file.lines.length }, edits: [{ start, end, text }] };
}

function whyNowhere(file: FileText, { search, replace }: Block): Refusal {
  const omission = search.find((line) => /^\W{0,3}\s*(\.\.\.|…)/.test(line.trim()));
  if (omission !== undefined) return { code: 'omission', text: omission };
  const there = lineKeys
    .map((key) => matchByLines(file, { search: replace, replace }, key))
    .find((found) => found !== undefined && 'how' in found);
  if (there !== undefined && 'how' in there)
    return { code: 'alreadyThere', span: { first: there.lines.start + 1, last: there.lines.end } };
  const nearest = nearestTo(file, search);
  return nearest === undefined ? { code: 'notFound' } : { code: 'notFound', nearest };
}
