import type { Conversation } from '../../protocol/chatMessages.ts';

/** The form in which texts are compared: composed, and in one case. */
export function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** The words of a query, folded. None: nothing is searched for. */
export function searchWords(query: string): readonly string[] {
  return folded(query)
    .split(/\s+/u)
    .filter((word) => word !== '');
}

/** All that is searched of a conversation: its title and what was said, not what was attached. */
export function searchedText({ title, turns }: Pick<Conversation, 'title' | 'turns'>): string {
  return folded([title, ...turns.map(({ text }) => text)].join('\n'));
}
