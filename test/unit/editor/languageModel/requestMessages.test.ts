import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type GivenMessage, messagesOf, textOfPart } from '../../../../src/editor/languageModel/requestMessages.ts';

const [user, assistant, system] = [1, 2, 3];
const said = (role: number, ...texts: string[]): GivenMessage => ({ role, content: texts.map((value) => ({ value })) });

describe('messagesOf', () => {
  it('puts what was said one after another into one message, and rules in front of all', () => {
    assert.deepEqual(
      messagesOf([
        said(system, 'be brief'),
        said(system, 'be kind'),
        said(user, 'a', 'b'),
        said(user, 'c'),
        said(assistant, 'd'),
      ]),
      [
        { role: 'system', content: 'be brief\n\nbe kind' },
        { role: 'user', content: 'ab\n\nc' },
        { role: 'assistant', content: 'd' },
      ],
    );
  });

  it('takes rules that come later as said by the user, and leaves out messages without words', () => {
    assert.deepEqual(
      messagesOf([said(user, 'a'), said(assistant, ' '), said(system, 'b'), said(assistant, 'c'), said(user, '')]),
      [
        { role: 'user', content: 'a\n\nb' },
        { role: 'assistant', content: 'c' },
      ],
    );
  });

  it('takes the text of whatever a tool found, and nothing of images', () => {
    const result = {
      callId: '1',
      content: [{ value: 'found' }, { mimeType: 'image/png', data: new Uint8Array(3) }, 7],
    };
    assert.deepEqual(
      messagesOf([{ role: user, content: [result, { callId: '2', name: 'x', input: {} }, null, 'text'] }]),
      [{ role: 'user', content: 'foundtext' }],
    );
  });

  it('makes messages that every template takes, of anything', () => {
    const anything = fc.record({ role: fc.integer({ min: 0, max: 4 }), content: fc.array(fc.anything()) });
    const words = fc.record({
      role: fc.integer({ min: 1, max: 3 }),
      content: fc.array(fc.record({ value: fc.string() })),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(anything, words), { maxLength: 8 }), (given) => {
        const messages = messagesOf(given);
        assert.ok(messages.every(({ content }) => content.trim() !== ''));
        assert.ok(messages.slice(1).every(({ role }) => role !== 'system'));
        assert.ok(messages.every(({ role }, at) => role !== messages[at - 1]?.role));
      }),
    );
  });
});

describe('textOfPart', () => {
  it('is empty for what has none', () => {
    for (const part of [undefined, null, 7, {}, { value: 7 }, { content: 'no list' }])
      assert.equal(textOfPart(part), '');
  });
});
