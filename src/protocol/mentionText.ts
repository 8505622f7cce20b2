import type { Mention } from './chatMessages.ts';

/** A mention as a question spells it, so that the engine finds the same in it, but for line breaks and backslashes at its end. */
export function mentionText(mention: Mention): string {
  switch (mention.kind) {
    case 'file':
    case 'folder':
      return `@${mention.kind}:${inQuotesIfNeeded(mention.path)}`;
    case 'symbol':
      return `@symbol:${inQuotesIfNeeded(mention.name)}`;
    case 'git':
      return `@git:${mention.what}`;
    case 'codebase':
    case 'selection':
    case 'problems':
    case 'terminal':
      return `@${mention.kind}`;
  }
}

/** Quotes around everything that spaces or the end of a sentence would cut. */
function inQuotesIfNeeded(value: string): string {
  const line = value.split('\n', 1)[0] ?? '';
  return /^[^\s"'`]+$/.test(line) && !/[.,;:!?)\]}>]$/.test(line)
    ? line
    : `"${line.replace(/\\+$/, '').replaceAll('"', '\\"')}"`;
}
