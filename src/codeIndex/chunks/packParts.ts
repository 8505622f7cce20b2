import type { Chunk, ChunkKind } from '../chunk.ts';
import { blankLineBlocks, indentation, type LineRange, withoutBlankEnds } from './blankLineBlocks.ts';
import { type Draft, joinNeighbours } from './drafts.ts';
import { type FileLines, maxChunkCharacters } from './fileLines.ts';
import type { Part } from './part.ts';

/** A class, a section or a block of data up to this size is one chunk; a longer one is found better by its members. */
export const wholeClassCharacters = 1_000;
const maxHeaderLines = 6;
const maxHeaderCharacters = 160;

export interface PackOptions {
  readonly lines: FileLines;
  readonly parts: readonly Part[];
  /** What lies between the parts at the top of the file. */
  readonly restKind: ChunkKind;
  /** Lines that should not be parted from the one above. */
  readonly holdsTogether?: (line: number) => boolean;
}

/**
 * Cuts a file into chunks: each part that fits is one, a longer one is cut into its parts, or else at blank lines; small
 * neighbours are put together. The chunks are in order and disjoint, and cover every line that is not blank.
 */
export function packParts(options: PackOptions): readonly Chunk[] {
  const { lines, parts, restKind } = options;
  const file = { kind: restKind, path: [], around: [], inside: [], start: 0, end: lines.count, children: parts };
  return joinNeighbours(lines, draftsOf(options, file)).map(({ kind, path, header, start, end }) => ({
    symbolPath: path,
    kind,
    startLine: start,
    endLine: end,
    text: lines.text(start, end),
    header: header.join('\n'),
  }));
}

/** A part seen from the top of the file. */
interface Scope {
  readonly kind: Part['kind'];
  readonly path: readonly string[];
  /** The headers of its first chunk, which shows its signature, and of the others. */
  readonly around: readonly string[];
  readonly inside: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly children: readonly Part[];
}

function draftsOf(options: PackOptions, scope: Scope): readonly Draft[] {
  const { lines } = options;
  const drafts: Draft[] = [];
  const addRest = (start: number, end: number) => {
    for (const block of blankLineBlocks(lines, { start, end }, options.holdsTogether)) {
      const isFirst = drafts.length === 0;
      const isOpening = isFirst
        ? leadsOn.has(scope.kind) || onlyWraps(scope, block)
        : block.end === end && isIndented(lines, end);
      drafts.push({
        ...block,
        kind: kindOfRest(scope.kind, isFirst),
        path: scope.path,
        depth: scope.path.length,
        header: isFirst ? scope.around : scope.inside,
        role: isOpening ? 'opening' : 'rest',
      });
    }
  };
  let at = scope.start;
  for (const child of scope.children) {
    addRest(at, child.start);
    drafts.push(...draftsOfChild(options, scope, child));
    at = child.end;
  }
  addRest(at, scope.end);
  return drafts;
}

function draftsOfChild(options: PackOptions, scope: Scope, child: Part): readonly Draft[] {
  const { lines } = options;
  // A long loop in a function is still that function.
  const kind = child.names.length === 0 && isFunction(scope.kind) ? scope.kind : child.kind;
  const { start, end } = withoutBlankEnds(lines, child) ?? child;
  const path = [...scope.path, ...child.names];
  const around = scope.inside;
  if (kind !== 'scope' && lines.size(start, end) - 1 <= wholeCharacters(child)) {
    return [{ start, end, kind, path, depth: scope.path.length, header: around, role: 'part' }];
  }
  const inside = withSignature(around, lines.line(child.signature));
  return draftsOf(options, { kind, path, around, inside, start, end, children: child.children });
}

function isFunction(kind: Part['kind']): boolean {
  return kind === 'function' || kind === 'method';
}

function wholeCharacters({ kind, children }: Part): number {
  const isCut = children.length > 0 && (kind === 'class' || kind === 'block' || kind === 'section');
  return isCut ? wholeClassCharacters : maxChunkCharacters;
}

/** Their first line is no more than the beginning of what follows. */
const leadsOn: ReadonlySet<Part['kind']> = new Set(['scope', 'block', 'variable', 'statements']);

function kindOfRest(kind: Part['kind'], isFirst: boolean): ChunkKind {
  if (kind === 'scope') return 'statements';
  return kind === 'class' && !isFirst ? 'statements' : kind;
}

/** `module Outer` of Ruby, which is a class by its grammar and a namespace by its use. */
function onlyWraps({ kind, children }: Scope, { start, end }: LineRange): boolean {
  return kind === 'class' && end - start === 1 && children[0]?.kind === 'class';
}

/** Whether a line is further in than the one above: `class << self` above `def shared`. */
function isIndented(lines: FileLines, line: number): boolean {
  return line < lines.count && indentation(lines.line(line)) > indentation(lines.line(line - 1));
}

/** A line of brackets alone says nothing; of a deep nest, the innermost lines say most. */
function withSignature(header: readonly string[], line: string): readonly string[] {
  if (!/[\p{L}\p{N}]/u.test(line)) return header;
  return [...header, line.trim().slice(0, maxHeaderCharacters)].slice(-maxHeaderLines);
}
