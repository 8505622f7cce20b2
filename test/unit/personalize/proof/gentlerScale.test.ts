import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { gentlerScale } from '../../../../src/personalize/proof/gentlerScale.ts';

describe('a gentler scale', () => {
  it('is one at which harm that grows with the square is below what is allowed', () => {
    assert.equal(gentlerScale(1, 0.058), 0.3);
    assert.equal(gentlerScale(1, 0.02), 0.55);
    assert.equal(gentlerScale(1, 0.011), 0.75);
  });

  it('is none where nothing would be left', () => {
    assert.equal(gentlerScale(1, 0.2), undefined);
    assert.equal(gentlerScale(0.3, 0.02), undefined);
  });

  it('is always lower, and never useless', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.25, max: 1.5, noNaN: true }),
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        (scale, harm) => {
          const gentler = gentlerScale(scale, harm);
          assert.ok(gentler === undefined || (gentler < scale && gentler >= 0.25), `${gentler}`);
        },
      ),
    );
  });
});
