import type { ChatMessageText } from '../../protocol/chatMessages.ts';

/** A message as VS Code hands it over: parts of many kinds, of which those with text matter here. */
export interface GivenMessage {
  readonly role: number;
  readonly content: readonly unknown[];
}

const assistantRole = 2;
/** Not in the stable API: what VS Code's own chat says before everything else. */
const systemRole = 3;

/**
 * What a model is told: system messages at the start together, one message per turn, none without words. Results of tools
 * are part of what the user says, since models here call none.
 */
export function messagesOf(given: readonly GivenMessage[]): readonly ChatMessageText[] {
  const told = given
    .map(({ role, content }) => ({ role: roleOf(role), content: content.map(textOfPart).join('') }))
    .filter(({ content }) => content.trim() !== '');
  const firstTurn = told.findIndex(({ role }) => role !== 'system');
  const start = firstTurn === -1 ? told.length : firstTurn;
  const system = told.slice(0, start).map(({ content }) => content);
  const turns = told
    .slice(start)
    .map((message) => (message.role === 'system' ? { ...message, role: 'user' as const } : message));
  return [
    ...(system.length === 0 ? [] : [{ role: 'system' as const, content: system.join('\n\n') }]),
    ...turns.reduce<ChatMessageText[]>(withMessage, []),
  ];
}

/** Templates want turns to alternate. */
function withMessage(before: ChatMessageText[], message: ChatMessageText): ChatMessageText[] {
  const last = before.at(-1);
  if (last?.role !== message.role) return [...before, message];
  return [...before.slice(0, -1), { ...last, content: `${last.content}\n\n${message.content}` }];
}

function roleOf(role: number): ChatMessageText['role'] {
  return role === assistantRole ? 'assistant' : role === systemRole ? 'system' : 'user';
}

/** Of a text part its text, of a tool's result the texts in it, of others nothing. */
export function textOfPart(part: unknown): string {
  if (typeof part === 'string') return part;
  if (typeof part !== 'object' || part === null) return '';
  if ('value' in part && typeof part.value === 'string') return part.value;
  return 'content' in part && Array.isArray(part.content) ? part.content.map(textOfPart).join('') : '';
}
