import type { ContextQuery, ContextSource, Snippet } from '../types.ts';
import { cursorLine } from './cursorLine.ts';

/**
 * Asks a source once per line, not once per keystroke. Snippets stand at the start of the prompt: if typing changed
 * them, nothing of the model's KV cache could be used again. The answer is kept while the cursor stays on its line and
 * the rest of the document stays as it is, and it is completed even when the keystroke that asked for it is obsolete.
 */
export function stableWithinLine(source: ContextSource): ContextSource {
  let last: { readonly query: ContextQuery; readonly answer: Promise<readonly Snippet[]> } | undefined;
  let working = new AbortController();

  return {
    name: source.name,
    async snippets(query) {
      if (last === undefined || !isSameLine(last.query, query)) {
        working.abort();
        working = new AbortController();
        const asked = { query, answer: source.snippets(query, working.signal) };
        last = asked;
        asked.answer.catch(() => {
          if (last === asked) last = undefined;
        });
      }
      return last.answer;
    },
  };
}

function isSameLine(one: ContextQuery, other: ContextQuery): boolean {
  if (one.document.uri !== other.document.uri || one.budgetCharacters !== other.budgetCharacters) return false;
  const a = cursorLine(one);
  const b = cursorLine(other);
  return a.above === b.above && a.below === b.below;
}
