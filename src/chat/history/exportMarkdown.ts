import type { ChatTurn, Conversation } from '../../protocol/chatMessages.ts';
import { pathTo } from '../conversation/turnTree.ts';

/** What is shown of a conversation, for reading elsewhere. What was attached is named, not repeated. */
export function exportMarkdown(conversation: Conversation): string {
  const head = [`# ${heading(conversation.title)}`, new Date(conversation.createdMs).toISOString().slice(0, 10)];
  return `${[...head, ...pathTo(conversation).flatMap(turnMarkdown)].join('\n\n')}\n`;
}

function turnMarkdown(turn: ChatTurn): readonly string[] {
  const { text, command, context = [], stopped, answeredBy } = turn;
  const attached = context.map(({ label }) => inlineCode(label)).join(', ');
  return [
    turn.role === 'user'
      ? '## Question'
      : `## Answer${answeredBy === undefined ? '' : ` (${heading(answeredBy.name)})`}`,
    ...(attached === '' ? [] : [`Attached: ${attached}`]),
    [...(command === undefined ? [] : [`/${command}`]), closed(text.trim())].join(' ').trim(),
    ...(stopped === true ? ['(stopped)'] : []),
  ].filter((paragraph) => paragraph !== '');
}

/** An answer that was stopped within a code block would take what follows into it. */
function closed(text: string): string {
  let open: string | undefined;
  for (const [, marks = '', info = ''] of text.matchAll(/^ {0,3}(`{3,}|~{3,})(.*)$/gm))
    if (open === undefined) open = marks;
    else if (marks.startsWith(open) && info.trim() === '') open = undefined;
  return open === undefined ? text : `${text}\n${open}`;
}

function heading(text: string): string {
  return text.replace(/[\\`*_[\]<>#]/g, '\\$&').replace(/\s+/gu, ' ');
}

function inlineCode(text: string): string {
  const marks = '`'.repeat(1 + Math.max(0, ...Array.from(text.matchAll(/`+/g), ([found]) => found.length)));
  const padding = text.includes('`') ? ' ' : '';
  return `${marks}${padding}${text.replace(/\s+/gu, ' ')}${padding}${marks}`;
}
