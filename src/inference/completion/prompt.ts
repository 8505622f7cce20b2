import type { PromptPart } from '../generate.ts';
import type { Anchor } from './anchor.ts';
import { firstLines } from './context/firstLines.ts';
import type { FimFormat } from './fimFormats.ts';
import type { Situation } from './situation.ts';
import type { Snippet } from './types.ts';

/**
 * The prompt for an anchor, in the model's own format. What changes least comes first: other files, then this file.
 * The typed text is not in it; the host appends it.
 */
export function layOutPrompt(
  anchor: Anchor,
  situation: Pick<Situation, 'path' | 'languageId'>,
  format: FimFormat,
  suffixCharacters: number,
): readonly PromptPart[] {
  const examples = format.fileSeparator === undefined ? asComments(anchor.snippets, situation.languageId) : '';
  const prefix = [{ control: format.prefix }, { text: examples + anchor.head.slice(anchor.windowStart) }];
  const suffix = [{ control: format.suffix }, { text: firstLines(anchor.below, suffixCharacters) }];
  const middle = format.middle === undefined ? [] : [{ control: format.middle }];
  const file = format.order === 'prefixFirst' ? [...prefix, ...suffix] : [...suffix, ...prefix];
  return [...otherFiles(anchor.snippets, situation, format), ...file, ...middle].filter(isNotEmpty);
}

/**
 * Other files' code before this file's. Models that know the repo-level format get it; the others read it as comments
 * at the top of the file, the way people paste examples.
 */
function otherFiles(
  snippets: readonly Snippet[],
  situation: Pick<Situation, 'path' | 'languageId'>,
  format: FimFormat,
): readonly PromptPart[] {
  if (snippets.length === 0 || format.fileSeparator === undefined) return [];
  const separator = { control: format.fileSeparator };
  const repository = format.repository === undefined ? [] : [{ control: format.repository }, { text: 'workspace\n' }];
  const files = snippets.flatMap((snippet) => [separator, { text: `${snippet.path}\n${snippet.text}\n` }]);
  return [...repository, ...files, separator, { text: `${situation.path}\n` }];
}

function asComments(snippets: readonly Snippet[], languageId: string): string {
  const mark = commentMarks[languageId] ?? '//';
  return snippets
    .map((snippet) =>
      [`Path: ${snippet.path}`, ...snippet.text.split('\n')].map((line) => `${mark} ${line}\n`).join(''),
    )
    .join('');
}

const commentMarks: Readonly<Record<string, string>> = {
  python: '#',
  ruby: '#',
  shellscript: '#',
  powershell: '#',
  yaml: '#',
  toml: '#',
  ini: ';',
  sql: '--',
  lua: '--',
  haskell: '--',
};

function isNotEmpty(part: PromptPart): boolean {
  return 'control' in part || part.text !== '';
}
