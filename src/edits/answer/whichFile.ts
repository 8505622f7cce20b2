import type { AnswerLines } from './answerLines.ts';
import { fenceStart } from './fences.ts';
import { pathAlone, pathMentioned } from './pathNames.ts';

/** What the lines above a block or code block say about its file. */
export interface PathAbove {
  /** A line is nothing but the path: enough to take a code block for a whole file. */
  readonly alone?: string | undefined;
  /** A sentence names one path: enough for a block, which has to be found in that file. */
  readonly mentioned?: string | undefined;
}

/** So many lines above, blank ones included, may be a path's. */
const maxDistance = 3;

export function pathAbove({ lines, context }: AnswerLines, at: number): PathAbove {
  for (let above = at - 1; above >= Math.max(0, at - maxDistance); above--) {
    const line = lines[above] ?? '';
    if (line.trim() === '') continue;
    // DeepSeek writes the path as a code block of its own.
    const isLoneLine = fenceStart(line)?.info === '' && fenceStart(lines[above - 2] ?? '') !== undefined;
    const alone = pathAlone((isLoneLine ? lines[above - 1] : line) ?? '', context.files);
    return { alone, mentioned: alone ?? pathMentioned(line, context.files) };
  }
  return {};
}

/** The file that a search text without any path can only be meant for. */
export function onlyFile({ context: { files } }: AnswerLines): string | undefined {
  return files.length === 1 ? files[0] : undefined;
}

/**
 * The path as the context names it, for a change that has to be found in a file: `a.ts` for `src/a.ts`, and without the
 * `path/to/` of the examples in prompts.
 */
export function asKnown(path: string, files: readonly string[]): string {
  if (files.includes(path)) return path;
  const name = path.replace(/^(?:\.[/\\])+/, '').replace(/^path\/to\//, '');
  const [only, ...others] = files.filter((file) => file === name || file.endsWith(`/${name}`));
  return only !== undefined && others.length === 0 ? only : path;
}
