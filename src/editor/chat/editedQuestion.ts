import type { ChatTurn, ContextItem, Mention } from '../../protocol/chatMessages.ts';
import { mentionText } from '../../protocol/mentionText.ts';

/** A question as it goes back into the composer: its text, and what had been attached by hand. */
export interface EditedQuestion {
  readonly text: string;
  readonly attachments: readonly Mention[];
}

/** What a command attaches comes again with the command; what the text names, with the text. */
export function editedQuestion({ text, command, context = [] }: ChatTurn): EditedQuestion {
  const named = (mention: Mention) => text.includes(mentionText(mention));
  const byCommand = (mention: Mention) =>
    command !== undefined && ['selection', 'problems', 'git'].includes(mention.kind);
  const mentions = context.flatMap((item) => mentionOf(item) ?? []);
  const attached = new Map(mentions.map((mention) => [mentionText(mention), mention]));
  return {
    text: command === undefined ? text : `/${command} ${text}`.trimEnd(),
    attachments: [...attached.values()].filter((mention) => !named(mention) && !byCommand(mention)),
  };
}

/** Undefined for what nobody can attach. */
function mentionOf({ kind, label, path }: ContextItem): Mention | undefined {
  switch (kind) {
    case 'file':
    case 'folder':
      return { kind, path: path ?? label };
    case 'symbol':
      return { kind, name: label };
    case 'git': {
      const what = /staged|cached/.test(label) ? 'staged' : /commit|show|HEAD/.test(label) ? 'commit' : 'diff';
      return { kind, what };
    }
    case 'codebase':
    case 'selection':
    case 'problems':
    case 'terminal':
      return { kind };
    case 'style':
      return undefined;
  }
}
