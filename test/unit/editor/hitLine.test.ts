import assert from 'node:assert/strict';
import { hitLine } from '../../../src/editor/hitLine.ts';
import type { SearchHit, SearchReason } from '../../../src/protocol/indexMessages.ts';

const text = `
export function slugify(title: string): string {
  return title.toLowerCase();
}

export function countWords(text: string): number {
  return text.split(' ').length;
}
`;
const lineFor = (reasons: SearchReason[], changes: Partial<SearchHit> = {}) =>
  hitLine({
    uri: 'file:///text.ts',
    path: 'text.ts',
    languageId: 'typescript',
    symbolPath: [],
    startLine: 10,
    endLine: 18,
    text,
    reasons,
    ...changes,
  });

describe('hitLine', () => {
  it('is where most of the words are', () => {
    assert.equal(lineFor([{ kind: 'words', words: ['words', 'text'] }]), 15);
    assert.equal(lineFor([{ kind: 'words', words: ['title'] }]), 11);
  });

  it('is where the name is, however many words are elsewhere', () => {
    const words = { kind: 'words', words: ['export', 'title', 'string', 'slugify'] } as const;
    assert.equal(lineFor([words, { kind: 'name', name: 'countWords' }]), 15);
  });

  it('is the first line that says something where nothing points to another', () => {
    assert.equal(lineFor([{ kind: 'meaning', similarity: 0.5 }]), 11);
    assert.equal(lineFor([], { text: '' }), 10);
  });

  it('is the start of what has a name', () => {
    assert.equal(lineFor([{ kind: 'words', words: ['text'] }], { symbolPath: ['slugify'] }), 10);
  });
});
