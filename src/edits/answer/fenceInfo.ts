import { isMarkedPath } from './pathNames.ts';

/** What stands behind the opening marks of a code block. */
export interface FenceInfo {
  readonly language?: string;
  readonly path?: string;
  /** It names lines: the block shows a part of the file. */
  readonly isExcerpt: boolean;
}

const attribute = /\b(?:title|file|file_?name|file_?path|path|name)\s*[=:]\s*(?:"([^"]+)"|'([^']+)'|([^\s,}]+))/i;

/** Lines of a file, in the notations of Cursor, Continue, GitHub and prose. */
const lineNumbers: readonly RegExp[] = [
  /^\s*(?:\w+\s+)?\d+:\d+:(?=\S)/,
  /\s*\((?:lines? )?\d+\s*[-–]\s*\d+\)\s*$/i,
  /#L\d+(?:-L?\d+)?\s*$/,
  /:\d+(?:-\d+)?\s*$/,
  /\s*,?\s*\blines? \d+(?:\s*[-–]\s*\d+)?\s*$/i,
];

const maxCharacters = 500;

export function readFenceInfo(info: string, known: readonly string[]): FenceInfo {
  if (info.length > maxCharacters) return { isExcerpt: false };
  let rest = info.trim();
  for (const pattern of lineNumbers) rest = rest.replace(pattern, '');
  const isExcerpt = rest !== info.trim();
  const [, double, single, bare] = attribute.exec(rest) ?? [];
  const [first = '', ...words] = rest.split(/\s+/);
  const named = double ?? single ?? bare;
  const isNamed = named !== undefined && (known.includes(named) || isMarkedPath(named));
  const path = isNamed ? named : pathOf(first, words, rest, known);
  const language = path === first ? undefined : /^[\w+#-]+/.exec(first)?.[0].toLowerCase();
  return { isExcerpt, ...(language && { language }), ...(path && { path }) };
}

/** `ts src/a.ts`, `src/a.ts`, `ts:src/a.ts`. */
function pathOf(first: string, words: readonly string[], rest: string, known: readonly string[]): string | undefined {
  const behind = rest.slice(first.length).trim();
  if (known.includes(behind)) return behind;
  if (known.includes(rest)) return rest;
  const word = words.find((each) => known.includes(each) || isMarkedPath(each));
  if (word !== undefined) return word;
  const [, afterColon = ''] = /^[\w+#-]{1,20}:(.+)$/.exec(first) ?? [];
  if (known.includes(afterColon) || isMarkedPath(afterColon)) return afterColon;
  // `Dockerfile` and `makefile` are languages as well.
  return /[./\\]/.test(first) && (known.includes(first) || isMarkedPath(first)) ? first : undefined;
}

/** Names of languages on code blocks, by the extension of their files, where the two differ. */
const languageNames: Readonly<Record<string, readonly string[]>> = {
  c: ['c'],
  cc: ['cpp', 'c++'],
  cjs: ['javascript', 'js'],
  cpp: ['cpp', 'c++'],
  cs: ['csharp', 'c#'],
  cts: ['typescript', 'ts'],
  h: ['c', 'cpp', 'c++'],
  hpp: ['cpp', 'c++'],
  htm: ['html'],
  js: ['javascript', 'jsx'],
  jsx: ['javascript', 'js', 'javascriptreact'],
  kt: ['kotlin'],
  md: ['markdown'],
  mjs: ['javascript', 'js'],
  mts: ['typescript', 'ts'],
  ps1: ['powershell', 'pwsh'],
  py: ['python', 'python3'],
  rb: ['ruby'],
  rs: ['rust'],
  sh: ['bash', 'shell', 'zsh'],
  ts: ['typescript', 'tsx'],
  tsx: ['typescript', 'ts', 'typescriptreact'],
  yaml: ['yml'],
  yml: ['yaml'],
};

/** Whether a code block of that language can be the whole of a file; one that names none can. */
export function fitsLanguage(language: string | undefined, path: string): boolean {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return language === undefined || language === extension || languageNames[extension]?.includes(language) === true;
}

export function isMarkdown({ language }: FenceInfo, path: string | undefined): boolean {
  return /^(markdown|md|mdx)$/.test(language ?? '') || /\.(md|mdx|markdown|qmd|rmd)$/i.test(path ?? '');
}
