import assert from 'node:assert/strict';
import { queryOfSelection, rememberQuery } from '../../../src/editor/recentQueries.ts';

describe('rememberQuery', () => {
  it('puts the newest first and keeps each once', () => {
    assert.deepEqual(['a', 'b', ' a ', ''].reduce<readonly string[]>(rememberQuery, []), ['a', 'b']);
  });

  it('forgets the oldest', () => {
    const many = Array.from({ length: 30 }, (_, i) => `query ${i}`);
    const kept = many.reduce<readonly string[]>(rememberQuery, []);
    assert.equal(kept.length, 10);
    assert.equal(kept[0], 'query 29');
  });
});

describe('queryOfSelection', () => {
  it('is one line', () => assert.equal(queryOfSelection('  if (a) {\n\t\tb();\n  }\n'), 'if (a) { b(); }'));

  it('is short, and cuts no character in two', () => {
    const query = queryOfSelection('😀'.repeat(1000));
    assert.equal(query, '😀'.repeat(300));
  });
});
