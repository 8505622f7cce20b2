import { delay } from '../base/aborts.ts';
import type { ContextSource, Snippet } from '../inference/completion/types.ts';

/** Of the time the pipeline waits, so that a stale answer is still in time. */
const patience = 0.75;
const keptFiles = 8;

/**
 * When the source is late, its last answer for the same file stands in: code a few lines on needs much the same. The late
 * answer is kept for the next time.
 */
export function staleWhileLate(source: ContextSource): ContextSource {
  /** By document, the one asked for last at the end. */
  const answers = new Map<string, readonly Snippet[]>();
  const keep = (uri: string, snippets: readonly Snippet[]) => {
    answers.delete(uri);
    answers.set(uri, snippets);
    const [oldest] = answers.keys();
    if (answers.size > keptFiles && oldest !== undefined) answers.delete(oldest);
  };

  return {
    name: source.name,
    async snippets(query, signal) {
      const { uri } = query.document;
      const fresh = source.snippets(query, signal).then((snippets) => {
        keep(uri, snippets);
        return snippets;
      });
      if (query.timeoutMs === undefined) return fresh;
      const answered = new AbortController();
      const late = delay(query.timeoutMs * patience, AbortSignal.any([signal, answered.signal])).then(
        () => answers.get(uri),
        () => undefined,
      );
      try {
        return (await Promise.race([fresh, late])) ?? (await fresh);
      } finally {
        answered.abort();
        fresh.catch(() => undefined);
      }
    },
  };
}
