import type { SearchHit } from '../protocol/indexMessages.ts';

/**
 * The line of a hit to go to, counted from 0 in the file. What has a name is gone to as a whole; a hit of several small
 * things has no name of its own, and is entered at the line that speaks most of what was asked.
 */
export function hitLine({ symbolPath, startLine, text, reasons }: SearchHit): number {
  if (symbolPath.length > 0) return startLine;
  const names = reasons.flatMap((reason) => (reason.kind === 'name' ? [reason.name.toLowerCase()] : []));
  const words = reasons.flatMap((reason) => (reason.kind === 'words' ? reason.words : [])).map((w) => w.toLowerCase());
  const scores = text.split('\n').map((line) => {
    const lower = line.toLowerCase();
    const found = (wanted: readonly string[]) => wanted.filter((each) => lower.includes(each)).length;
    // Every word together weighs less than the name; a line of braces less than any other.
    return found(names) * (words.length + 1) + found(words) + (/[\p{L}\p{N}]/u.test(line) ? 0.5 : 0);
  });
  return startLine + Math.max(0, scores.indexOf(Math.max(...scores)));
}
