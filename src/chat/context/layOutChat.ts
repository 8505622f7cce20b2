import type { ChatTurn, PromptContents } from '../../protocol/chatMessages.ts';
import type { RoleMessage } from '../promptPart.ts';
import { endsThatFit } from './cut.ts';
import { fitHistory, leftOutNote, noteTokens } from './fitHistory.ts';
import { type CountTokens, fitItems, type GatheredItem } from './fitItems.ts';
import { withoutHidden } from './hiddenCharacters.ts';
import { questionMessage, separator } from './message.ts';

export interface ChatRequest {
  readonly system: string;
  /** Of the slash command; '' without one. */
  readonly instruction: string;
  /** What the user says, without the command. */
  readonly question: string;
  /** In the order in which they were attached. */
  readonly items: readonly GatheredItem[];
  /** The path from the first turn to the answer that the question follows. */
  readonly history: readonly ChatTurn[];
}

export interface ChatBudget {
  /** For the whole prompt: the model's context less the room for an answer. */
  readonly tokens: number;
  /** What a template adds around a message; rather more than less. */
  readonly perMessage: number;
  readonly count: CountTokens;
}

export interface ChatLayout {
  readonly messages: readonly RoleMessage[];
  readonly contents: Omit<PromptContents, 'problems'>;
}

/**
 * What goes into a prompt, by a rule that people can predict:
 *
 * 1. The system prompt, the command's instruction and the question, always; of a question that has no room alone, both ends.
 * 2. What was attached, in that order, cut at a whole line from its end where the room ends.
 * 3. Earlier turns from the newest back, whole (`fitHistory.ts`). A line says how many are left out.
 *
 * Whatever is left out is named in `contents`; it is never an error.
 */
export function layOutChat(request: ChatRequest, budget: ChatBudget): ChatLayout {
  const { system, instruction, history } = request;
  const { count, perMessage } = budget;
  const note = noteTokens(history, count);
  const fixed = count(system) + count(instruction + separator) + note + 2 * perMessage;
  const asked = endsThatFit(withoutHidden(request.question).text, (text) => fixed + count(text) <= budget.tokens);
  const always = fixed + count(asked.text);
  const context = fitItems(request.items, budget.tokens - always, count);
  const earlier = fitHistory(
    history,
    budget.tokens - always - context.tokens,
    ({ content }) => count(content) + perMessage,
    // So many characters are about a quarter of the budget.
    budget.tokens,
  );
  const question = questionMessage({ text: asked.text, instruction, context: context.items });
  return {
    messages: [
      { role: 'system', content: system },
      ...withNote([...earlier.messages, question], leftOutNote(earlier.leftOut)),
    ],
    contents: {
      items: context.items,
      leftOut: { earlierTurns: earlier.leftOut, items: context.leftOut, questionLines: asked.lines },
      promptTokens: always - (earlier.leftOut === 0 ? note : 0) + context.tokens + earlier.tokens,
      budgetTokens: budget.tokens,
    },
  };
}

/** At the beginning of the first question, where it stays as long as the same turns are left out. */
function withNote([first, ...rest]: readonly RoleMessage[], note: string): readonly RoleMessage[] {
  return first === undefined ? [] : [{ ...first, content: note + first.content }, ...rest];
}
