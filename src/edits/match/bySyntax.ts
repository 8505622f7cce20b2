import type { Syntax, SyntaxNode } from '../../syntax/syntax.ts';
import type { Refusal } from '../refusal.ts';
import type { Difference } from '../text/difference.ts';
import { commonLength, differences } from '../text/differences.ts';
import type { FileText } from '../text/fileText.ts';
import type { Block, Match } from './block.ts';
import { matchFrom, reindenterAt } from './byLines.ts';
import { withoutBlanks } from './lineKeys.ts';
import { type Pair, segmentsOf, withNeighbours } from './segment.ts';
import { type LoneNode, loneNodesOf, nodesLike, parseBudgetMs, withoutComments } from './syntaxNode.ts';

/** Of the tokens of a search text, how many must stand in the declaration of its name, in order. Comments do not count. */
const minSharedTokens = 0.8;

/** So many statements without a name are looked at. */
const maxCandidates = 500;

/**
 * Finds the declaration or statement that a search text is meant to be: of the same kind and name, with most of its
 * tokens; without a name, with all of them. Only one may be so. The change is then carried over line by line, and refused
 * where it touches what differs.
 */
export async function matchBySyntax(
  file: FileText,
  block: Block,
  { syntax, languageId }: { readonly syntax: Syntax; readonly languageId: string },
): Promise<Match | Refusal | undefined> {
  const lone = await loneNodesOf(syntax, languageId, block.search);
  if (lone.length === 0) return undefined;
  using parsed = await syntax.parse(languageId, file.text, parseBudgetMs);
  if (parsed === undefined) return undefined;
  for (const wanted of lone) {
    const isIt = judge(wanted);
    const candidates = nodesLike(parsed, wanted).slice(0, maxCandidates);
    const found = candidates.filter((node) => isIt(withoutComments(parsed, node)));
    const [node] = found;
    if (node === undefined) continue;
    if (found.length > 1) return { code: 'ambiguous', lines: found.map(({ startPosition }) => startPosition.row + 1) };
    const code = codeLines(file, node, withoutComments(parsed, node));
    return carryOver(file, block, wanted.code, code, withDocumentation(file, block, wanted, node));
  }
  return undefined;
}

function judge({ name, code }: LoneNode): (text: string) => boolean {
  const tokens = tokensOf(code.join('\n'));
  return (text) => {
    const there = tokensOf(text);
    if (name === undefined) return tokens.length === there.length && tokens.every((token, i) => token === there[i]);
    return commonLength(tokens, there) >= minSharedTokens * tokens.length;
  };
}

/** The file's lines of a node, as whole lines: what stands before and behind it on its first and last belongs to them. */
function codeLines(file: FileText, node: SyntaxNode, code: string): ReadonlyMap<number, string> {
  const { startPosition, endPosition } = node;
  const lines = code.split('\n').map((text, i) => [startPosition.row + i, text.replace(/\r$/, '')] as const);
  const before = file.lines[startPosition.row]?.text.slice(0, startPosition.column) ?? '';
  const behind = file.lines[endPosition.row]?.text.slice(endPosition.column) ?? '';
  const last = lines.length - 1;
  return new Map(lines.map(([row, text], i) => [row, (i === 0 ? before : '') + text + (i === last ? behind : '')]));
}

/** Lines of the node, with those of the comment above it when the search text has one, too. */
function withDocumentation(file: FileText, { search }: Block, wanted: LoneNode, node: SyntaxNode): Difference {
  let first = node.startPosition.row;
  const hasComment = search[0]?.trim() !== '' && wanted.code[0]?.trim() === '';
  for (let above = hasComment ? node.previousSibling : null; above !== null; above = above.previousSibling) {
    if (!above.type.includes('comment') || above.endPosition.row < first - 1) break;
    const isAlone = file.lines[above.startPosition.row]?.text.slice(0, above.startPosition.column).trim() === '';
    if (!isAlone) break;
    first = above.startPosition.row;
  }
  return { aStart: 0, aEnd: search.length, bStart: first, bEnd: node.endPosition.row + 1 };
}

function carryOver(
  file: FileText,
  block: Block,
  wanted: readonly string[],
  code: ReadonlyMap<number, string>,
  whole: Difference,
): Match | Refusal {
  const wantedKeys = wanted.map(withoutBlanks);
  const rows = Array.from({ length: whole.bEnd - whole.bStart }, (_, i) => whole.bStart + i);
  const fileKeys = rows.map((row) => withoutBlanks(code.get(row) ?? ''));
  const isSameText = (a: number, b: number) =>
    withoutBlanks(block.search[a] ?? '') === withoutBlanks(file.lines[b]?.text ?? '');
  const pairs = withNeighbours(pairsByKey(wantedKeys, fileKeys, whole.bStart), whole, isSameText);
  const segments = segmentsOf(pairs, whole, ({ aStart, aEnd, bStart, bEnd }) => {
    const there = fileKeys.slice(bStart - whole.bStart, bEnd - whole.bStart);
    return squeezed(wantedKeys.slice(aStart, aEnd)) === squeezed(there) ? 'loose' : 'differs';
  });
  return matchFrom(file, block, 'syntax', segments, reindenterAt(file, block, segments));
}

/** Pairs of lines of code that are the same. Lines without code are told apart by what stands around them. */
function pairsByKey(wanted: readonly string[], there: readonly string[], firstLine: number): readonly Pair[] {
  const [a, b] = [linesOfCode(wanted), linesOfCode(there)];
  const gaps = differences(
    a.map(({ key }) => key),
    b.map(({ key }) => key),
  );
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  for (const { aStart, aEnd, bEnd } of [...gaps, { aStart: a.length, aEnd: a.length, bEnd: b.length }]) {
    for (; i < aStart; i++, j++) pairs.push([a[i]?.line ?? 0, firstLine + (b[j]?.line ?? 0)]);
    [i, j] = [aEnd, bEnd];
  }
  return pairs;
}

function linesOfCode(keys: readonly string[]): readonly { readonly key: string; readonly line: number }[] {
  return keys.map((key, line) => ({ key, line })).filter(({ key }) => key !== '');
}

function squeezed(lines: readonly string[]): string {
  return lines.join('').replace(/\s+/g, '');
}

function tokensOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu) ?? [];
}
