import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { jaccard, shinglesOf, together } from '../../../../src/personalize/dataset/shingles.ts';
import { withoutNearDuplicates } from '../../../../src/personalize/dataset/withoutNearDuplicates.ts';
import { madeUpExamples, patienceMs, timed } from './madeUpExamples.ts';

interface Place {
  readonly prefix: string;
  readonly text: string;
  readonly suffix: string;
}

/** Few words, so that many are nearly the same. */
const line = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { maxLength: 24 })
  .map((all) => all.join(' '));
const place: fc.Arbitrary<Place> = fc.record({ prefix: line, text: line.map((text) => `x ${text}`), suffix: line });
const nearly = fc
  .tuple(fc.array(place, { maxLength: 20 }), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 20 }))
  .map(([places, changes]) => [
    ...places,
    ...changes.flatMap(([which, where]) => {
      const of = places[which % Math.max(1, places.length)];
      const words = of?.text.split(' ') ?? [];
      words[where % Math.max(1, words.length)] = 'z';
      return of === undefined ? [] : [{ ...of, text: words.join(' ') }];
    }),
  ]);

function areSame(a: Place, b: Place): boolean {
  const all = ({ prefix, text, suffix }: Place) =>
    together([shinglesOf(text), shinglesOf(prefix, 1), shinglesOf(suffix, 2)]);
  return jaccard(all(a), all(b)) >= 0.85 && jaccard(shinglesOf(a.text), shinglesOf(b.text)) >= 0.85;
}

const at = (prefix: string, text: string, suffix = '\n}\n') => ({ prefix, text, suffix });

describe('examples without near duplicates', () => {
  it('are those that comparing each with each leaves, in their order', () => {
    fc.assert(
      fc.property(nearly, (places) => {
        const expected: Place[] = [];
        for (const each of places) if (!expected.some((other) => areSame(each, other))) expected.push(each);
        assert.deepEqual(withoutNearDuplicates(places), expected);
        assert.deepEqual(withoutNearDuplicates(expected), expected);
      }),
      { numRuns: 500 },
    );
  });

  const long = Array.from({ length: 40 }, (_, nth) => `word${nth}`);
  const changed = long.with(20, 'other');

  it('keep the newest of what is nearly the same, however it is formatted', () => {
    const [older, newer] = [at('f();\n', long.join(' ')), at('f();\n', changed.join('  '))];
    assert.deepEqual(withoutNearDuplicates([newer, older]), [newer]);
  });

  it('keep the same text between other lines, and another text between the same', () => {
    const others = [
      at('f();\n', 'return a;'),
      at('while (true) {\n', 'return a;'),
      at('f();\n', 'throw new Error(a);'),
    ];
    assert.deepEqual(withoutNearDuplicates(others), others);
  });

  it('keep two lines of which each stands before the other', () => {
    const [a, b] = ['const first = compute(a);', 'const second = compute(b);'];
    const both = [at(`${a}\n`, b, '\n'), at(`${b}\n`, a, '\n')];
    assert.deepEqual(withoutNearDuplicates(both), both);
  });

  it('do not depend on what stands further away', () => {
    const near = 'if (a) {\n  f(a);\n  ';
    const two = [at(`one();\n${near}`, 'return a;'), at(`two(b);\nthree();\n${near}`, 'return a;')];
    assert.deepEqual(withoutNearDuplicates(two), two.slice(0, 1));
  });

  it('are found among 50,000, also among texts that are all alike', function () {
    this.timeout(60_000);
    const examples = madeUpExamples(50_000);
    let kept: unknown[] = [];
    assert.ok(timed(() => (kept = withoutNearDuplicates(examples))) < patienceMs);
    assert.ok(kept.length > 40_000 && kept.length < 49_000, `${kept.length} were kept`);
    const alike = examples.map((each, nth) => ({ ...each, prefix: 'f(\n', text: `return name${nth};`, suffix: '\n}' }));
    assert.ok(timed(() => (kept = withoutNearDuplicates(alike))) < patienceMs);
    assert.equal(kept.length, 50_000);
  });
});
