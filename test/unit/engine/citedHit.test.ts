import assert from 'node:assert/strict';
import type { Hit } from '../../../src/codeIndex/search/hit.ts';
import { cited, itemOfHit } from '../../../src/engine/citedHit.ts';

const hit: Hit = {
  folder: '/w',
  path: 'src/a.ts',
  languageId: 'typescript',
  symbolPath: ['f'],
  kind: 'function',
  startLine: 0,
  endLine: 3,
  header: '',
  text: 'function f() {\n  return 1;\n}\n',
  score: 1,
  reasons: [],
};

describe('a hit of the index, for a model', () => {
  it('has the lines that people and models count, from 1', () => {
    const { text, ...rest } = itemOfHit(cited(hit), 'codebase');
    assert.equal(text, hit.text);
    assert.deepEqual(rest, {
      kind: 'codebase',
      label: 'src/a.ts',
      path: 'src/a.ts',
      uri: 'file:///w/src/a.ts',
      startLine: 1,
      endLine: 3,
    });
  });
});
