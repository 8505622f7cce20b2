import type { How } from './block.ts';

export interface LineKey {
  readonly how: How;
  /** What of a line has to be the same. '': the line is left out of the comparison. */
  readonly keyOf: (line: string) => string;
  /** Whether lines that are left out may be more or fewer in the file. */
  readonly skipsBlank: boolean;
  readonly reindents: boolean;
}

/** Each finds what the one before finds, and more. */
export const lineKeys: readonly LineKey[] = [
  { how: 'exact', keyOf: (line) => line, skipsBlank: false, reindents: false },
  { how: 'trailing', keyOf: (line) => line.trimEnd(), skipsBlank: true, reindents: false },
  { how: 'indentation', keyOf: withoutBlanks, skipsBlank: true, reindents: true },
];

/** A line without what only lays it out. */
export function withoutBlanks(line: string): string {
  return line.trim().replace(/\s+/g, ' ');
}
