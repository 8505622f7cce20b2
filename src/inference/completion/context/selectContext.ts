import { delay, isAbort } from '../../../base/aborts.ts';
import { errorText, type Logger } from '../../../base/logger.ts';
import type { ContextQuery, ContextSource, Snippet } from '../types.ts';
import { cleanPath, cleanText } from './cleanText.ts';
import { cursorLine } from './cursorLine.ts';
import { firstLines } from './firstLines.ts';

export interface GatherOptions {
  /** Of all snippets together, each with its path and the two line ends that lay it out. */
  readonly budgetCharacters: number;
  /** No source is waited for longer than this. */
  readonly timeoutMs: number;
  /** Told when a source was not waited for. */
  readonly onLate?: () => void;
  readonly log: Logger;
}

/** What stands this close to the cursor is in the prompt already. */
const aroundCharacters = 4_000;
/** A snippet that has to be cut to fit is left out when fewer lines than this remain. */
const leastLines = 3;
/** The constant of reciprocal rank fusion: how little the first ranks count more than the next. */
const fusionRank = 60;

/**
 * Asks every source at once and chooses from their answers what the budget has room for. The most relevant comes last,
 * nearest to the file that is completed. Rejects only when the signal aborts.
 */
export async function gatherContext(
  sources: readonly ContextSource[],
  query: ContextQuery,
  options: GatherOptions,
  signal: AbortSignal,
): Promise<readonly Snippet[]> {
  signal.throwIfAborted();
  const answers = await Promise.all(sources.map((source) => ask(source, query, options, signal)));
  signal.throwIfAborted();
  return withinBudget(withoutRepeats(fused(answers), query), options.budgetCharacters).toReversed();
}

/** Nothing from a source that fails or is late; it may keep what it found for the next time. */
async function ask(
  source: ContextSource,
  query: ContextQuery,
  { timeoutMs, onLate, log }: GatherOptions,
  signal: AbortSignal,
): Promise<readonly Snippet[]> {
  const answered = new AbortController();
  const late = delay(timeoutMs, AbortSignal.any([signal, answered.signal])).then(
    () => {
      log.debug(`${source.name}: nothing within ${timeoutMs} ms`);
      onLate?.();
      return [];
    },
    () => [],
  );
  const answer = (async () => source.snippets({ ...query, timeoutMs }, signal))().catch((cause: unknown) => {
    if (!isAbort(cause)) log.warn(`${source.name} is left out of the prompt: ${errorText(cause)}`);
    return [];
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    answered.abort();
  }
}

/** All snippets, best first: reciprocal ranks add up where sources agree; ties go by the order of the sources. */
function fused(answers: readonly (readonly Snippet[])[]): readonly Snippet[] {
  const merged = new Map<string, { readonly snippet: Snippet; weight: number }>();
  for (const answer of answers) {
    const ranked = answer.map(cleaned).filter(({ text }) => text !== '');
    ranked.sort((a, b) => b.score - a.score || compareText(a.path, b.path) || compareText(a.text, b.text));
    for (const [rank, snippet] of ranked.entries()) {
      const key = `${snippet.path}\n${snippet.text}`;
      const weight = 1 / (fusionRank + rank);
      const same = merged.get(key);
      if (same === undefined) merged.set(key, { snippet, weight });
      else same.weight += weight;
    }
  }
  return [...merged.values()].toSorted((a, b) => b.weight - a.weight).map(({ snippet }) => snippet);
}

function cleaned(snippet: Snippet): Snippet {
  return { ...snippet, path: cleanPath(snippet.path), text: cleanText(snippet.text) };
}

/** Without what is contained in a better snippet, contains one, or stands around the cursor. Indentation is ignored. */
function withoutRepeats(snippets: readonly Snippet[], query: ContextQuery): readonly Snippet[] {
  const { above, below } = cursorLine(query);
  const around = [above.slice(-aroundCharacters), below.slice(0, aroundCharacters)].map(bare);
  const kept: { readonly snippet: Snippet; readonly code: string }[] = [];
  for (const snippet of snippets) {
    const code = bare(snippet.text);
    if (around.some((text) => text.includes(code))) continue;
    if (kept.some((other) => other.code.includes(code) || code.includes(other.code))) continue;
    kept.push({ snippet, code });
  }
  return kept.map(({ snippet }) => snippet);
}

/** The lines without indentation and blank lines; starts and ends with a line end, so that only whole lines match. */
function bare(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return `\n${lines.filter((line) => line !== '').join('\n')}\n`;
}

function withinBudget(snippets: readonly Snippet[], budgetCharacters: number): readonly Snippet[] {
  const chosen: Snippet[] = [];
  let left = budgetCharacters;
  for (const snippet of snippets) {
    const text = fitting(snippet.text, left - snippet.path.length - 2);
    if (text === undefined) continue;
    chosen.push({ ...snippet, text });
    left -= snippet.path.length + text.length + 2;
  }
  return chosen;
}

function fitting(text: string, maxCharacters: number): string | undefined {
  if (text.length <= maxCharacters) return text;
  const first = firstLines(text, Math.max(0, maxCharacters)).trimEnd();
  return first.split('\n').length >= leastLines ? first : undefined;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
