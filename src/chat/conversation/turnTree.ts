import type { ChatTurn, Conversation } from '../../protocol/chatMessages.ts';

/**
 * A conversation is a tree: a question asked anew, or answered anew, is an alternative beside the first one, and nothing
 * is lost. What is shown is the path from a root to the head. Everything here returns a new conversation.
 *
 *     question ─ answer ─ question ─ answer    <- head
 *                  └ answer' (again)
 *     question' (edited) ─ answer
 */

/**
 * With a turn added, which becomes the head. The same turn again replaces what was there, so that a long answer can be
 * kept while it grows; the head stays then. Throws a `RangeError` when the parent is unknown, or no turn that this one
 * can follow: a question follows nothing or an answer, an answer follows a question.
 */
export function withTurn(conversation: Conversation, turn: ChatTurn): Conversation {
  const { turns } = conversation;
  const at = turns.findIndex(({ id }) => id === turn.id);
  const parent = turn.parent === null ? undefined : requireTurn(conversation, turn.parent);
  if (parent?.role === turn.role || (parent === undefined && turn.role === 'assistant'))
    throw new RangeError(`The ${turn.role}'s turn ${turn.id} cannot follow ${parent?.id ?? 'nothing'}.`);
  const changedMs = Math.max(conversation.changedMs, turn.atMs);
  if (at === -1) return { ...conversation, changedMs, turns: [...turns, turn], head: turn.id };
  if (turns[at]?.parent !== turn.parent) throw new RangeError(`The turn ${turn.id} cannot move to another place.`);
  return { ...conversation, changedMs, turns: turns.with(at, turn) };
}

/** From the first question to a turn, the head unless another is named. Throws a `RangeError` for an unknown turn. */
export function pathTo(conversation: Conversation, id: string | null = conversation.head): readonly ChatTurn[] {
  const turns = turnsById(conversation);
  const path: ChatTurn[] = [];
  // A parent is always there before its child, so this ends: see `conversationOf` for what files claim.
  for (let at = id; at !== null; ) {
    const turn = turns.get(at);
    if (turn === undefined) throw new RangeError(`There is no turn ${at}.`);
    path.push(turn);
    at = turn.parent;
  }
  return path.toReversed();
}

/** A turn and its alternatives, in the order in which they were said. Throws a `RangeError` for an unknown turn. */
export function siblingsOf(conversation: Conversation, id: string): readonly ChatTurn[] {
  const { parent } = requireTurn(conversation, id);
  return conversation.turns.filter((turn) => turn.parent === parent);
}

/**
 * With the branch of a turn shown: the head is what was said last below it, or the turn itself. Throws a `RangeError` for
 * an unknown turn.
 */
export function withBranch(conversation: Conversation, id: string): Conversation {
  requireTurn(conversation, id);
  const below = new Set([id]);
  let head = id;
  for (const turn of conversation.turns)
    if (turn.parent !== null && below.has(turn.parent)) {
      below.add(turn.id);
      head = turn.id;
    }
  return { ...conversation, head };
}

/** The question that an answer answers, or that is asked itself: where `again` starts. Throws a `RangeError`. */
export function questionOf(conversation: Conversation, id: string): ChatTurn {
  const turn = requireTurn(conversation, id);
  return turn.parent === null || turn.role === 'user' ? turn : requireTurn(conversation, turn.parent);
}

function requireTurn({ turns }: Conversation, id: string): ChatTurn {
  const turn = turns.find((each) => each.id === id);
  if (turn === undefined) throw new RangeError(`There is no turn ${id}.`);
  return turn;
}

function turnsById({ turns }: Conversation): ReadonlyMap<string, ChatTurn> {
  return new Map(turns.map((turn) => [turn.id, turn]));
}
