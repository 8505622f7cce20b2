import assert from 'node:assert/strict';
import { withSuggestion, writingTrigger } from '../../../../src/editor/chat/writingTrigger.ts';

const at = (marked: string) => writingTrigger(marked.replace('█', ''), marked.indexOf('█'));

describe('writingTrigger', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['/█', 'command '],
    ['/ex█', 'command ex'],
    ['/explain █', undefined],
    ['Read /usr█', undefined],
    ['@█', 'mention '],
    ['Look at @fi█ now', 'mention fi'],
    ['@file:src/c█', 'mention file:src/c'],
    ['@file:"my no█', 'mention file:"my no'],
    ['(@git:█', 'mention git:'],
    ['mina@example█', undefined],
    ['@file:src/cart.ts █', undefined],
    ['파일 @fi█', 'mention fi'],
  ];
  for (const [marked, expected] of cases)
    it(`${marked} ${expected === undefined ? 'completes nothing' : `completes ${expected}`}`, () => {
      const trigger = at(marked);
      assert.equal(trigger && `${trigger.kind} ${trigger.query}`, expected);
    });

  it('puts what was chosen in the place of what was typed, and goes on behind it', () => {
    const [text, cursor] = ['Look at @fi now', 11];
    const trigger = writingTrigger(text, cursor);
    assert.ok(trigger);
    assert.deepEqual(withSuggestion(text, trigger, cursor, '@file:'), { text: 'Look at @file: now', cursor: 14 });
    assert.deepEqual(withSuggestion('@cod', { kind: 'mention', query: 'cod', start: 0 }, 4, '@codebase'), {
      text: '@codebase ',
      cursor: 10,
    });
  });
});
