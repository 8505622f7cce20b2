import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { jaccard, shinglesOf } from '../../../../src/personalize/dataset/shingles.ts';
import { maxCandidates, missingExamples, neededExamples, split } from '../../../../src/personalize/dataset/split.ts';
import { example, madeUpExamples, patienceMs, timed } from './madeUpExamples.ts';

const times = fc.array(fc.record({ atMs: fc.nat({ max: 60 }), word: fc.nat({ max: 30 }) }), { maxLength: 200 });
const examplesOf = (list: readonly { atMs: number; word: number }[]) =>
  list.map(({ atMs, word }, id) => example({ id, atMs, text: `call${word}(${word})` }));
const distinct = (count: number) =>
  Array.from({ length: count }, (_, id) => example({ id, atMs: id, text: `call${id}(${id})` }));

const oldest = (part: readonly { atMs: number }[]) => Math.min(...part.map(({ atMs }) => atMs));
const newest = (part: readonly { atMs: number }[]) => Math.max(...part.map(({ atMs }) => atMs));

describe('a split by time', () => {
  it('holds out what is newer than all else, and validates on what is newer than all training', () => {
    fc.assert(
      fc.property(times, (list) => {
        const { heldOut, validation, training } = split(examplesOf(list));
        assert.ok(newest([...validation, ...training]) < oldest(heldOut));
        assert.ok(newest(training) < oldest(validation));
        for (const part of [heldOut, validation, training])
          assert.deepEqual(
            part,
            part.toSorted((a, b) => b.atMs - a.atMs || b.id - a.id),
          );
      }),
    );
  });

  it('has no text in two parts, not even nearly', () => {
    fc.assert(
      fc.property(times, (list) => {
        const { heldOut, validation, training } = split(examplesOf(list));
        const parts = [heldOut, validation, training].map((part) => part.map(({ text }) => shinglesOf(text)));
        for (const [at, part] of parts.entries())
          for (const other of parts.slice(at + 1).flat()) assert.ok(part.every((each) => jaccard(each, other) < 0.85));
      }),
    );
  });

  it('does not depend on the order in which examples come', () => {
    fc.assert(
      fc.property(times, fc.nat(), (list, turn) => {
        const examples = examplesOf(list);
        const at = turn % Math.max(1, examples.length);
        assert.deepEqual(split([...examples.slice(at), ...examples.slice(0, at)]), split(examples));
      }),
    );
  });

  it('holds out 15 %, validates on 10 % and trains on the rest', () => {
    const { heldOut, validation, training } = split(distinct(400));
    assert.deepEqual([heldOut.length, validation.length, training.length], [60, 40, 300]);
  });

  it('has enough at the number that is said to be needed, and says how many are missing below', () => {
    assert.equal(missingExamples(split(distinct(neededExamples))), 0);
    assert.equal(split(distinct(neededExamples)).heldOut.length, 12);
    fc.assert(
      fc.property(fc.nat({ max: neededExamples - 1 }), (count) => {
        const missing = missingExamples(split(distinct(count)));
        assert.ok(missing > 0 && Math.abs(count + missing - neededExamples) <= 2, `${count} and ${missing}`);
      }),
    );
  });

  it('bounds every part, so that training time is bounded: 50,000 examples', function () {
    this.timeout(60_000);
    const examples = distinct(50_000);
    const { heldOut, validation, training } = split(examples);
    assert.deepEqual([heldOut.length, validation.length, training.length], [200, 100, 4_000]);
    assert.deepEqual(split(examples.slice(-maxCandidates)), { heldOut, validation, training });
    const made = madeUpExamples(50_000);
    assert.ok(timed(() => split(made)) < patienceMs);
  });
});
