import assert from 'node:assert/strict';
import type { FilterInput, PostFilter } from '../../../../../src/inference/completion/types.ts';

export type FixtureOptions = Partial<Pick<FilterInput, 'languageId' | 'indent' | 'multiline'>>;

/** A filter's input from a document with a `█` where the cursor is. */
export function inputOf(document: string, options: FixtureOptions = {}): FilterInput {
  const [prefix, suffix, more] = document.split('█');
  assert.ok(prefix !== undefined && suffix !== undefined && more === undefined, 'one cursor mark');
  return {
    prefix,
    suffix,
    languageId: 'typescript',
    indent: { insertSpaces: true, size: 2 },
    multiline: true,
    ...options,
  };
}

/** Asserts what a filter leaves of a completion at the `█` of a document. */
export function expectShown(
  filter: PostFilter,
  document: string,
  completion: string,
  shown: string,
  options: FixtureOptions = {},
): void {
  assert.equal(filter(completion, inputOf(document, options)), shown);
}
