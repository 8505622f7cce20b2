import type { CommandSummary, Mention } from '../../protocol/chatMessages.ts';

/** What may be typed in front of a question: `/fix the second loop`. */
export interface Command extends CommandSummary {
  /** What it attaches by itself, before what the question names. `selection` is the file in front where nothing is selected. */
  readonly attaches: readonly Mention[];
  /** What it tells the model, before the question; '' tells it nothing. */
  readonly instruction: string;
}

const selection: Mention = { kind: 'selection' };

/** `clear` begins a new conversation, and is answered by no model. */
export const builtInCommands: readonly Command[] = [
  {
    name: 'explain',
    source: 'builtIn',
    description: 'Explain the selected code',
    attaches: [selection],
    instruction: 'Explain the attached code: what it is for, then how it works, then what may surprise.',
  },
  {
    name: 'fix',
    source: 'builtIn',
    description: 'Fix the problems of the selected code',
    attaches: [selection, { kind: 'problems' }],
    instruction:
      'Find what is wrong with the attached code and fix it with the smallest change. Say first what was wrong, in one sentence.',
  },
  {
    name: 'tests',
    source: 'builtIn',
    description: 'Write tests for the selected code',
    attaches: [selection],
    instruction:
      'Write tests for the attached code, with the framework and in the style of the project. Cover the cases at the edges.',
  },
  {
    name: 'doc',
    source: 'builtIn',
    description: 'Write documentation comments for the selected code',
    attaches: [selection],
    instruction: 'Write documentation comments for the attached code: what a caller must know. Change nothing else.',
  },
  {
    name: 'refactor',
    source: 'builtIn',
    description: 'Improve the structure of the selected code',
    attaches: [selection],
    instruction: 'Make the attached code simpler without changing what it does. Say first what gets better.',
  },
  {
    name: 'review',
    source: 'builtIn',
    description: 'Review the changes that are not committed',
    attaches: [
      { kind: 'git', what: 'diff' },
      { kind: 'git', what: 'staged' },
    ],
    instruction:
      'Review the attached changes. List what is wrong or risky, the worst first, each with its place; say nothing about what is fine.',
  },
  {
    name: 'commit',
    source: 'builtIn',
    description: 'Write a commit message for the staged changes',
    attaches: [{ kind: 'git', what: 'staged' }],
    instruction:
      'Write a commit message for the attached changes: one line in the imperative with at most 72 characters, an empty line, then why. Answer with the message alone.',
  },
  {
    name: 'clear',
    source: 'builtIn',
    description: 'Begin a new conversation',
    attaches: [],
    instruction: '',
  },
];

/** Names of commands: short enough to be typed, and no paths. */
export const commandName = /^[a-z][a-z0-9-]{0,31}$/;

/** The command that a text begins with, and what is said after it. Undefined for other texts, such as `/usr/bin is full`. */
export function parseCommand(text: string): { readonly name: string; readonly rest: string } | undefined {
  const [, name, rest = ''] = /^\s*\/([a-z][a-z0-9-]{0,31})(?:\s+([^]*))?$/.exec(text) ?? [];
  return name === undefined ? undefined : { name, rest: rest.trimEnd() };
}

/** A workspace cannot change what a built-in command does. */
export function commandNamed(name: string, ofWorkspace: readonly Command[]): Command | undefined {
  return [...builtInCommands, ...ofWorkspace].find((command) => command.name === name);
}
