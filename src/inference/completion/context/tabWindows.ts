import { identifiersOf } from './identifiers.ts';

/** Lines of code compared at a time. */
export const windowLines = 60;
/** Windows overlap: each begins this many lines after the one before it. */
const stepLines = 15;

/** A document cut into overlapping windows, ready to be compared with the code around a cursor. */
export interface TabWindows {
  /** The window that shares most with `wanted`, by Jaccard similarity: shared / (one or other), 0 to 1. */
  mostSimilar(wanted: ReadonlySet<string>): TabWindow;
}

interface TabWindow {
  readonly similarity: number;
  /** Zero-based lines, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/**
 * Indexes by identifier, so that a comparison costs as much as the identifiers that are found, not as the document
 * is long.
 */
export function windowsOf(text: string): TabWindows {
  const lines = text.split('\n').map((line) => identifiersOf(line));
  const count = Math.max(1, Math.ceil((lines.length - windowLines) / stepLines) + 1);
  const windowsWith = new Map<string, number[]>();
  const sizes = new Uint16Array(count);
  for (let window = 0; window < count; window++) {
    const start = window * stepLines;
    for (const line of lines.slice(start, start + windowLines)) {
      for (const word of line) {
        const windows = windowsWith.get(word);
        if (windows === undefined) windowsWith.set(word, [window]);
        else if (windows.at(-1) === window) continue;
        else windows.push(window);
        sizes[window] = (sizes[window] ?? 0) + 1;
      }
    }
  }

  return {
    mostSimilar(wanted) {
      const shared = new Uint16Array(count);
      for (const word of wanted) {
        for (const window of windowsWith.get(word) ?? []) shared[window] = (shared[window] ?? 0) + 1;
      }
      let best = { window: 0, similarity: 0 };
      for (let window = 0; window < count; window++) {
        const both = shared[window] ?? 0;
        const similarity = both === 0 ? 0 : both / ((sizes[window] ?? 0) + wanted.size - both);
        if (similarity > best.similarity) best = { window, similarity };
      }
      const start = best.window * stepLines;
      return { similarity: best.similarity, start, end: Math.min(lines.length, start + windowLines) };
    },
  };
}
