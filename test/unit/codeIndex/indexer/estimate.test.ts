import assert from 'node:assert/strict';
import { Estimate } from '../../../../src/codeIndex/indexer/estimate.ts';

describe('the estimate of a pass', () => {
  it('judges what is left by bytes, at the present speed', () => {
    const estimate = new Estimate({ files: 100, bytes: 10_000 }, 0);
    for (let second = 1; second <= 4; second++) estimate.done(10, 1_000, second * 1000);
    assert.deepEqual(estimate.progress, { filesDone: 40, filesTotal: 100, filesPerSecond: 10, secondsLeft: 6 });
  });

  it('follows a change of speed', () => {
    const estimate = new Estimate({ files: 1_000, bytes: 1_000_000 }, 0);
    for (let second = 1; second <= 30; second++) estimate.done(10, 10_000, second * 1000);
    const slow = estimate.progress;
    for (let second = 31; second <= 50; second++) estimate.done(20, 20_000, second * 1000);
    assert.equal(slow.filesPerSecond, 10);
    assert.ok(estimate.progress.filesPerSecond >= 18, `${estimate.progress.filesPerSecond}`);
  });

  it('says nothing before there is something to judge by', () => {
    const estimate = new Estimate({ files: 10, bytes: 100 }, 0);
    assert.deepEqual(estimate.progress, { filesDone: 0, filesTotal: 10, filesPerSecond: 0 });
    estimate.done(1, 10, 500);
    assert.equal('secondsLeft' in estimate.progress, false);
  });

  it('leaves out the time in which nothing was to be done', () => {
    const estimate = new Estimate({ files: 4, bytes: 400 }, 0);
    estimate.done(1, 100, 1_000);
    estimate.rest(61_000);
    estimate.done(1, 100, 62_000);
    assert.equal(estimate.progress.secondsLeft, 2);
  });
});
