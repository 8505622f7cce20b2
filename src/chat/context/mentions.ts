import type { GitWhat, Mention } from '../../protocol/chatMessages.ts';

/** A mention, and where it stands in the question: UTF-16 offsets. */
export interface FoundMention {
  readonly mention: Mention;
  readonly start: number;
  readonly end: number;
}

const quoted = /"(?:[^"\\\n]|\\.)*"/.source;
const bare = /[^\s"'`]\S*/.source;
/** Not within a word, an address or a package's name: `me@codebase`, `@types/file`. */
const mentions = new RegExp(
  `(?<![\\p{L}\\p{N}_@./-])@(?:(file|folder|symbol|git):(?:(${quoted})|(${bare}))|(codebase|selection|problems|terminal)(?![\\p{L}\\p{N}_/(-]|[.:][\\p{L}\\p{N}]))`,
  'gu',
);
/** What ends a sentence, not a path. */
const closing = '.,;:!?)]}>\'"';
/** Code within a question is code: decorators, annotations, addresses. */
const code = /^ {0,3}(`{3,}|~{3,}).*(?:\n(?! {0,3}\1).*)*(?:\n {0,3}\1.*)?|(`+)(?!`)[^\n]*?(?<!`)\2(?!`)/gm;

/** What a question names to be shown to the model, in the order of the text. */
export function findMentions(text: string): readonly FoundMention[] {
  const plain = text.replace(code, (block) => ' '.repeat(block.length));
  return Array.from(plain.matchAll(mentions)).flatMap(
    ({ 0: whole, 1: kind, 2: inQuotes, 3: word, 4: alone, index }) => {
      const value = inQuotes === undefined ? withoutClosing(word ?? '') : unquoted(inQuotes);
      const mention = alone === undefined ? mentionOf(kind, value) : wholeMention(alone);
      const end = index + whole.length - (inQuotes === undefined ? (word ?? '').length - value.length : 0);
      return mention === undefined ? [] : [{ mention, start: index, end }];
    },
  );
}

function mentionOf(kind: string | undefined, value: string): Mention | undefined {
  if (value === '') return undefined;
  if (kind === 'file' || kind === 'folder') return { kind, path: value };
  if (kind === 'symbol') return { kind, name: value };
  return isGitWhat(value) ? { kind: 'git', what: value } : undefined;
}

function wholeMention(kind: string): Mention | undefined {
  return kind === 'codebase' || kind === 'selection' || kind === 'problems' || kind === 'terminal'
    ? { kind }
    : undefined;
}

function isGitWhat(value: string): value is GitWhat {
  return value === 'diff' || value === 'staged' || value === 'commit';
}

function withoutClosing(word: string): string {
  let end = word.length;
  while (end > 0 && closing.includes(word.charAt(end - 1))) end--;
  return word.slice(0, end);
}

/** Only quotes are escaped: a path of Windows is full of backslashes. */
function unquoted(text: string): string {
  return text.slice(1, -1).replaceAll('\\"', '"');
}
