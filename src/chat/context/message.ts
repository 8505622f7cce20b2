import type { ChatTurn, ContextItem } from '../../protocol/chatMessages.ts';
import type { RoleMessage } from '../promptPart.ts';
import { fenced } from './fence.ts';
import { withoutHidden } from './hiddenCharacters.ts';
import { dataHeading } from './systemPrompt.ts';

const between = '\n\n';

/** What a question says to a model. Made of what is kept of the turn, so a later prompt has the same text in its history. */
export function questionMessage(question: Pick<ChatTurn, 'text' | 'instruction' | 'context'>): RoleMessage {
  const { context = [], instruction = '', text } = question;
  const asked = withoutHidden(text).text;
  const data = context.length === 0 ? [] : [dataHeading, ...context.map(itemBlock)];
  return { role: 'user', content: [...data, instruction, asked].filter((piece) => piece !== '').join(between) };
}

/** What an answer said. What was found without a model is no answer of a model's: it would be taken for its own words. */
export function answerMessage({ text, answeredBy }: ChatTurn): RoleMessage {
  return { role: 'assistant', content: answeredBy?.kind === 'search' ? '' : text };
}

/** A piece of context as the model sees it. */
export function itemBlock({
  label,
  path,
  startLine,
  endLine,
  text,
  cut,
}: Omit<ContextItem, 'kind' | 'tokens'>): string {
  const lines = startLine === undefined ? '' : `:${startLine}${endLine === undefined ? '' : `-${endLine}`}`;
  return fenced(text, `${path ?? label}${lines}${cut ? ' (the end is left out)' : ''}`);
}

/** What stands above a question's context, and between any two of its pieces: for counting. */
export const headingText = dataHeading + between;
export const separator = between;
