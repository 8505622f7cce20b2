import type { ChatMessageText, Mention } from '../../protocol/chatMessages.ts';

/** What was said before in VS Code's chat: a question of the user's, or what the participant answered. */
export type EarlierTurn =
  | { readonly prompt: string; readonly command?: string | undefined }
  | { readonly response: readonly unknown[] };

/** Something that the user attached to a question. */
export type Reference = { readonly kind: 'file' | 'folder'; readonly path: string } | { readonly kind: 'place' };

/** As the engine reads a question: its slash command in front. */
export function questionText(prompt: string, command: string | undefined): string {
  return command === undefined ? prompt : `/${command} ${prompt}`.trimEnd();
}

/**
 * What is shown with a question: what was attached; nothing more where a command or an earlier turn says what it is about;
 * else what the index finds for it.
 */
export function attachmentsOf(
  references: readonly Reference[],
  { command, isFirst }: { readonly command: string | undefined; readonly isFirst: boolean },
): readonly Mention[] {
  if (references.length === 0) return command === undefined && isFirst ? [{ kind: 'codebase' }] : [];
  return references.map((each) => (each.kind === 'place' ? { kind: 'selection' } : each));
}

/** Without turns in which nothing was said. */
export function earlierMessages(history: readonly EarlierTurn[]): readonly ChatMessageText[] {
  return history
    .map(
      (turn): ChatMessageText =>
        'response' in turn
          ? { role: 'assistant', content: turn.response.map(markdownOf).join('') }
          : { role: 'user', content: questionText(turn.prompt, turn.command) },
    )
    .filter(({ content }) => content.trim() !== '');
}

/** A part of an answer is Markdown, or something that says nothing: a button, a file tree. */
function markdownOf(part: unknown): string {
  if (typeof part !== 'object' || part === null || !('value' in part)) return '';
  const { value } = part;
  return typeof value === 'object' && value !== null && 'value' in value && typeof value.value === 'string'
    ? value.value
    : '';
}
