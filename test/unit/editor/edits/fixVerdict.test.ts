import assert from 'node:assert/strict';
import { fixVerdict, type ReportedProblem } from '../../../../src/editor/edits/fixVerdict.ts';

const problem = (message: string, more: Partial<ReportedProblem> = {}): ReportedProblem => ({
  uri: 'file:///a.ts',
  message,
  source: 'ts',
  severity: 'error',
  ...more,
});
const [wanted, other] = [problem('x is not defined'), problem('y is unused', { severity: 'warning' })];

describe('whether a fix did what it should', () => {
  it('did when the problem is gone and nothing is new, wherever the others stand now', () => {
    assert.deepEqual(fixVerdict([wanted], [wanted, other], [other]), { remaining: [], fresh: [] });
  });

  it('did not while the problem is reported', () => {
    assert.deepEqual(fixVerdict([wanted], [wanted, other], [wanted, other]), { remaining: [wanted], fresh: [] });
  });

  it('counts problems that read the same', () => {
    assert.deepEqual(fixVerdict([wanted], [wanted, wanted], [wanted]), { remaining: [], fresh: [] });
    assert.deepEqual(fixVerdict([wanted], [wanted, wanted], [wanted, wanted]).remaining, [wanted]);
    assert.deepEqual(fixVerdict([wanted], [wanted], [wanted, wanted]), { remaining: [wanted], fresh: [wanted] });
  });

  it('sees new errors and warnings, in other files too, and lets hints pass', () => {
    const elsewhere = problem('broken now', { uri: 'file:///b.ts' });
    const hint = problem('could be shorter', { severity: 'hint' });
    assert.deepEqual(fixVerdict([wanted], [wanted], [elsewhere, hint]), { remaining: [], fresh: [elsewhere] });
  });
});
