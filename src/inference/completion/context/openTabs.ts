import { setImmediate } from 'node:timers/promises';
import type { ContextQuery, ContextSource, DocumentView, Snippet } from '../types.ts';
import { cursorLine } from './cursorLine.ts';
import { identifiersOf } from './identifiers.ts';
import { stableWithinLine } from './stableWithinLine.ts';
import { type TabWindows, windowLines, windowsOf } from './tabWindows.ts';
import type { WorkspaceView } from './workspaceView.ts';

const maxTabs = 20;
const maxTabCharacters = 500_000;
const maxSnippets = 4;
/** Below this, two pieces of code have no more in common than any two. */
const leastSimilarity = 0.05;
/** How much less a tab in another language counts. */
const otherLanguage = 0.5;

/** Languages that share identifiers across files. */
const families: Readonly<Record<string, string>> = {
  typescript: 'ecmascript',
  typescriptreact: 'ecmascript',
  javascript: 'ecmascript',
  javascriptreact: 'ecmascript',
  vue: 'ecmascript',
  svelte: 'ecmascript',
  c: 'c',
  cpp: 'c',
  'objective-c': 'c',
  'objective-cpp': 'c',
  'cuda-cpp': 'c',
};
const familyOf = (languageId: string) => families[languageId] ?? languageId;

/** The piece of each open document that is most like the code around the cursor, by the identifiers they share. */
export function createOpenTabs(workspace: Pick<WorkspaceView, 'openDocuments'>): ContextSource {
  let indexed = new Map<string, { readonly version: number; readonly windows: TabWindows }>();

  /** Windows of every tab; only what changed since the last call is read anew. */
  const windowsOfTabs = async (tabs: readonly DocumentView[], signal: AbortSignal) => {
    const next: typeof indexed = new Map();
    for (const tab of tabs) {
      let entry = indexed.get(tab.uri);
      if (entry?.version !== tab.version) {
        await setImmediate(); // Many tabs may be new at once; let a keystroke in between.
        signal.throwIfAborted();
        entry = { version: tab.version, windows: windowsOf(tab.text) };
        indexed.set(tab.uri, entry);
      }
      next.set(tab.uri, entry);
    }
    indexed = next;
    return next;
  };

  return stableWithinLine({
    name: 'openTabs',
    async snippets(query, signal) {
      const tabs = workspace
        .openDocuments()
        .filter(({ uri, text }) => uri !== query.document.uri && text.length <= maxTabCharacters)
        .slice(0, maxTabs);
      const windows = await windowsOfTabs(tabs, signal);
      const wanted = identifiersOf(surroundings(query));
      const maxCharacters = Math.max(200, query.budgetCharacters / 2);
      return tabs
        .map((tab) => {
          const best = windows.get(tab.uri)?.windows.mostSimilar(wanted);
          const sameFamily = familyOf(tab.languageId) === familyOf(query.document.languageId);
          return { tab, best, score: (best?.similarity ?? 0) * (sameFamily ? 1 : otherLanguage) };
        })
        .filter(({ score }) => score >= leastSimilarity)
        .toSorted((a, b) => b.score - a.score || (a.tab.uri < b.tab.uri ? -1 : 1))
        .slice(0, maxSnippets)
        .map(
          ({ tab, best, score }): Snippet => ({
            source: 'openTabs',
            path: tab.path,
            text: densestPart(tab.text.split('\n').slice(best?.start, best?.end), wanted, maxCharacters),
            score,
          }),
        )
        .filter(({ text }) => text.trim() !== '');
    },
  });
}

/** As many lines around the cursor as a window has. */
function surroundings(query: ContextQuery): string {
  const { above, below } = cursorLine(query);
  const half = windowLines / 2;
  return [...above.split('\n').slice(-half), ...below.split('\n', half)].join('\n');
}

/** The run of whole lines within `maxCharacters` that names the most of what is wanted. */
function densestPart(lines: readonly string[], wanted: ReadonlySet<string>, maxCharacters: number): string {
  const hits = lines.map((line) => [...identifiersOf(line)].filter((word) => wanted.has(word)).length);
  let best = { start: 0, end: 0, hits: -1 };
  for (let start = 0, end = 0, characters = 0, sum = 0; start < lines.length; start++) {
    while (end < lines.length && characters + (lines[end]?.length ?? 0) + 1 <= maxCharacters) {
      characters += (lines[end]?.length ?? 0) + 1;
      sum += hits[end++] ?? 0;
    }
    if (sum > best.hits && end > start) best = { start, end, hits: sum };
    if (end > start) {
      characters -= (lines[start]?.length ?? 0) + 1;
      sum -= hits[start] ?? 0;
    } else {
      end = start + 1; // A line that is too long by itself.
    }
  }
  return lines.slice(best.start, best.end).join('\n').trimEnd();
}
