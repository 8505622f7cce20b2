import assert from 'node:assert/strict';
import { isUsable } from '../../../../src/personalize/examples/usable.ts';
import { example } from '../dataset/madeUpExamples.ts';

describe('usable examples', () => {
  it('are those of which half is still there, with something in them, and not excluded', () => {
    assert.ok(isUsable(example()));
    assert.ok(isUsable(example({ kept: 0.5 })));
    assert.ok(!isUsable(example({ kept: 0.49 })));
    assert.ok(!isUsable(example({ text: ' \n\t' })));
    assert.ok(!isUsable(example({ excluded: true })));
  });

  it('are of every kind', () => {
    for (const kind of ['accepted', 'instead', 'typed', 'edit'] as const) assert.ok(isUsable(example({ kind })));
  });
});
