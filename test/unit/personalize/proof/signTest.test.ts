import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { signTest } from '../../../../src/personalize/proof/signTest.ts';

describe('the sign test', () => {
  it('is what counting all throws of a coin gives', () => {
    fc.assert(
      fc.property(fc.nat({ max: 6 }), fc.nat({ max: 6 }), (worse, better) => {
        const throws = worse + better;
        const heads = (outcome: number) =>
          Array.from({ length: throws }, (_, at) => (outcome >> at) & 1).filter(Boolean).length;
        const all = Array.from({ length: 2 ** throws }, (_, outcome) => heads(outcome));
        const expected = all.filter((each) => each >= worse).length / all.length;
        assert.ok(Math.abs(signTest(worse, better) - expected) < 1e-12);
      }),
    );
  });

  it('finds nothing where nothing changed, and chance where five got worse, but not that alone where ten did', () => {
    assert.equal(signTest(0, 0), 1);
    assert.ok(signTest(5, 3) > 0.05);
    assert.ok(signTest(10, 1) < 0.05);
    assert.ok(signTest(1, 10) > 0.99);
  });
});
