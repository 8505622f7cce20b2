import type { ContextItem } from '../../protocol/chatMessages.ts';
import type { PlanAnswer } from '../../protocol/editMessages.ts';
import type { ChatDesk } from './chatDesk.ts';
import type { PageAction } from './messages.ts';
import type { ShownConversation } from './shownConversation.ts';

/** What can be done with an answer, and with what a prompt consists of. */
type AnswerAction = Extract<
  PageAction,
  { do: 'openCitation' | 'openContext' | 'copy' | 'insert' | 'apply' | 'applyAll' }
>;

const actions: readonly string[] = [
  'openCitation',
  'openContext',
  'copy',
  'insert',
  'apply',
  'applyAll',
] satisfies readonly AnswerAction['do'][];

export function isAnswerAction(action: PageAction): action is AnswerAction {
  return actions.includes(action.do);
}

interface Surroundings {
  readonly desk: ChatDesk;
  readonly folder: string;
  readonly shown: ShownConversation;
  /** What goes into the next prompt. */
  readonly next: readonly ContextItem[];
}

export async function useAnswer(action: AnswerAction, { desk, folder, shown, next }: Surroundings): Promise<void> {
  switch (action.do) {
    case 'openCitation': {
      const place = shown.citation(action.turn, action.at);
      return place && (await desk.openPlace(place.uri, place.startLine, place.endLine));
    }
    case 'openContext': {
      const items = action.turn === null ? next : shown.questionOf(action.turn)?.context;
      const { uri, startLine = 1, endLine = startLine } = items?.[action.at] ?? {};
      return uri === undefined ? undefined : await desk.openPlace(uri, startLine, endLine);
    }
    case 'copy':
      return await desk.copy(action.text);
    case 'insert':
      return await desk.insert(action.text);
    case 'apply': {
      const { text, info, turn } = action;
      return await desk.apply({ kind: 'code', text, info, folder, ...madeFrom(turn, shown) });
    }
    case 'applyAll': {
      const text = shown.turn(action.turn)?.text;
      if (text !== undefined) await desk.apply({ kind: 'answer', text, folder, ...madeFrom(action.turn, shown) });
      return;
    }
  }
}

/** What an answer is about, for who puts it into files. */
function madeFrom(turn: string, shown: ShownConversation): Pick<PlanAnswer, 'files' | 'model'> {
  const files = shown.questionOf(turn)?.context?.flatMap(({ path }) => path ?? []) ?? [];
  const model = shown.turn(turn)?.answeredBy?.name;
  return { files, ...(model !== undefined && { model }) };
}
