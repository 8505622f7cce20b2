import type { ChatTurn, Conversation } from '../../protocol/chatMessages.ts';
import type { Branch } from './messages.ts';

type Turns = Pick<Conversation, 'turns' | 'head'>;

/** From the first question to the head. Empty where the head is unknown. */
export function turnPath({ turns, head }: Turns): readonly ChatTurn[] {
  const byId = new Map(turns.map((turn) => [turn.id, turn]));
  const path: ChatTurn[] = [];
  // A loop, which the engine never sends, would end when every turn was seen.
  for (let id = head; id !== null && path.length < turns.length; ) {
    const turn = byId.get(id);
    if (!turn) break;
    path.push(turn);
    id = turn.parent;
  }
  return path.toReversed();
}

/** Where turns stand among those with the same parent; those without alternatives are left out. */
export function branchesOf(shown: readonly ChatTurn[], { turns }: Turns): ReadonlyMap<string, Branch> {
  const parents = new Set(shown.map(({ parent }) => parent));
  const families = new Map<string | null, string[]>();
  for (const { id, parent } of turns) {
    if (!parents.has(parent)) continue;
    const family = families.get(parent);
    if (family) family.push(id);
    else families.set(parent, [id]);
  }
  const branches = shown.map(({ id, parent }) => [id, branchIn(families.get(parent) ?? [], id)] as const);
  return new Map(branches.filter(([, { of }]) => of > 1));
}

function branchIn(family: readonly string[], id: string): Branch {
  const at = family.indexOf(id);
  const [previous, next] = [family[at - 1], family[at + 1]];
  return {
    at: at + 1,
    of: family.length,
    ...(previous !== undefined && { previous }),
    ...(next !== undefined && { next }),
  };
}

/** With a turn added, or in the place of the one with its id, and as the head. */
export function withTurnShown<C extends Turns>(conversation: C, turn: ChatTurn): C {
  const at = conversation.turns.findIndex(({ id }) => id === turn.id);
  const turns = at === -1 ? [...conversation.turns, turn] : conversation.turns.with(at, turn);
  return { ...conversation, turns, head: turn.id };
}
