import assert from 'node:assert/strict';
import { branchesOf, turnPath, withTurnShown } from '../../../../src/editor/chat/turnPath.ts';
import { answer, conversation, question } from './recordedChat.ts';

const tree = conversation([
  question('q1', null, 'One'),
  answer('a1', 'q1', '1'),
  question('q2', 'a1', 'Two'),
  answer('a2', 'q2', '2'),
  answer('a3', 'q2', '3'),
  question('q4', null, 'Other'),
]);

const ids = (head: string | null) => turnPath({ ...tree, head }).map(({ id }) => id);

describe('the branch that is shown', () => {
  it('goes from the first question to the head', () => {
    assert.deepEqual(ids('a3'), ['q1', 'a1', 'q2', 'a3']);
    assert.deepEqual(ids('q4'), ['q4']);
    assert.deepEqual(ids(null), []);
    assert.deepEqual(ids('unknown'), []);
  });

  it('ends, whatever the parents say', () =>
    assert.equal(turnPath({ turns: [question('a', 'b', ''), answer('b', 'a', '')], head: 'a' }).length, 2));

  it('knows the alternatives of each turn', () =>
    assert.deepEqual(
      [...branchesOf(turnPath({ ...tree, head: 'a3' }), tree)],
      [
        ['q1', { at: 1, of: 2, next: 'q4' }],
        ['a3', { at: 2, of: 2, previous: 'a2' }],
      ],
    ));

  it('is the one that a turn is added to, or replaced in', () => {
    assert.equal(withTurnShown(tree, question('q5', 'a3', 'More')).head, 'q5');
    const again = withTurnShown(tree, answer('a2', 'q2', 'better'));
    assert.equal(again.turns.length, tree.turns.length);
    assert.equal(again.turns[3]?.text, 'better');
    assert.equal(again.head, 'a2');
  });
});
