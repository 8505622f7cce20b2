import { createMarkdown } from './markdownIt.ts';

/** A paragraph, list, code block or the like: UTF-16 offsets in the text. */
export interface TextBlock {
  readonly start: number;
  readonly end: number;
}

const markdown = createMarkdown();
markdown.core.ruler.enableOnly(['normalize', 'block']);

/** The blocks of a text from `from` on, which is the start of one or of the text. */
export function textBlocks(text: string, from = 0): readonly TextBlock[] {
  const lines = lineStarts(text, from);
  const startOf = (line: number) => lines[line] ?? text.length;
  const starts = markdown
    .parse(text.slice(from), {})
    .filter(({ level, nesting, map }) => level === 0 && nesting >= 0 && map)
    .map(({ map }) => startOf(map?.[0] ?? 0));
  return starts.map((start, at) => ({ start, end: starts[at + 1] ?? text.length }));
}

/**
 * Those of a text's blocks that stay as they are however it goes on: so while an answer is written, only its end is read
 * again. Two lines decide where a block ends: what looks like the start of another may turn out to be more of it.
 */
export function settledBlocks<B extends TextBlock>(text: string, blocks: readonly B[]): readonly B[] {
  const last = text.lastIndexOf('\n');
  const undecided = last === -1 ? 0 : text.lastIndexOf('\n', last - 1) + 1;
  return blocks.slice(0, -1).filter(({ end }) => end < undecided);
}

function lineStarts(text: string, from: number): readonly number[] {
  const starts = [from];
  for (let at = text.indexOf('\n', from); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
