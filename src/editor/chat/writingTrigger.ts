/** Something that is being named while a question is typed. */
export interface WritingTrigger {
  readonly kind: 'command' | 'mention';
  /** What stands between the sign and the cursor. */
  readonly query: string;
  /** Where the sign stands. */
  readonly start: number;
}

/**
 * What a list of suggestions would complete at the cursor: a `/` at the very start, an `@` at the start of a word.
 * Undefined elsewhere: in addresses, paths, and after what is complete already.
 */
export function writingTrigger(text: string, cursor: number): WritingTrigger | undefined {
  const before = text.slice(0, cursor);
  const [command, name] = /^\s*\/([a-z0-9-]*)$/i.exec(before) ?? [];
  if (command !== undefined && name !== undefined)
    return { kind: 'command', query: name, start: cursor - name.length - 1 };
  const [, mention] = /(?<![\p{L}\p{N}_@./-])@((?:(?:file|folder|symbol):"[^"\n]*)|[^\s@"'`]*)$/u.exec(before) ?? [];
  return mention === undefined ? undefined : { kind: 'mention', query: mention, start: cursor - mention.length - 1 };
}

/** The text with a suggestion in the place of what was typed of it, and where the cursor is then. */
export function withSuggestion(
  text: string,
  { start }: WritingTrigger,
  cursor: number,
  insert: string,
): { readonly text: string; readonly cursor: number } {
  // After `@file:` the name comes at once; after everything else, the next word.
  const gap = insert.endsWith(':') || /^\s/.test(text.slice(cursor)) ? '' : ' ';
  const head = text.slice(0, start) + insert + gap;
  return { text: head + text.slice(cursor), cursor: head.length };
}
