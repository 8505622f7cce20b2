import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitThoughts } from '../../../../src/chat/answer/thoughts.ts';

const split = (text: string, opensThoughts = false, isComplete = true) =>
  splitThoughts(text, opensThoughts, isComplete);

describe('splitThoughts', () => {
  it('parts what was thought from what was answered', () => {
    assert.deepEqual(split('\n<think>\nHm.\n</think>\n\nYes.'), { thoughts: 'Hm.', answer: 'Yes.' });
    assert.deepEqual(split('Hm.\n</think>Yes.', true), { thoughts: 'Hm.', answer: 'Yes.' });
    assert.deepEqual(split('[THINK]Hm.[/THINK]Yes.'), { thoughts: 'Hm.', answer: 'Yes.' });
    assert.deepEqual(split('<think>Hm, too long'), { thoughts: 'Hm, too long', answer: '' });
  });

  it('leaves an answer that speaks of thoughts as it is', () => {
    for (const text of [' Use `<think>` and </think>.', '<b>', '[1]', ''])
      assert.deepEqual(split(text), { thoughts: '', answer: text });
  });

  it('only ever adds to an answer while it grows', () => {
    const piece = fc.constantFrom('<think>', '</think>', '[THINK]', '[/THINK]', '<', 'a', ' ', '\n', '</');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (pieces, opens) => {
        const text = pieces.join('');
        let before = '';
        for (let end = 0; end <= text.length; end++) {
          const { answer } = split(text.slice(0, end), opens, false);
          assert.ok(answer.startsWith(before), `${before} | ${answer}`);
          before = answer;
        }
        assert.ok(split(text, opens, true).answer.startsWith(before));
      }),
    );
  });

  it('shows no half of a mark', () => {
    const text = '<think>a < b</think>c';
    const shown = Array.from(text, (_, end) => split(text.slice(0, end), false, false));
    for (const { thoughts, answer } of shown) assert.doesNotMatch(thoughts + answer, /<\/|think/);
  });
});
