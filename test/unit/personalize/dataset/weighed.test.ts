import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type Weighed, weighed } from '../../../../src/personalize/dataset/weighed.ts';
import type { Example } from '../../../../src/personalize/examples/example.ts';
import { example, madeUpExamples, patienceMs, timed } from './madeUpExamples.ts';

const dayMs = 24 * 3_600_000;
const examples = fc.array(
  fc
    .record({
      kept: fc.double({ min: 0.5, max: 1, noNaN: true }),
      kind: fc.constantFrom<Example['kind'][]>('accepted', 'instead', 'typed', 'edit'),
      languageId: fc.constantFrom('typescript', 'python', 'go'),
      days: fc.nat({ max: 2_000 }),
    })
    .map(({ days, ...rest }) => example({ ...rest, atMs: days * dayMs })),
  { minLength: 1, maxLength: 60 },
);

/** The weight of the second relative to that of the first. */
function relative(first: Partial<Example>, second: Partial<Example>): number {
  const [a, b] = weighed([example(first), example(second)]);
  return (b?.weight ?? 0) / (a?.weight ?? 0);
}

function shareOf(languageId: string, all: readonly Weighed[]): number {
  return sum(all.filter((each) => each.example.languageId === languageId)) / sum(all);
}

function sum(list: readonly Weighed[]): number {
  return list.reduce((total, { weight }) => total + weight, 0);
}

function written(languageId: string, count: number): Example[] {
  return Array.from({ length: count }, () => example({ languageId }));
}

describe('weights', () => {
  it('are positive and have the mean 1, and the examples keep their order', () => {
    fc.assert(
      fc.property(examples, (list) => {
        const all = weighed(list);
        assert.ok(Math.abs(sum(all) / all.length - 1) < 1e-9);
        assert.ok(all.every(({ weight }) => weight > 0));
        assert.deepEqual(
          all.map((each) => each.example),
          list,
        );
      }),
    );
    assert.deepEqual(weighed([]), []);
  });

  it('follow survival, kind and age', () => {
    assert.ok(Math.abs(relative({ kept: 1 }, { kept: 0.5 }) - 0.5) < 1e-9);
    assert.ok(Math.abs(relative({ kind: 'accepted' }, { kind: 'instead' }) - 1.5) < 1e-9);
    assert.ok(relative({ kind: 'accepted' }, { kind: 'typed' }) < 1);
    assert.ok(Math.abs(relative({ atMs: 900 * dayMs }, { atMs: 810 * dayMs }) - 0.5) < 1e-9);
    assert.ok(Math.abs(relative({ atMs: 900 * dayMs }, { atMs: 0 }) - 0.2) < 1e-9);
  });

  it('let no language drown another: the order of shares stays, the smaller ones grow', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (many, few) => {
        const list = [...written('typescript', many), ...written('python', few)];
        const share = few / (many + few);
        const balanced = shareOf('python', weighed(list));
        if (share <= 0.5) assert.ok(balanced >= share - 1e-9 && balanced <= 0.5 + 1e-9);
        else assert.ok(balanced <= share + 1e-9 && balanced >= 0.5 - 1e-9);
      }),
    );
  });

  it('give 10 % Python 18 % of the weight, and one example among thousands no more than three times its own', () => {
    assert.ok(
      Math.abs(shareOf('python', weighed([...written('typescript', 90), ...written('python', 10)])) - 0.177) < 0.001,
    );
    const lonely = weighed([...written('typescript', 4_000), ...written('python', 1)]).at(-1);
    assert.ok(lonely !== undefined && lonely.weight > 2.9 && lonely.weight < 3.1);
  });

  it('of 50,000 take no time', function () {
    this.timeout(60_000);
    const list = madeUpExamples(50_000);
    assert.ok(timed(() => weighed(list)) < patienceMs);
  });
});
