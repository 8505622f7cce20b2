import type { RoleMessage } from '../promptPart.ts';

/** A way to hand messages to a template. */
export interface Arrangement {
  readonly id: string;
  readonly arrange: (messages: readonly RoleMessage[]) => readonly RoleMessage[];
  /** What it sets beside the messages. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/**
 * Tried in this order, once per template, until one suits it (`chatTemplate.ts`):
 *
 * - Most templates take messages as they are.
 * - Some raise an exception unless user and assistant alternate: neighbours of one role become one message.
 * - Gemma 2 and StarCoder2 raise one for a system message, Phi-3 leaves it out without a word, Mistral 7B and Nemo move
 *   it to the newest question, so that no cached token after it can be used again. Their system message becomes the
 *   beginning of the first question.
 * - Hermes and Command R go over the tools without asking whether there are any, which Jinja lets pass.
 */
export const arrangements: readonly Arrangement[] = [
  { id: 'asIs', arrange: (messages) => messages },
  { id: 'alternating', arrange: withoutNeighbours },
  { id: 'systemInQuestion', arrange: systemInQuestion },
  { id: 'systemInQuestionAlternating', arrange: (messages) => withoutNeighbours(systemInQuestion(messages)) },
  { id: 'emptyTools', arrange: (messages) => messages, variables: { tools: [] } },
];

function withoutNeighbours(messages: readonly RoleMessage[]): readonly RoleMessage[] {
  const result: RoleMessage[] = [];
  for (const message of messages) {
    const last = result.at(-1);
    if (last?.role === message.role) result.splice(-1, 1, together(message.role, last, message));
    else result.push(message);
  }
  return result;
}

function systemInQuestion(messages: readonly RoleMessage[]): readonly RoleMessage[] {
  const [system, question, ...rest] = messages;
  if (system?.role !== 'system') return messages;
  if (question?.role !== 'user') return [{ ...system, role: 'user' }, ...messages.slice(1)];
  return [together('user', system, question), ...rest];
}

function together(role: RoleMessage['role'], ...messages: readonly RoleMessage[]): RoleMessage {
  return { role, content: messages.map(({ content }) => content).join('\n\n') };
}
