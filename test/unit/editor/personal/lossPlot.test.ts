import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { lossPlot, plotInWords } from '../../../../src/editor/personal/lossPlot.ts';
import { smoothLoss } from '../../../../src/editor/personal/smoothLoss.ts';
import type { LossPoint } from '../../../../src/protocol/personalMessages.ts';
import { inEnglish } from '../../../../src/protocol/problems.ts';
import { progress } from './recordedPersonal.ts';

const loss = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: 0, max: 30, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY) },
);
const points = fc
  .array(loss, { maxLength: 900 })
  .map((losses): readonly LossPoint[] => losses.map((each, at) => ({ step: at + 1, loss: each })));

const draw = (losses: readonly LossPoint[], validation: readonly LossPoint[] = [], steps = 100) =>
  lossPlot({ steps, losses, validation }, inEnglish).toString();

/** How far a curve goes up and down, all in all. */
function jumps(given: readonly LossPoint[]): number {
  return given.slice(1).reduce((sum, { loss: each }, at) => sum + Math.abs(each - (given[at]?.loss ?? each)), 0);
}

describe('smoothLoss', () => {
  it('stays between the least and the greatest loss, in order, and few enough to draw', () => {
    fc.assert(
      fc.property(points, (given) => {
        const sound = given.filter((each) => Number.isFinite(each.loss));
        const smooth = smoothLoss(given);
        assert.ok(smooth.length <= 201);
        const [least, most] = [Math.min(...sound.map((p) => p.loss)), Math.max(...sound.map((p) => p.loss))];
        for (const [at, point] of smooth.entries()) {
          assert.ok(point.loss >= least - 1e-9 && point.loss <= most + 1e-9);
          assert.ok(at === 0 || point.step > (smooth[at - 1]?.step ?? 0));
        }
        assert.equal(smooth[0]?.step, sound[0]?.step);
        assert.equal(smooth.at(-1)?.step, sound.at(-1)?.step);
      }),
    );
  });

  it('is calmer than what it is given', () => {
    assert.ok(jumps(smoothLoss(progress.losses)) < jumps(progress.losses) / 3);
  });
});

describe('lossPlot', () => {
  it('has only numbers in it, all inside the frame, whatever it is given', () => {
    fc.assert(
      fc.property(points, points, fc.integer({ min: 0, max: 1000 }), (losses, validation, steps) => {
        const markup = draw(losses, validation, steps);
        assert.doesNotMatch(markup, /NaN|Infinity|undefined/);
        for (const [, x = '', y = ''] of markup.matchAll(/ (-?[\d.]+),(-?[\d.]+)(?=[ "])/g))
          for (const place of [x, y]) assert.ok(Number(place) >= 0 && Number(place) <= 100, place);
      }),
    );
  });

  it('is nothing before the first loss', () => {
    assert.equal(draw([]), '');
    assert.equal(draw([{ step: 1, loss: Number.NaN }]), '');
  });

  it('shows a single point', () => {
    assert.match(draw([{ step: 1, loss: 2 }]), /<circle class="trained-end" cx="1\.00%" cy="50\.00%"/);
    const held = draw([], [{ step: 0, loss: 2 }]);
    assert.match(held, /<path class="held"/);
    assert.doesNotMatch(held, /<circle/);
  });

  it('tells both curves apart by form, not by colour alone', () => {
    const markup = draw(progress.losses, progress.validation);
    assert.match(markup, /<polyline class="trained"/);
    assert.match(markup, /<polyline class="held"/);
    // One diamond for each point, and one beside the words.
    assert.equal([...markup.matchAll(/<path class="held"/g)].length, progress.validation.length + 1);
    assert.doesNotMatch(markup, /#[0-9a-f]{3,6}|rgb|style=/i);
  });

  it('says the same in words', () => {
    assert.match(draw(progress.losses, progress.validation), /role="img" aria-label="Training loss from /);
    assert.equal(
      plotInWords(
        [
          { step: 1, loss: 2.5 },
          { step: 9, loss: 1.25 },
        ],
        [
          { step: 0, loss: 2.4 },
          { step: 5, loss: 1.5 },
          { step: 9, loss: 1.75 },
        ],
        inEnglish,
      ),
      'Training loss from 2.50 to 1.25, at step 9. On examples held back from 2.40 to 1.75. Lowest there: 1.50, at step 5.',
    );
  });
});
