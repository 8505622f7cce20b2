import assert from 'node:assert/strict';
import { type Findings, verdictOn } from '../../../../src/personalize/proof/verdict.ts';

const good: Findings = {
  examples: 60,
  change: -0.1,
  interval: { low: -0.13, high: -0.06 },
  exactMatchChance: 0.6,
  generalChange: 0.002,
};

describe('the verdict', () => {
  it('is better when all of it holds', () => {
    assert.equal(verdictOn(good), 'better');
    assert.equal(verdictOn({ ...good, examples: 12 }), 'better');
    assert.equal(verdictOn({ ...good, generalChange: 0.01 }), 'better');
    assert.equal(verdictOn({ ...good, generalChange: -0.2 }), 'better');
  });

  it('is not better when the gain is small, uncertain, or paid with exact matches', () => {
    assert.equal(verdictOn({ ...good, change: -0.009 }), 'notBetter');
    assert.equal(verdictOn({ ...good, interval: { low: -0.2, high: 0 } }), 'notBetter');
    assert.equal(verdictOn({ ...good, exactMatchChance: 0.04 }), 'notBetter');
    assert.equal(verdictOn({ ...good, change: 0.1, interval: { low: 0.05, high: 0.2 } }), 'notBetter');
  });

  it('is that it harms when other code gets worse by more than 1 %, whatever the gain', () => {
    assert.equal(verdictOn({ ...good, generalChange: 0.011 }), 'harmsGeneral');
    assert.equal(verdictOn({ ...good, generalChange: Number.NaN }), 'harmsGeneral');
  });

  it('is none with fewer than twelve examples', () => {
    assert.equal(verdictOn({ ...good, examples: 11 }), 'tooFewExamples');
  });

  it('is not better when the numbers are none', () => {
    const none = { ...good, change: Number.NaN, interval: { low: Number.NaN, high: Number.NaN } };
    assert.equal(verdictOn(none), 'notBetter');
  });
});
