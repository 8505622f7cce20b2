import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { proofSamples, type WrittenTwice } from '../../../../src/personalize/proof/proofSamples.ts';

function placeOf(nth: number, before: number, after: number): WrittenTwice {
  const written = (similarity: number) => ({ text: `${nth} ${similarity}`, isExact: similarity === 1, similarity });
  const prefix = Array.from({ length: 9 }, (_, line) => `line ${line}`).join('\n');
  const rest = { path: 'a.ts', languageId: 'typescript', prefix, wanted: String(nth) };
  return { ...rest, before: written(before), after: written(after) };
}

const places = fc
  .array(fc.tuple(fc.nat({ max: 10 }), fc.nat({ max: 10 })), { maxLength: 60 })
  .map((list) => list.map(([before, after], nth) => placeOf(nth, before / 10, after / 10)));

describe('samples of a proof', () => {
  it('are at most twelve, all of them where there are fewer, none twice', () => {
    fc.assert(
      fc.property(places, (list) => {
        const samples = proofSamples(list);
        assert.equal(samples.length, Math.min(12, list.length));
        assert.equal(new Set(samples.map(({ wanted }) => wanted)).size, samples.length);
      }),
    );
  });

  it('show what improved most and what got worst, as much of one as of the other, and some between', () => {
    const list = Array.from({ length: 41 }, (_, nth) => placeOf(nth, 0.5, nth / 40));
    assert.deepEqual(
      proofSamples(list).map(({ wanted }) => Number(wanted)),
      [40, 39, 38, 37, 0, 1, 2, 3, 22, 21, 20, 19],
    );
  });

  it('show the last lines before the place', () => {
    assert.equal(proofSamples([placeOf(1, 0, 1)])[0]?.prefix, 'line 5\nline 6\nline 7\nline 8');
  });
});
