import { commandNamed, type Command, parseCommand } from '../../chat/context/commands.ts';
import { findMentions } from '../../chat/context/mentions.ts';
import type { Mention } from '../../protocol/chatMessages.ts';

/** What a question asks for, once its slash command is taken off. */
export interface Question {
  readonly text: string;
  readonly command?: string;
  /** What the command tells the model; '' without one. */
  readonly instruction: string;
  /** What is to be shown with it: the command's own, what the text names, what was attached by hand. */
  readonly mentions: readonly Mention[];
}

/** Reads a question as it was typed. One that begins with a slash and names no command is a question like any other. */
export function readQuestion(
  typed: string,
  attachments: readonly Mention[],
  ofWorkspace: readonly Command[],
): Question {
  const parsed = parseCommand(typed);
  const command = parsed && commandNamed(parsed.name, ofWorkspace);
  const text = parsed !== undefined && command !== undefined ? parsed.rest : typed;
  return {
    text,
    ...(command === undefined ? {} : { command: command.name }),
    instruction: command?.instruction ?? '',
    mentions: [...(command?.attaches ?? []), ...findMentions(text).map(({ mention }) => mention), ...attachments],
  };
}
