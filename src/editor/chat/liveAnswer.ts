import type { ChatBegan, ChatDelta, ChatTurn, Citation, Conversation } from '../../protocol/chatMessages.ts';
import { withTurnShown } from './turnPath.ts';

/** An answer while it is written. */
export interface LiveAnswer {
  readonly id: string;
  readonly question: ChatTurn;
  readonly text: string;
  readonly citations: readonly Citation[];
}

export function liveAnswer({ answer, question }: ChatBegan): LiveAnswer {
  return { id: answer, question, text: '', citations: [] };
}

export function withDelta(live: LiveAnswer, { text, citations = [] }: ChatDelta): LiveAnswer {
  return { ...live, text: live.text + text, citations: [...live.citations, ...citations] };
}

/** As a turn that is not complete. */
function turnOf({ id, question, text, citations }: LiveAnswer, atMs: number): ChatTurn {
  return { id, role: 'assistant', text, atMs, parent: question.id, ...(citations.length > 0 && { citations }) };
}

/** The conversation with what is being written in it, as the end of what is shown. */
export function withLive(conversation: Conversation, live: LiveAnswer, atMs: number): Conversation {
  return withTurnShown(withTurnShown(conversation, live.question), turnOf(live, atMs));
}
