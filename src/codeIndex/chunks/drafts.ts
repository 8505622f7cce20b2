import type { ChunkKind } from '../chunk.ts';
import type { LineRange } from './blankLineBlocks.ts';
import { type FileLines, maxChunkCharacters } from './fileLines.ts';

/** A chunk to be, before its neighbours were looked at. */
export interface Draft extends LineRange {
  readonly kind: ChunkKind;
  readonly path: readonly string[];
  /** How many names of the path belong to what is around. */
  readonly depth: number;
  readonly header: readonly string[];
  /** `rest`: lines between parts. `opening`: the first line of a namespace and the like, which belongs to what follows. */
  readonly role: 'part' | 'rest' | 'opening';
}

const targetCharacters = 1_200;
const scrapCharacters = 80;
const openingCharacters = 300;

/** Up to this size, in characters, a part is put together with small neighbours instead of being found by its name. */
const looseCharacters: Readonly<Record<ChunkKind, number>> = {
  function: 250,
  method: 250,
  class: 120,
  type: 250,
  variable: 600,
  statements: 600,
  section: 500,
  cell: 0,
  block: 700,
};

/** Puts small neighbours together, and closing brackets to what they close. */
export function joinNeighbours(lines: FileLines, drafts: readonly Draft[]): readonly Draft[] {
  const joined: Draft[] = [];
  for (const draft of drafts) {
    const last = joined.at(-1);
    const both = last && join(lines, last, draft);
    if (both === undefined) joined.push(draft);
    else joined[joined.length - 1] = both;
  }
  return joined;
}

function join(lines: FileLines, a: Draft, b: Draft): Draft | undefined {
  const size = lines.size(a.start, b.end) - 1;
  if (size > maxChunkCharacters) return undefined;
  if (b.role !== 'part' && closesOnly(lines.text(b.start, b.end))) return { ...a, end: b.end };
  const ownSize = (draft: Draft) => lines.size(draft.start, draft.end);
  const isLoose = (draft: Draft) => draft.role !== 'part' || ownSize(draft) <= looseCharacters[draft.kind];
  const isFileTop = a.path.length === 0;
  if (!isFileTop && leadsTo(a, b) && ownSize(a) <= openingCharacters) return { ...b, start: a.start, header: a.header };
  if (size <= targetCharacters && isLoose(a) && isLoose(b) && sameScope(a, b)) return together(a, b);
  const isScrap = (draft: Draft) => ownSize(draft) <= scrapCharacters;
  if (isScrap(a) && ((isFileTop && leadsTo(a, b)) || areData(a, b))) return { ...b, start: a.start, header: a.header };
  return isScrap(b) && b.role === 'rest' && startsWith(a.path, b.path) ? { ...a, end: b.end } : undefined;
}

function leadsTo(a: Draft, b: Draft): boolean {
  return a.role === 'opening' && (b.role !== 'rest' || b.kind === 'class') && startsWith(b.path, a.path);
}

/** A key or two of data, and a long one after them: `"type": "object",` says nothing alone. */
function areData(a: Draft, b: Draft): boolean {
  return a.kind === 'block' && b.kind === 'block' && startsWith(b.path, a.path.slice(0, a.depth));
}

function together(a: Draft, b: Draft): Draft {
  const path = a.path.slice(0, sharedNames(a.path, b.path));
  return { ...a, end: b.end, path, kind: kindOfBoth(a, b, path.length), role: 'rest' };
}

/** What is all of one kind stays so; the rest of a class or function is its own; anything else is just statements. */
function kindOfBoth(a: Draft, b: Draft, shared: number): ChunkKind {
  const isOwn = a.path.length === shared && shared > 0;
  if (a.kind === b.kind && (a.kind === 'block' || a.kind === 'section' || (isOwn && b.path.length === shared)))
    return a.kind;
  const isRest = isOwn && a.role === 'rest';
  return isRest && (a.kind === 'class' || a.kind === 'function' || a.kind === 'method') ? a.kind : 'statements';
}

function sameScope(a: Draft, b: Draft): boolean {
  return a.depth === b.depth && sharedNames(a.path, b.path) >= a.depth;
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return sharedNames(path, start) === start.length;
}

function sharedNames(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  return shared;
}

/** Brackets and the words that languages without brackets use for them. */
function closesOnly(text: string): boolean {
  return (
    text.length < 200 && !/[\p{L}\p{N}]/u.test(text.replaceAll(/<\/[\w:.-]+>|\b(end|fi|done|esac|endif|EOF)\b/g, ''))
  );
}
