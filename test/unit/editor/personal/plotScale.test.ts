import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type PlotScale, percentAlong, scaleBetween, scaleFor } from '../../../../src/editor/personal/plotScale.ts';

const number = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0),
);

function checkScale(scale: PlotScale, wanted: number): void {
  assert.ok(Number.isFinite(scale.from) && scale.from < scale.to, `${scale.from} to ${scale.to}`);
  const values = scale.ticks.map(({ value }) => value);
  assert.ok(values.every((value, at) => at === 0 || value > (values[at - 1] ?? value)));
  const slack = (scale.to - scale.from) * 1e-6;
  for (const value of values) assert.ok(value >= scale.from - slack && value <= scale.to + slack);
  assert.ok(values.length <= wanted + 2, `${values.length} ticks`);
  for (const { label } of scale.ticks) assert.match(label, /^-?\d+(\.\d+)?$/);
}

describe('scaleFor', () => {
  it('holds all values, with ticks that rise and can be read, whatever it is given', () => {
    fc.assert(
      fc.property(fc.array(number), fc.integer({ min: 2, max: 8 }), (values, wanted) => {
        const scale = scaleFor(values, wanted);
        checkScale(scale, wanted);
        for (const value of values.filter(Number.isFinite)) {
          const percent = percentAlong(scale, value);
          assert.ok(value >= scale.from && value <= scale.to);
          assert.ok(percent >= 0 && percent <= 100);
        }
      }),
    );
  });

  it('puts a single value in the middle', () => {
    const scale = scaleFor([2], 4);
    assert.ok(Math.abs(percentAlong(scale, 2) - 50) < 1e-6);
    assert.ok(scale.ticks.length >= 2);
  });

  it('has no loss below zero on its axis', () => assert.equal(scaleFor([0.01, 3], 4).from, 0));
});

describe('scaleBetween', () => {
  it('has ticks at round numbers', () => {
    assert.deepEqual(
      scaleBetween(0, 201, 5).ticks.map(({ label }) => label),
      ['0', '50', '100', '150', '200'],
    );
    assert.deepEqual(
      scaleBetween(1.28, 2.52, 4).ticks.map(({ label }) => label),
      ['1.5', '2.0', '2.5'],
    );
  });

  it('counts steps in whole numbers', () => {
    assert.deepEqual(
      scaleBetween(0, 2, 5, 1).ticks.map(({ label }) => label),
      ['0', '1', '2'],
    );
  });
});

describe('percentAlong', () => {
  it('rises with the value', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 9, noNaN: true }), fc.double({ min: 0, max: 9, noNaN: true }), (a, b) => {
        const scale = scaleBetween(0, 9, 3);
        assert.ok(percentAlong(scale, Math.min(a, b)) <= percentAlong(scale, Math.max(a, b)));
      }),
    );
  });
});
