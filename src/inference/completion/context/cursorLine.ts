import type { ContextQuery } from '../types.ts';

/** The document without the line that is being typed: what context may depend on without changing per keystroke. */
export interface CursorLine {
  /** Zero-based line of the cursor. */
  readonly line: number;
  /** Everything above the cursor's line, line end included. */
  readonly above: string;
  /** Everything below the cursor's line, without the line end before it. */
  readonly below: string;
}

export function cursorLine({ document: { text }, offset }: ContextQuery): CursorLine {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const above = text.slice(0, start);
  let line = 0;
  for (let at = above.indexOf('\n'); at !== -1; at = above.indexOf('\n', at + 1)) line++;
  return { line, above, below: end === -1 ? '' : text.slice(end + 1) };
}
