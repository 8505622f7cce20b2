import { maskSecrets } from '../../privacy/secretText.ts';
import { type Around, maskAround } from './maskAround.ts';

/** So much text on either side is kept with an example. */
const windowCharacters = 2_000;
/** So much more is looked at for secrets: a private key may begin far outside of the window. */
const marginCharacters = 10_000;
/** Cross-file context kept with an example, in all. */
const maxSnippetCharacters = 4_000;

type Snippet = { readonly path: string; readonly text: string };

/** What may be stored of a text in its surroundings: windows without secrets; undefined when the text holds one. */
export function keepable({ prefix, text, suffix }: Around): Around | undefined {
  const reach = windowCharacters + marginCharacters;
  const masked = maskAround({ prefix: prefix.slice(-reach), text, suffix: suffix.slice(0, reach) });
  return (
    masked && { prefix: masked.prefix.slice(-windowCharacters), text, suffix: masked.suffix.slice(0, windowCharacters) }
  );
}

/**
 * What is stored of the context that the model was given: the most relevant of it, as far as it fits.
 *
 * @param snippets The most relevant last.
 */
export function keepableSnippets(snippets: readonly Snippet[]): readonly Snippet[] {
  const kept: Snippet[] = [];
  let left = maxSnippetCharacters;
  for (const { path, text } of snippets.toReversed()) {
    const masked = maskSecrets(text);
    left -= path.length + masked.length;
    if (left >= 0) kept.unshift({ path, text: masked });
    else if (kept.length === 0) return [{ path, text: wholeLines(masked.slice(0, left)) }];
    else break;
  }
  return kept;
}

function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}
