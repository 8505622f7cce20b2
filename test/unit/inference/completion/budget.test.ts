import assert from 'node:assert/strict';
import fc from 'fast-check';
import { promptBudget } from '../../../../src/inference/completion/budget.ts';

describe('prompt budget', () => {
  it('fits what the model reads while the cursor rests, and leaves room to answer', () => {
    const slow = promptBudget(32_768, 4, 230);
    const quick = promptBudget(2_048, 4, 20_000);
    assert.equal(slow.windowCharacters, 2_048);
    assert.equal(quick.windowCharacters, 3_200);
  });

  it('does not follow every measurement', () => {
    assert.deepEqual(promptBudget(32_768, 4, 500), promptBudget(32_768, 4, 900));
  });

  it('never exceeds the context', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_024, max: 131_072 }),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        (context, speed) => {
          const budget = promptBudget(context, 3, speed);
          const characters = budget.windowCharacters + budget.suffixCharacters + budget.snippetCharacters;
          assert.ok(characters > 0 && characters / 3 <= context - 448);
        },
      ),
    );
  });
});
