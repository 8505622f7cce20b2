import type { CommandSummary, GitWhat, Mention } from '../../protocol/chatMessages.ts';
import type { Translate } from '../../protocol/problems.ts';
import { mentionText } from '../../protocol/mentionText.ts';
import { describeGit } from './attachmentText.ts';
import type { Suggestion } from './messages.ts';

/** Where names come from; all answers are the best first, and may be empty. */
export interface MentionSource {
  files(query: string): Promise<readonly string[]>;
  folders(query: string): Promise<readonly string[]>;
  symbols(query: string): Promise<readonly NamedSymbol[]>;
}

interface NamedSymbol {
  readonly name: string;
  /** Where it is declared, for people. */
  readonly place: string;
}

const maxSuggestions = 20;
const gitWhats: readonly GitWhat[] = ['diff', 'staged', 'commit'];

/** What can follow an `@`: `query` is what stands between it and the cursor. */
export async function mentionSuggestions(
  query: string,
  source: MentionSource,
  t: Translate,
): Promise<readonly Suggestion[]> {
  const [, kind = '', rest = ''] = /^(file|folder|symbol|git):"?(.*)$/s.exec(query) ?? [];
  switch (kind) {
    case 'file':
      return fileSuggestions(await source.files(rest));
    case 'folder':
      return (await source.folders(rest))
        .slice(0, maxSuggestions)
        .map((path) => suggest({ kind: 'folder', path }, `${path}/`));
    case 'symbol':
      return (await source.symbols(rest))
        .slice(0, maxSuggestions)
        .map(({ name, place }) => suggest({ kind: 'symbol', name }, name, place));
    case 'git':
      return gitSuggestions(t).filter(({ insert }) => insert.startsWith(`@git:${rest}`));
    default: {
      const typed = query.toLowerCase();
      const kinds = kindSuggestions(t).filter(({ insert }) => insert.slice(1).startsWith(typed));
      const files = typed === '' ? [] : fileSuggestions(await source.files(query));
      return [...kinds, ...files].slice(0, maxSuggestions);
    }
  }
}

/** What can follow a `/` at the start: commands whose name begins so. Those of Hearth have words in the user's language. */
export function commandSuggestions(
  query: string,
  commands: readonly CommandSummary[],
  t: Translate,
): readonly Suggestion[] {
  return commands
    .filter(({ name }) => name.startsWith(query.toLowerCase()))
    .map((command) => ({
      label: `/${command.name}`,
      detail: (command.source === 'builtIn' && describeCommand(command.name, t)) || command.description,
      insert: `/${command.name}`,
    }));
}

function kindSuggestions(t: Translate): readonly Suggestion[] {
  return [
    { label: '@file:', detail: t('A file of the workspace'), insert: '@file:' },
    { label: '@folder:', detail: t('The files of a folder'), insert: '@folder:' },
    { label: '@symbol:', detail: t('A function, class or other name'), insert: '@symbol:' },
    suggest({ kind: 'codebase' }, '@codebase', t('What the index finds for the question')),
    suggest({ kind: 'selection' }, '@selection', t('What is selected in the editor')),
    suggest({ kind: 'problems' }, '@problems', t('Errors and warnings of the file in front')),
    ...gitSuggestions(t),
    suggest({ kind: 'terminal' }, '@terminal', t('What the last command in the terminal printed')),
  ];
}

function gitSuggestions(t: Translate): readonly Suggestion[] {
  return gitWhats.map((what) => suggest({ kind: 'git', what }, `@git:${what}`, describeGit(what, t)));
}

function fileSuggestions(paths: readonly string[]): readonly Suggestion[] {
  return paths.slice(0, maxSuggestions).map((path) => {
    const at = path.lastIndexOf('/');
    return suggest({ kind: 'file', path }, path.slice(at + 1), path.slice(0, Math.max(0, at)));
  });
}

function suggest(mention: Mention, label: string, detail?: string): Suggestion {
  return { label, insert: mentionText(mention), ...(detail !== undefined && detail !== '' && { detail }) };
}

function describeCommand(name: string, t: Translate): string | undefined {
  switch (name) {
    case 'explain':
      return t('Explain the selected code');
    case 'fix':
      return t('Fix the problems of the selected code');
    case 'tests':
      return t('Write tests for the selected code');
    case 'doc':
      return t('Write documentation comments for the selected code');
    case 'refactor':
      return t('Improve the structure of the selected code');
    case 'review':
      return t('Review the changes that are not committed');
    case 'commit':
      return t('Write a commit message for the staged changes');
    case 'clear':
      return t('Begin a new conversation');
    default:
      return undefined;
  }
}
