import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { editSimilarity } from '../../../../src/personalize/proof/editSimilarity.ts';

describe('edit similarity', () => {
  it('is one less the share of characters to be changed', () => {
    for (const [a, b, expected] of [
      ['', '', 1],
      ['abc', 'abc', 1],
      ['abc', '', 0],
      ['abc', 'xyz', 0],
      ['kitten', 'sitting', 1 - 3 / 7],
      ['return a;', 'return b;', 1 - 1 / 9],
    ] as const)
      assert.ok(Math.abs(editSimilarity(a, b) - expected) < 1e-12, `${a} ${b}`);
  });

  it('is the same both ways, within 0 and 1, and 1 for the same text only', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const similarity = editSimilarity(a, b);
        assert.equal(similarity, editSimilarity(b, a));
        assert.ok(similarity >= 0 && similarity <= 1);
        assert.equal(similarity === 1, a === b);
        const inserted = 1 - (1 - similarity) * (Math.max(a.length, b.length) / (Math.max(a.length, b.length) + 1));
        assert.ok(editSimilarity(`x${a}`, `x${b}`) >= inserted - 1e-12);
      }),
    );
  });
});
