import assert from 'node:assert/strict';
import { readQuestion } from '../../../../src/engine/chat/question.ts';

describe('reading a question', () => {
  it('takes off its command, and attaches what the command, the text and the hand attach, in this order', () => {
    const { mentions, ...rest } = readQuestion('/fix the loop in @file:a.ts', [{ kind: 'terminal' }], []);
    assert.deepEqual(rest, {
      text: 'the loop in @file:a.ts',
      command: 'fix',
      instruction: rest.instruction,
    });
    assert.match(rest.instruction, /smallest change/);
    assert.deepEqual(mentions, [
      { kind: 'selection' },
      { kind: 'problems' },
      { kind: 'file', path: 'a.ts' },
      { kind: 'terminal' },
    ]);
  });

  it('leaves a path that begins with a slash alone', () => {
    assert.deepEqual(readQuestion('/usr/bin is full', [], []), {
      text: '/usr/bin is full',
      instruction: '',
      mentions: [],
    });
    assert.equal(readQuestion('/unknown thing', [], []).text, '/unknown thing');
  });

  it('knows the commands of the workspace', () => {
    const command = {
      name: 'log',
      source: 'workspace',
      description: '',
      attaches: [{ kind: 'git', what: 'staged' }],
      instruction: 'Write.',
    } as const;
    assert.deepEqual(readQuestion('/log', [], [command]), {
      text: '',
      command: 'log',
      instruction: 'Write.',
      mentions: command.attaches,
    });
  });
});
