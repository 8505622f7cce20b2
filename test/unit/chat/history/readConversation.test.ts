import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readConversation } from '../../../../src/chat/history/readConversation.ts';
import { type ChatRecord, lineOf } from '../../../../src/chat/history/records.ts';
import { answer, anyConversation, conversationWith, empty, question } from '../conversation/turns.ts';

const { folder, id } = empty;
const start: ChatRecord = { kind: 'start', title: 'A question', createdMs: 1000 };
const turnRecord = (turn: ReturnType<typeof question>): ChatRecord => ({ kind: 'turn', turn });
const fileOf = (...records: readonly ChatRecord[]) => records.map(lineOf).join('');
const read = (text: string) => readConversation({ folder, id }, text);

const some = fileOf(
  start,
  turnRecord(question('q1', null)),
  turnRecord(answer('a1', 'q1')),
  turnRecord(question('q2', 'a1')),
);

describe('readConversation', () => {
  it('reads what was written', () =>
    fc.assert(
      fc.property(anyConversation(), (conversation) => {
        const text = fileOf(start, ...conversation.turns.map(turnRecord));
        assert.deepEqual(read(text), { conversation });
      }),
    ));

  it('reads the last title and the branch that was chosen', () => {
    const { conversation } = read(
      some +
        fileOf(
          { kind: 'title', title: 'One' },
          { kind: 'head', turn: 'a1' },
          { kind: 'title', title: 'Two' },
          { kind: 'head', turn: 'x' },
        ),
    );
    assert.deepEqual([conversation.title, conversation.head], ['Two', 'a1']);
  });

  it('takes the last state of a turn that grew', () => {
    const { conversation } = read(some + fileOf(turnRecord(answer('a1', 'q1', 'all of it'))));
    assert.deepEqual(
      conversation.turns.map(({ text }) => text),
      ['question q1', 'all of it', 'question q2'],
    );
    assert.equal(conversation.head, 'q2');
  });

  it('loses only the last line, wherever a process was stopped, and goes on behind it', () => {
    const whole = read(some).conversation;
    const bytes = Buffer.from(some);
    const startBytes = Buffer.byteLength(lineOf(start));
    for (let at = startBytes; at <= bytes.length; at++) {
      const torn = bytes.subarray(0, at).toString();
      const lines = torn.split('\n').length - 2 + (isWhole(torn) ? 1 : 0);
      const { conversation, damage } = read(torn);
      assert.equal(damage, undefined);
      assert.deepEqual(conversation.turns, whole.turns.slice(0, lines), `${at} bytes`);
      const after = torn.endsWith('\n') ? torn : `${torn}\n${lineOf({ kind: 'torn' })}`;
      const later = read(after + fileOf(turnRecord(question('new', null))));
      assert.equal(later.damage, undefined);
      assert.deepEqual(
        later.conversation.turns.map((turn) => turn.id),
        [...whole.turns.slice(0, lines).map((turn) => turn.id), 'new'],
      );
    }
  });

  it('passes over records of later versions', () =>
    assert.deepEqual(read(`${some}{"kind":"mood","value":3}\n\n`), read(some)));

  it('keeps what can be read of a damaged file, and says what cannot', () => {
    const [first = '', second = '', third = '', fourth = ''] = some.split('\n');
    assert.deepEqual(read([first, second, `${third}x`, fourth, ''].join('\n')).damage, 'line 3 cannot be read');
    const { conversation, damage } = read([second, third, fourth, ''].join('\n'));
    assert.equal(damage, 'its first line is missing');
    assert.deepEqual(
      { ...conversation, title: '', createdMs: 0 },
      {
        ...conversationWith(question('q1', null), answer('a1', 'q1'), question('q2', 'a1')),
        changedMs: 3000,
        title: '',
        createdMs: 0,
      },
    );
    assert.equal(conversation.title, 'question q1');
    const astray = read([first, second, fourth, ''].join('\n'));
    assert.equal(astray.damage, '1 turns follow none that is there');
    assert.deepEqual(
      astray.conversation.turns.map(({ parent }) => parent),
      [null, null],
    );
  });

  it('makes a conversation of anything', () =>
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...some.split('\n')), fc.json(), fc.string())), (lines) => {
        const { conversation } = read(lines.join('\n'));
        const known = new Set(conversation.turns.map((turn) => turn.id));
        assert.ok(conversation.head === null || known.has(conversation.head));
        for (const { parent } of conversation.turns) assert.ok(parent === null || known.has(parent));
      }),
    ));
});

/** Whether the last line lacks nothing but its end. */
function isWhole(text: string): boolean {
  try {
    JSON.parse(text.split('\n').at(-1) ?? '');
    return true;
  } catch {
    return false;
  }
}
