import type { AnswerContext, Change, Proposal } from './proposal.ts';

/** An answer in lines, with what can be asked of it. The line that is still being written is left out. */
export interface AnswerLines {
  readonly lines: readonly string[];
  readonly context: AnswerContext;
}

/** What a reader found from some line on, and the line behind it. */
export interface Reading {
  readonly proposals: readonly Proposal[];
  readonly next: number;
}

export function answerLines(answer: string, context: AnswerContext): AnswerLines {
  const lines = answer.split(/\r?\n/);
  // What is behind the last line end is a line only when no more of it can come.
  if (!context.isComplete || lines.at(-1) === '') lines.pop();
  return { lines, context };
}

/** A change of which the answer has only the beginning. */
export function unfinished(path: string, at: number, change: Change): Proposal {
  return { path, line: at + 1, change, problem: { code: 'unfinished' } };
}

/** An answer's line without the indentation of the list or quotation it stands in. */
export function outdentedBy(indent: number, line: string): string {
  let columns = 0;
  while (columns < indent && /[ \t>]/.test(line[columns] ?? '')) columns++;
  return line.slice(columns);
}
