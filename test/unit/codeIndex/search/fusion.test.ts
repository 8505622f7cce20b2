import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fuse } from '../../../../src/codeIndex/search/fusion.ts';

const list = (weight: number, scores: Readonly<Record<string, number>>) => ({
  weight,
  scores: new Map(Object.entries(scores)),
});
const order = (fused: ReadonlyMap<string, number>) =>
  [...fused]
    .toSorted(([, a], [, b]) => b - a)
    .map(([key]) => key)
    .join(' ');

describe('fuse: reciprocal ranks', () => {
  it('adds up what several lists found', () => {
    const fused = fuse([list(0.4, { a: 9, b: 8, c: 7 }), list(0.6, { c: 0.9, d: 0.8 })], 10);
    assert.equal(order(fused), 'c d a b');
    assert.equal(fused.get('c'), 0.4 / 13 + 0.6 / 11);
  });

  it('knows ranks only, not scores', () => {
    const near = fuse([list(1, { a: 2, b: 1 }), list(0.99, { b: 2, a: 1 })], 10);
    const far = fuse([list(1, { a: 2, b: 1 }), list(0.99, { b: 2000, a: 1 })], 10);
    assert.deepEqual(near, far);
    assert.equal(order(near), 'a b');
  });

  it('gives equal scores the same rank', () => {
    const fused = fuse([list(1, { a: 1, b: 1, c: 0.5 })], 10);
    assert.deepEqual([...fused.values()], [1 / 11, 1 / 11, 1 / 13]);
  });

  it('takes graded scores as they are, 1 like the first rank', () => {
    const fused = fuse([{ ...list(2, { a: 1, b: 0.25 }), graded: true }, list(1, { b: 7 })], 10);
    assert.deepEqual(Object.fromEntries(fused), { a: 2 / 11, b: 0.5 / 11 + 1 / 11 });
  });

  it('leaves out a list without weight', () =>
    assert.equal(order(fuse([list(0, { a: 1 }), list(1, { b: 1 })], 10)), 'b'));
});
