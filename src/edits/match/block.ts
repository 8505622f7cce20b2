import type { TextEdit } from '../text/fileText.ts';

/** Lines that a model says stand in a file, and what it wants there instead. Without line ends. */
export interface Block {
  readonly search: readonly string[];
  readonly replace: readonly string[];
  /** Where the model says `search` begins, counted from 1. Decides only between places that are equally good. */
  readonly line?: number;
  /** From a unified diff: its first and last lines are only context, and may be wrong. */
  readonly isHunk?: true;
}

/** Ways to find a place, the strictest first. */
export type How =
  /** Line by line the same. */
  | 'exact'
  /** The same but for blanks at line ends and blank lines. */
  | 'trailing'
  /** The same but for white space, indented in the same order. */
  | 'indentation'
  /** A part of a line, or from within one line to within another. */
  | 'part'
  /** The declaration or statement of that kind and name, most of whose tokens are the same. */
  | 'syntax';

/** Where a block stands and what changes there. Nothing outside of [start, end) is touched. */
export interface Match {
  readonly how: How;
  /** So many lines of context at each end of a hunk were not as they should be. Absent: none. */
  readonly fuzz?: number;
  /** UTF-16 offsets of what was searched for. */
  readonly start: number;
  readonly end: number;
  /** Its lines, counted from 0, end exclusive. */
  readonly lines: { readonly start: number; readonly end: number };
  /** In order and disjoint; only lines that differ between search and replacement. */
  readonly edits: readonly TextEdit[];
}
