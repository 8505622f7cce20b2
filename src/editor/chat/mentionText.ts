import type { Mention } from '../../protocol/chatMessages.ts';
import type { Translate } from '../../protocol/problems.ts';
import type { Attachment } from './messages.ts';

/** A mention as a question spells it, so that the engine finds the same in it. */
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

/** How an attached mention is shown. `selected`: what is selected, for a selection that was attached. */
export function attachmentOf(mention: Mention, t: Translate, selected?: string): Attachment {
  return { key: mentionText(mention), kind: mention.kind, label: labelOf(mention, t, selected) };
}

function labelOf(mention: Mention, t: Translate, selected: string | undefined): string {
  switch (mention.kind) {
    case 'file':
      return mention.path;
    case 'folder':
      return `${mention.path}/`;
    case 'symbol':
      return mention.name;
    case 'git':
      return describeGit(mention.what, t);
    case 'codebase':
      return t('Codebase');
    case 'selection':
      return selected ?? t('Selection');
    case 'problems':
      return t('Problems');
    case 'terminal':
      return t('Terminal');
  }
}

export function describeGit(what: Extract<Mention, { kind: 'git' }>['what'], t: Translate): string {
  switch (what) {
    case 'diff':
      return t('Changes that are not staged');
    case 'staged':
      return t('Staged changes');
    case 'commit':
      return t('The last commit');
  }
}
