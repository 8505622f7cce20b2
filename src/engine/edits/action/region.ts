import { outlineOf, type OutlineItem } from '../../../syntax/outline.ts';
import type { Syntax } from '../../../syntax/syntax.ts';

/** Lines of a text, counted from 1, both inclusive. */
export interface Lines {
  readonly startLine: number;
  readonly endLine: number;
}

export interface Region extends Lines {
  /** Of the declaration: `Parser.next`. Absent where the lines are in none. */
  readonly name?: string;
}

const parseBudgetMs = 1_000;
/** Every declaration counts, however short it is. */
const wholeCharacters = 40;
const maxDepth = 30;

/** What the lines are part of: the innermost declaration around all of them, else the lines themselves. */
export async function regionAround(syntax: Syntax, languageId: string, text: string, lines: Lines): Promise<Region> {
  const within = clamped(text, lines);
  using parsed = await syntax.parse(languageId, text, parseBudgetMs);
  const outline =
    parsed &&
    outlineOf(parsed, {
      wholeCharacters,
      wholeClassCharacters: wholeCharacters,
      deadlineMs: performance.now() + parseBudgetMs,
    });
  const lineAt = lineCounter(text);
  let region: Region = within;
  const names: string[] = [];
  let items = outline ?? [];
  for (let depth = 0; depth < maxDepth; depth++) {
    const around = items.find(
      (item) => lineAt(item.start) <= within.startLine && within.endLine <= lineAt(lastOf(item)),
    );
    if (around === undefined) break;
    names.push(...around.names);
    region = {
      startLine: lineAt(around.start),
      endLine: lineAt(lastOf(around)),
      ...(names.length > 0 && { name: names.join('.') }),
    };
    items = around.children;
  }
  return region;
}

function lastOf({ start, end }: OutlineItem): number {
  return Math.max(start, end - 1);
}

function clamped(text: string, { startLine, endLine }: Lines): Lines {
  const last = Math.max(1, text.split('\n').length - (text.endsWith('\n') ? 1 : 0));
  const start = Math.min(Math.max(1, startLine), last);
  return { startLine: start, endLine: Math.min(Math.max(start, endLine), last) };
}

/** From an offset to its line, counted from 1. */
function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
