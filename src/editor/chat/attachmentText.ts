import type { Mention } from '../../protocol/chatMessages.ts';
import { mentionText } from '../../protocol/mentionText.ts';
import type { Translate } from '../../protocol/problems.ts';
import type { Attachment } from './messages.ts';

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
