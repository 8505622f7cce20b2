import assert from 'node:assert/strict';
import {
  attachmentsOf,
  earlierMessages,
  questionText,
} from '../../../../src/editor/languageModel/participantQuestion.ts';

describe('a question to @hearth', () => {
  it('has its command in front, as the engine reads it', () => {
    assert.equal(questionText('why?', undefined), 'why?');
    assert.equal(questionText('why?', 'explain'), '/explain why?');
    assert.equal(questionText('', 'commit'), '/commit');
  });

  it('is shown what was attached; what the index finds only where nothing says what it is about', () => {
    const first = { command: undefined, isFirst: true };
    assert.deepEqual(attachmentsOf([], first), [{ kind: 'codebase' }]);
    assert.deepEqual(attachmentsOf([], { ...first, isFirst: false }), []);
    assert.deepEqual(attachmentsOf([], { ...first, command: 'explain' }), []);
    assert.deepEqual(attachmentsOf([{ kind: 'file', path: 'a.ts' }, { kind: 'place' }], first), [
      { kind: 'file', path: 'a.ts' },
      { kind: 'selection' },
    ]);
  });

  it('goes on from what was said before', () => {
    assert.deepEqual(
      earlierMessages([
        { prompt: 'what is this?', command: 'explain' },
        {
          response: [
            { value: { value: 'A ' } },
            { value: { value: 'cart.' } },
            { value: { command: 'x' } },
            { other: 1 },
          ],
        },
        { prompt: ' ' },
        { response: [] },
      ]),
      [
        { role: 'user', content: '/explain what is this?' },
        { role: 'assistant', content: 'A cart.' },
      ],
    );
  });
});
