import assert from 'node:assert/strict';
import fc from 'fast-check';
import { preferredOrder, tieNats } from '../../../../src/inference/completion/preferredOrder.ts';

interface Alternative {
  readonly name: number;
  readonly meanLogProbability: number;
  readonly style: number;
}

const styleOf = ({ style }: Alternative) => style;
const order = (...alternatives: readonly (readonly [meanLogProbability: number, style: number])[]) =>
  preferredOrder(
    alternatives.map(([meanLogProbability, style], name) => ({ name, meanLogProbability, style })),
    styleOf,
  ).map(({ name }) => name);

/** Near each other and far apart, alike in style and not, and numbers that nobody should send. */
const alternatives = fc
  .array(
    fc.record({
      meanLogProbability: fc.oneof(
        fc.double({ min: -0.4, max: 0, noNaN: true }),
        fc.constantFrom(-1, -1 - tieNats, Number.NEGATIVE_INFINITY, Number.NaN),
      ),
      style: fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(-1, 0, 1, Number.NaN)),
    }),
    { maxLength: 8 },
  )
  .map((facts): readonly Alternative[] => facts.map((fact, name) => ({ name, ...fact })));

/** Pairs that have changed places. */
const swapped = (before: readonly Alternative[]) => {
  const after = preferredOrder(before, styleOf);
  return before.flatMap((a, at) =>
    before.slice(at + 1).flatMap((b) => (after.indexOf(b) < after.indexOf(a) ? [[a, b] as const] : [])),
  );
};

describe('the preferred order of alternatives', () => {
  it('is by style where they are equally likely', () => {
    assert.deepEqual(order([-0.5, -1], [-0.55, 0.5]), [1, 0]);
    assert.deepEqual(order([-0.5, -1], [-0.54, 0], [-0.46, 1]), [2, 1, 0]);
  });

  it('is by likelihood where they are not', () => {
    assert.deepEqual(order([-0.5, -1], [-0.7, 1]), [0, 1]);
    assert.deepEqual(order([-0.7, -1], [-0.5, 1]), [0, 1], 'as the model gave them');
  });

  it('lets nothing pass what is clearly more likely, also not step by step', () => {
    assert.deepEqual(order([-0.5, -1], [-0.58, 0], [-0.66, 1]), [1, 0, 2]);
  });

  it('loses and invents nothing', () =>
    fc.assert(
      fc.property(alternatives, (before) => {
        const after = preferredOrder(before, styleOf);
        assert.deepEqual(
          after.toSorted((a, b) => a.name - b.name),
          before,
        );
      }),
    ));

  it('changes places only of what is equally likely and better in style', () =>
    fc.assert(
      fc.property(alternatives, (before) => {
        for (const [first, passing] of swapped(before)) {
          assert.ok(Math.abs(first.meanLogProbability - passing.meanLogProbability) <= tieNats);
          assert.ok(passing.style > first.style, 'stable');
        }
      }),
    ));

  it('leaves no neighbours the wrong way round', () =>
    fc.assert(
      fc.property(alternatives, (before) => {
        const after = preferredOrder(before, styleOf);
        for (const [at, below] of after.slice(1).entries()) {
          const above = after[at];
          const tie = above && Math.abs(above.meanLogProbability - below.meanLogProbability) <= tieNats;
          assert.ok(!tie || !(below.style > above.style));
        }
      }),
    ));

  it('does not change when it is made again', () =>
    fc.assert(
      fc.property(alternatives, (before) => {
        const once = preferredOrder(before, styleOf);
        assert.deepEqual(preferredOrder(once, styleOf), once);
      }),
    ));
});
