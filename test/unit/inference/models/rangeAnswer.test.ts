import assert from 'node:assert/strict';
import { planFor, rangeHeaders } from '../../../../src/inference/models/rangeAnswer.ts';

describe('planFor', () => {
  const cases = [
    [200, '', 0, 'replace'],
    [200, '', 50, 'replace'],
    [206, 'bytes 50-99/100', 50, 'append'],
    [206, 'bytes 0-99/100', 0, 'append'],
    [206, 'bytes 40-99/100', 50, 'askAgain'],
    [206, '', 50, 'askAgain'],
    [206, 'bytes 40-99/100', 0, 'refused'],
    [416, 'bytes */50', 50, 'complete'],
    [416, 'bytes */40', 50, 'askAgain'],
    [416, '', 50, 'askAgain'],
    [416, 'bytes */0', 0, 'refused'],
    [204, '', 50, 'refused'],
    [304, '', 50, 'refused'],
    [503, '', 0, 'refused'],
  ] as const;
  for (const [status, contentRange, held, plan] of cases)
    it(`${plan}: ${status} ${contentRange} with ${held} bytes held`, () => {
      assert.equal(planFor(status, contentRange, held), plan);
    });
});

describe('rangeHeaders', () => {
  it('asks for the rest of the same version, if the version can be trusted', () => {
    assert.deepEqual(rangeHeaders(0, '"v1"'), { 'accept-encoding': 'identity' });
    assert.equal(rangeHeaders(5, '"v1"')['if-range'], '"v1"');
    for (const weak of ['W/"v1"', '']) {
      assert.equal(rangeHeaders(5, weak)['range'], 'bytes=5-');
      assert.equal(rangeHeaders(5, weak)['if-range'], undefined);
    }
  });
});
