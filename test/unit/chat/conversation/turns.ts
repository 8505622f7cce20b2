import fc from 'fast-check';
import { withTurn } from '../../../../src/chat/conversation/turnTree.ts';
import type { ChatTurn, Conversation } from '../../../../src/protocol/chatMessages.ts';

export const empty: Conversation = {
  folder: 'file:///project',
  id: 'c1',
  title: 'A question',
  createdMs: 1000,
  changedMs: 1000,
  turns: [],
  head: null,
};

export function question(id: string, parent: string | null, text = `question ${id}`): ChatTurn {
  return { id, role: 'user', text, atMs: 2000, parent };
}

export function answer(id: string, parent: string, text = `answer ${id}`): ChatTurn {
  return { id, role: 'assistant', text, atMs: 3000, parent };
}

export function conversationWith(...turns: readonly ChatTurn[]): Conversation {
  return turns.reduce(withTurn, empty);
}

/** Turns that can follow each other, each hung below an earlier one that chance chose. */
export function anyConversation(maxTurns = 30): fc.Arbitrary<Conversation> {
  return fc.array(fc.record({ choice: fc.nat(), text: fc.string() }), { maxLength: maxTurns }).map((steps) =>
    steps.reduce((conversation, { choice, text }, at) => {
      const places = [null, ...conversation.turns];
      const parent = places[choice % places.length] ?? null;
      const id = `t${at}`;
      return withTurn(
        conversation,
        parent?.role === 'user' ? answer(id, parent.id, text) : question(id, parent?.id ?? null, text),
      );
    }, empty),
  );
}
