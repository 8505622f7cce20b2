import { posix } from 'node:path';
import type { ContextSnippet, LastContext } from '../protocol/indexMessages.ts';
import type { Translate } from '../protocol/problems.ts';
import { escapeMarkdown } from './formats.ts';
import { describeReasons } from './searchReasons.ts';

/** A place that the page names. Lines count from 0. */
export interface Place {
  readonly uri?: string;
  readonly path: string;
  readonly line?: number;
}

/** What the last completion was given, as a Markdown page. All of it is text from outside: nothing of it may do anything. */
export function contextPage(
  completion: NonNullable<LastContext['completion']>,
  linkOf: (place: Place) => string | undefined,
  t: Translate,
): string {
  const { snippets } = completion;
  const parts = [
    `# ${t('Hearth: why this context')}`,
    t('Completion at {0}.', placeText(completion, linkOf)),
    countText(snippets.length, t),
    ...snippets.flatMap((snippet, at) => [
      `## ${at + 1}. ${placeText(placeOf(snippet), linkOf)}`,
      reasonText(snippet, t),
      fenced(snippet),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function countText(snippets: number, t: Translate): string {
  if (snippets === 0) return t('The model was given the code around the cursor and nothing else.');
  if (snippets === 1) return t('Beside the code around the cursor the model was given one piece of other code.');
  return t('Beside the code around the cursor the model was given {0} pieces of other code, in this order.', snippets);
}

/** The code as a block that none of its lines can end: its fence is longer than any run of backticks in it. */
export function fenced({ path, text }: { readonly path: string; readonly text: string }): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  // The Markdown preview knows most languages by the end of their files' names.
  const language = /\.([A-Za-z0-9]{1,12})$/.exec(path)?.[1] ?? '';
  return `${fence}${language}\n${text.replace(/\r\n?/g, '\n').replace(/\n$/, '')}\n${fence}`;
}

function placeOf({ uri, path, startLine }: ContextSnippet): Place {
  return { path, ...(uri !== undefined && { uri }), ...(startLine !== undefined && { line: startLine }) };
}

/** `[src/a.ts:12](/src/a.ts#L12)`, or only the text where nothing can be opened. */
function placeText(place: Place, linkOf: (place: Place) => string | undefined): string {
  const name = escapeMarkdown(place.line === undefined ? place.path : `${place.path}:${place.line + 1}`);
  const link = linkOf(place);
  if (link === undefined) return name;
  const target = place.line === undefined ? link : `${link}#L${place.line + 1}`;
  return `[${name}](${target})`;
}

/**
 * `/src/a%20b.ts`: how Markdown calls a file, from the folder that a leading slash means. Absolute paths with slashes;
 * nothing in the result is Markdown.
 */
export function markdownLink(folder: string, file: string): string {
  return `/${posix.relative(folder, file).split('/').map(encode).join('/')}`;
}

/** `encodeURIComponent` leaves some of Markdown's characters as they are. */
const encode = (name: string) => encodeURIComponent(name).replace(/[!'()*~_]/g, percent);
const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

function reasonText({ source, reasons }: ContextSnippet, t: Translate): string {
  const parts = [describeSource(source, t), describeReasons(reasons, t)];
  return escapeMarkdown(parts.filter(Boolean).join(' · '));
}

/** The context sources by their names; one that is not known here is shown by its name. */
function describeSource(source: string, t: Translate): string {
  switch (source) {
    case 'importedDeclarations':
      return t('Declared in a file that is imported here');
    case 'openTabs':
      return t('From another open file');
    case 'recentEdits':
      return t('Edited a moment ago');
    case 'index':
      return t('From the workspace index');
    default:
      return source;
  }
}
