import assert from 'node:assert/strict';
import { exportMarkdown } from '../../../../src/chat/history/exportMarkdown.ts';
import { answer, conversationWith, question } from '../conversation/turns.ts';

describe('exportMarkdown', () => {
  it('says what was asked, with what, who answered and what, of the branch that is shown', () => {
    const conversation = conversationWith(
      question('other', null),
      {
        ...question('q', null, 'the `loop`'),
        command: 'fix',
        context: [{ kind: 'file', label: 'a`b`.ts:1-3', text: 'secret text', tokens: 3 }],
      },
      {
        ...answer('a', 'q', 'So:\n\n```ts\nfor (;;) {\n'),
        answeredBy: { kind: 'local', name: 'Some_Model' },
        stopped: true,
      },
    );
    assert.equal(
      exportMarkdown({ ...conversation, title: 'A *title*\n# x' }),
      [
        '# A \\*title\\* \\# x',
        '1970-01-01',
        '## Question',
        'Attached: `` a`b`.ts:1-3 ``',
        '/fix the `loop`',
        '## Answer (Some\\_Model)',
        'So:\n\n```ts\nfor (;;) {\n```',
        '(stopped)\n',
      ].join('\n\n'),
    );
  });
});
