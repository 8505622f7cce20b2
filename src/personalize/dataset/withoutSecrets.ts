import { maskSecrets } from '../../privacy/secretText.ts';
import type { Example } from '../examples/example.ts';

/**
 * An example without what looks like a secret; undefined when its text or what stands around it holds one. All of it was
 * masked when it was stored: this finds what the rules of that day did not know, so it asks no questions and takes the
 * example, the snippet or the refused offer away as a whole.
 */
export function withoutSecrets(example: Example): Example | undefined {
  const { prefix, text, suffix, offered, snippets, ...rest } = example;
  if (holdsSecret(prefix + text + suffix)) return undefined;
  const isOfferClean = offered !== undefined && !holdsSecret(prefix + offered + suffix);
  return {
    ...rest,
    prefix,
    text,
    suffix,
    ...(isOfferClean ? { offered } : {}),
    snippets: snippets.filter((snippet) => !holdsSecret(snippet.text)),
  };
}

function holdsSecret(text: string): boolean {
  return maskSecrets(text) !== text;
}
