import { parse } from 'yaml';
import { isRecord } from '../../base/isRecord.ts';
import { errorText } from '../../base/logger.ts';
import type { Mention } from '../../protocol/chatMessages.ts';
import type { Problem } from '../../protocol/problems.ts';
import { builtInCommands, type Command, commandName } from './commands.ts';
import { withoutHidden } from './hiddenCharacters.ts';
import { findMentions } from './mentions.ts';

const maxCharacters = 20_000;
const maxDescription = 200;
const maxAttached = 20;

/**
 * A command of the workspace, from a file of `.hearth/prompts/`:
 *
 *     ---
 *     name: changelog              # the file's name, without it
 *     description: Write an entry for the change log
 *     context: [git:staged, file:CHANGELOG.md]
 *     ---
 *     Write an entry for the attached changes, in the style of the file.
 *
 * `path` is shown when something is wrong with it.
 */
export function parsePromptFile(
  path: string,
  text: string,
): { readonly command: Command } | { readonly problem: Problem } {
  try {
    return { command: readCommand(path, text) };
  } catch (cause) {
    // The parser of YAML shows the place in further lines.
    return { problem: { code: 'prompt.invalid', path, reason: errorText(cause).split('\n', 1)[0] ?? '' } };
  }
}

function readCommand(path: string, text: string): Command {
  if (text.length > maxCharacters) throw new Error(`more than ${maxCharacters} characters`);
  const [, header = '', body = ''] = /^---[^\S\n]*\n(?:([^]*?)\n)?---[^\S\n]*(?:\n([^]*))?$/.exec(
    withoutHidden(text).text,
  ) ?? ['', '', withoutHidden(text).text];
  // Aliases can make a small file large; front matter needs none.
  const fields: unknown = parse(header, { maxAliasCount: 0, logLevel: 'error' }) ?? {};
  if (!isRecord(fields)) throw new Error('the front matter is no list of fields');
  const name = fields['name'] ?? fileName(path);
  if (typeof name !== 'string' || !commandName.test(name))
    throw new Error('name: lower-case letters, digits and hyphens, at most 32');
  if (builtInCommands.some((command) => command.name === name)) throw new Error(`name: /${name} exists already`);
  const description = fields['description'] ?? '';
  if (typeof description !== 'string') throw new Error('description: not a text');
  const instruction = body.trim();
  if (instruction === '') throw new Error('no instruction below the front matter');
  return {
    name,
    source: 'workspace',
    description: description.replace(/\s+/g, ' ').trim().slice(0, maxDescription),
    attaches: readContext(fields['context'] ?? []),
    instruction,
  };
}

function readContext(value: unknown): readonly Mention[] {
  if (!Array.isArray(value) || value.length > maxAttached)
    throw new Error(`context: not a list of at most ${maxAttached}`);
  return value.map((each: unknown) => {
    const text = `@${typeof each === 'string' ? each.replace(/^@/, '') : ''}`;
    const [found] = findMentions(text);
    if (found?.end !== text.length || found.start !== 0)
      throw new Error(`context: ${JSON.stringify(each)} is not one of ${examples}`);
    return found.mention;
  });
}

const examples =
  'file:README.md, folder:src, symbol:main, git:diff, git:staged, git:commit, codebase, selection, problems, terminal';

/** Without folders and `.md`, as a command could be called. */
function fileName(path: string): string {
  return (path.split(/[/\\]/).at(-1) ?? '')
    .replace(/\.md$/i, '')
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
}
