import assert from 'node:assert/strict';
import fc from 'fast-check';
import { titleOf } from '../../../../src/chat/conversation/title.ts';

describe('titleOf', () => {
  it('is the first line that says something', () => {
    assert.equal(titleOf('\n  What is\ta   monad?  \nIn one word.'), 'What is a monad?');
    assert.equal(titleOf(''), '');
  });

  it('ends after a whole word', () => {
    const title = titleOf('word '.repeat(20));
    assert.equal(title, `${'word '.repeat(12).trim()}…`);
  });

  it('is short and has whole characters, whatever was asked', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const title = titleOf(text);
        assert.ok(title.length <= 61);
        assert.doesNotMatch(title, /[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
      }),
    ));
});
