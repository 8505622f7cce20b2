import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { maskOf, pairOf, type Sequence, sequenceOf } from '../../../../src/personalize/trainer/sequence.ts';

/** Who a row sees, by the mask of rows `from` to `to`. */
function seenBy(sequence: Sequence, row: number, from = 0, to = sequence.tokens.length): number[] {
  const mask = maskOf(sequence, from, to).subarray((row - from) * to, (row - from + 1) * to);
  return [...mask.entries()].filter(([, value]) => value === 0).map(([key]) => key);
}

describe('a text as a sequence', () => {
  it('has a target in each row from the one before the text on', () => {
    const sequence = sequenceOf({ tokens: [5, 6, 7, 8, 9], from: 3 });
    assert.deepEqual([...sequence.tokens], [5, 6, 7, 8]);
    assert.deepEqual([...sequence.targets], [8, 9]);
    assert.equal(sequence.from, 2);
    assert.deepEqual(seenBy(sequence, 2), [0, 1, 2]);
  });

  it('is refused where nothing is read or nothing is learned', () => {
    for (const from of [0, 3, 4]) assert.throws(() => sequenceOf({ tokens: [1, 2, 3], from }), RangeError);
  });

  it('is causal, in any window of rows', () =>
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.nat(), fc.nat(), (length, a, b) => {
        const sequence = sequenceOf({ tokens: Array.from({ length }, (_, at) => at), from: (a % (length - 1)) + 1 });
        const rows = length - 1;
        const from = b % rows;
        for (let row = from; row < rows; row++)
          assert.deepEqual(
            seenBy(sequence, row, from, rows),
            Array.from({ length: row + 1 }, (_, at) => at),
          );
      }),
    ));
});

describe('a pair as a sequence', () => {
  const sequence = pairOf([1, 2, 3], [10, 11], [20, 21, 22]);

  it('reads the prompt once, and its last token before each answer, in the same place', () => {
    assert.deepEqual([...sequence.tokens], [1, 2, 3, 10, 3, 20, 21]);
    assert.deepEqual([...sequence.positions], [0, 1, 2, 3, 2, 3, 4]);
    assert.deepEqual([...sequence.targets], [10, 11, 20, 21, 22]);
    assert.equal(sequence.from, 2);
  });

  it('keeps the answers from seeing each other', () => {
    assert.deepEqual(seenBy(sequence, 3), [0, 1, 2, 3]);
    assert.deepEqual(seenBy(sequence, 4), [0, 1, 4]);
    assert.deepEqual(seenBy(sequence, 6), [0, 1, 4, 5, 6]);
  });
});
