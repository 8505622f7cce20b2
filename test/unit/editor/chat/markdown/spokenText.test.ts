import assert from 'node:assert/strict';
import { nextSentences } from '../../../../../src/editor/chat/markdown/spokenText.ts';
import { inEnglish } from '../../../../../src/protocol/problems.ts';

const said = (answer: string, isOver = false) => nextSentences(answer, 0, isOver, inEnglish)?.text;

describe('nextSentences', () => {
  it('waits for the end of a sentence', () => {
    assert.equal(said('The loop never'), undefined);
    assert.equal(said('The loop never ends. It'), 'The loop never ends.');
    assert.equal(said('값이 없습니다. 그리고'), '값이 없습니다.');
    assert.equal(said('それは違う。だから'), 'それは違う。');
  });

  it('does not end a sentence inside of a name or number', () => assert.equal(said('See cart.ts for 1.5'), undefined));

  it('says what is left when the answer is over', () => assert.equal(said('The loop never', true), 'The loop never'));

  it('says that there is code, once it is all there', () => {
    assert.equal(said('Do this:\n```ts\nlet a;\n'), 'Do this:');
    assert.equal(said('Do this:\n```ts\nlet a;\nlet b;\n```\nThen.\n'), 'Do this: Code with 2 lines. Then.');
  });

  it('reads no signs of Markdown', () =>
    assert.equal(said('## Why\n- **It** is `null`.\n1. See [cart](src/cart.ts).\n'), 'Why It is null. See cart.'));

  it('says everything exactly once, however the answer comes', () => {
    const answer = 'One. Two!\n\n```js\na. b\n```\n\nThree? Four';
    let [spoken, from] = ['', 0];
    for (let length = 1; length <= answer.length; length++) {
      const next = nextSentences(answer.slice(0, length), from, length === answer.length, inEnglish);
      if (!next) continue;
      spoken += ` ${next.text}`;
      from = next.upTo;
    }
    assert.equal(spoken.replace(/\s+/g, ' ').trim(), 'One. Two! Code with 1 lines. Three? Four');
  });
});
