import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { replayFor } from '../../../../src/personalize/dataset/replay.ts';

const general = Array.from({ length: 240 }, (_, at) => ({ source: `npm:p${at % 60}@1.0.0`, text: `text ${at};` }));

describe('replay', () => {
  it('is a third of the samples, and 48 places at least, each place at most once', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5_000 }), fc.nat(), (examples, seed) => {
        const drawn = replayFor(examples, general, seed);
        assert.equal(drawn.length, Math.min(general.length, Math.max(48, Math.round(examples / 2))));
        assert.equal(new Set(drawn.map(({ place }) => place)).size, drawn.length);
      }),
    );
  });

  it('counts more where there are too few places, but never more than twice', () => {
    assert.equal(replayFor(400, general, 1)[0]?.weight, 1);
    assert.equal(replayFor(720, general, 1)[0]?.weight, 1.5);
    assert.equal(replayFor(50_000, general, 1)[0]?.weight, 2);
    assert.deepEqual(replayFor(100, [], 1), []);
  });

  it('is the same for a seed, whatever the order of the places, and another for another', () => {
    const texts = (seed: number, of = general) => replayFor(200, of, seed).map(({ place }) => place.text);
    assert.deepEqual(texts(7), texts(7, general.toReversed()));
    assert.notDeepEqual(texts(7), texts(8));
  });
});
