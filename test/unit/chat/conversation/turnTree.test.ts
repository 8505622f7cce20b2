import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pathTo, questionOf, siblingsOf, withBranch, withTurn } from '../../../../src/chat/conversation/turnTree.ts';
import type { ChatTurn } from '../../../../src/protocol/chatMessages.ts';
import { answer, anyConversation, conversationWith, empty, question } from './turns.ts';

const ids = (turns: readonly ChatTurn[]) => turns.map(({ id }) => id);

/** q1 ─ a1 ─ q2 ─ a2, a1' beside a1, and q1' beside q1. */
const branched = conversationWith(
  question('q1', null),
  answer('a1', 'q1'),
  question('q2', 'a1'),
  answer('a2', 'q2'),
  answer("a1'", 'q1'),
  question("q1'", null),
);

describe('a conversation', () => {
  it('shows the path to what was said last', () => {
    assert.deepEqual(ids(pathTo(branched)), ["q1'"]);
    assert.deepEqual(ids(pathTo(branched, 'a2')), ['q1', 'a1', 'q2', 'a2']);
    assert.deepEqual(pathTo(empty), []);
  });

  it('keeps an edited question and another answer beside the first', () => {
    assert.deepEqual(ids(siblingsOf(branched, 'q1')), ['q1', "q1'"]);
    assert.deepEqual(ids(siblingsOf(branched, "a1'")), ['a1', "a1'"]);
    assert.deepEqual(ids(siblingsOf(branched, 'a2')), ['a2']);
  });

  it('goes to the newest end of a chosen branch', () => {
    assert.equal(withBranch(branched, 'a1').head, 'a2');
    assert.equal(withBranch(branched, "a1'").head, "a1'");
    assert.equal(withBranch(branched, 'q1').head, "a1'");
  });

  it('knows which question to ask again', () => {
    assert.equal(questionOf(branched, 'a2').id, 'q2');
    assert.equal(questionOf(branched, 'q2').id, 'q2');
    assert.equal(questionOf(branched, 'q1').id, 'q1');
  });

  it('takes a turn again while it grows, without moving the head', () => {
    const grown = withTurn(branched, answer('a2', 'q2', 'longer'));
    assert.equal(grown.head, "q1'");
    assert.equal(grown.turns.length, branched.turns.length);
    assert.equal(pathTo(grown, 'a2').at(-1)?.text, 'longer');
  });

  it('refuses what could not have been said', () => {
    assert.throws(() => withTurn(branched, question('q3', 'nowhere')), RangeError);
    assert.throws(() => withTurn(branched, question('q3', 'q1')), RangeError);
    assert.throws(() => withTurn(branched, answer('a3', 'a1')), RangeError);
    assert.throws(() => withTurn(empty, { ...answer('a1', ''), parent: null }), RangeError);
    assert.throws(() => withTurn(branched, answer('a2', "q1'")), RangeError);
    assert.throws(() => pathTo(branched, 'nowhere'), RangeError);
    assert.throws(() => withBranch(branched, 'nowhere'), RangeError);
  });
});

describe('every conversation', () => {
  it('has paths from a first question on, in which questions and answers alternate', () =>
    fc.assert(
      fc.property(anyConversation(), (conversation) => {
        for (const { id } of conversation.turns) {
          const path = pathTo(conversation, id);
          assert.equal(path.at(-1)?.id, id);
          assert.equal(path[0]?.parent, null);
          path.forEach((turn, at) => {
            assert.equal(turn.role, at % 2 === 0 ? 'user' : 'assistant');
            if (at > 0) assert.equal(turn.parent, path[at - 1]?.id);
          });
        }
      }),
    ));

  it('shows a chosen turn, and everything else of it stays', () =>
    fc.assert(
      fc.property(anyConversation(), (conversation) => {
        for (const { id } of conversation.turns) {
          const chosen = withBranch(conversation, id);
          assert.ok(ids(pathTo(chosen)).includes(id));
          assert.equal(chosen.turns, conversation.turns);
          assert.ok(!conversation.turns.some(({ parent }) => parent === chosen.head), 'the head is an end');
        }
      }),
    ));

  it('has each turn among its own siblings, once', () =>
    fc.assert(
      fc.property(anyConversation(), (conversation) => {
        for (const { id } of conversation.turns)
          assert.equal(siblingsOf(conversation, id).filter((turn) => turn.id === id).length, 1);
      }),
    ));

  it('is not changed by what is added to it', () =>
    fc.assert(
      fc.property(anyConversation(), (conversation) => {
        const before = JSON.stringify(conversation);
        const next = withTurn(conversation, question('new', null));
        assert.equal(JSON.stringify(conversation), before);
        assert.deepEqual(next.turns.slice(0, -1), conversation.turns);
        assert.equal(next.head, 'new');
      }),
    ));
});
