import type { SourceCode } from '../sourceCode.ts';
import type { Trait, Vote } from '../trait.ts';
import { remarksOf } from './remarks.ts';

export const docTraits: readonly Trait[] = [
  {
    id: 'docComments',
    families: ['ecmascript', 'python', 'go', 'rust', 'java', 'c', 'csharp', 'ruby', 'php'],
    title: (t) => t('Comments on what a file offers'),
    values: {
      written: (t) => t('Comments on functions and types that others use'),
      none: (t) => t('No comments on functions and types'),
    },
    count: (source, vote) =>
      source.family === 'python' ? countDocstrings(source, vote) : countDocComments(source, vote),
    telling: 2,
    weight: 0.4,
    clear: { share: 0.7 },
  },
  {
    id: 'docTags',
    families: ['ecmascript', 'php', 'java'],
    title: (t) => t('Parameters in doc comments'),
    values: {
      tags: (t) => t('Doc comments with {0} and {1}', '@param', '@returns'),
      prose: (t) => t('Doc comments in prose, without tags'),
    },
    count: (source, vote) => {
      for (const { isDoc, text, start } of remarksOf(source))
        if (isDoc) vote(/^\s*@(?:param|returns?|arg)\b/m.test(text) ? 'tags' : 'prose', start);
    },
    telling: 1,
    clear: { share: 0.75 },
  },
  {
    id: 'docstrings',
    families: ['python'],
    title: (t) => t('Style of docstrings'),
    values: {
      google: (t) => t('Docstrings in the style of {0}', 'Google'),
      numpy: (t) => t('Docstrings in the style of {0}', 'NumPy'),
      sphinx: (t) => t('Docstrings in the style of {0}', 'Sphinx (reST)'),
      plain: (t) => t('Docstrings without sections'),
    },
    count: ({ text, strings }, vote) => {
      for (const { start, end, quote } of strings) {
        if (quote.length !== 3) continue;
        const inside = text.slice(start, end);
        const style = docstringStyle(inside);
        if (style !== undefined) vote(style, start);
      }
    },
    telling: 2,
    clear: { places: 5 },
  },
];

/** Undefined for one that would be the same in every style: a sentence or two. */
function docstringStyle(text: string): string | undefined {
  if (/^[ \t]*(?:Args|Arguments|Returns|Raises|Yields|Attributes):[ \t]*$/m.test(text)) return 'google';
  if (/^[ \t]*(?:Parameters|Returns|Raises|Yields|Attributes)[ \t]*\n[ \t]*-{3,}/m.test(text)) return 'numpy';
  if (/^[ \t]*:(?:param|type|returns?|rtype|raises)\b/m.test(text)) return 'sphinx';
  return text.split('\n').length > 5 ? 'plain' : undefined;
}

/** What a file offers, at the beginnings of lines, and what the line above it ends with when it is documented. */
const offered: Readonly<Record<string, { readonly head: RegExp; readonly above: RegExp }>> = {
  ecmascript: {
    head: /^export\s+(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function|class|interface)\b/gm,
    above: /\*\/\s*$/,
  },
  go: { head: /^(?:func\s+(?:\([^)\n]*\)\s*)?[A-Z]|type\s+[A-Z])/gm, above: /^\s*\/\// },
  rust: {
    head: /^[ \t]*pub\s+(?:async\s+|unsafe\s+|const\s+)*(?:fn|struct|enum|trait)\b/gm,
    above: /^\s*\/\/\/|\*\/\s*$/,
  },
  java: { head: /^[ \t]*public[ \t]+(?:[\w<>[\],]+[ \t]+){0,6}\w+\s*[({]/gm, above: /\*\/\s*$/ },
  c: { head: /^(?:[A-Za-z_][\w:<>,]*[\s*&]+){1,5}[A-Za-z_]\w*\s*\([^;{}()]*\)\s*\{/gm, above: /\*\/\s*$|^\s*\/\// },
  csharp: { head: /^[ \t]*public[ \t]+(?:[\w<>[\],?]+[ \t]+){0,6}\w+\s*[({]/gm, above: /^\s*\/\/\// },
  ruby: { head: /^[ \t]*(?:def|class|module)\s+\w/gm, above: /^\s*#/ },
  php: { head: /^[ \t]*(?:public\s+(?:static\s+)?function|class|interface|trait)\s+\w/gm, above: /\*\/\s*$/ },
};

/** CommonJS says at the end of a file what it offers: any function may be meant. */
const commonJs = /^(?:module\.)?exports\b/m;
const anyFunction = /^(?:async\s+)?function\b|^class\b/gm;

function countDocComments(source: SourceCode, vote: Vote): void {
  const { family, code, text } = source;
  const row = offered[family];
  if (row === undefined) return;
  const head = family === 'ecmascript' && commonJs.test(code) ? anyFunction : row.head;
  for (const { index } of code.matchAll(head)) {
    vote(row.above.test(lineAbove(text, index)) ? 'written' : 'none', index);
  }
}

/** The line above, annotations and decorators skipped. */
function lineAbove(text: string, offset: number): string {
  for (let end = text.lastIndexOf('\n', offset - 1); end > 0; ) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    if (!/^\s*(?:@\w|#?\[)/.test(line)) return line;
    end = start - 1;
  }
  return '';
}

function countDocstrings(source: SourceCode, vote: Vote): void {
  const { code, text } = source;
  for (const { index, 0: match } of code.matchAll(/^[ \t]*(?:async\s+)?(?:def|class)\s+[A-Za-z]\w*/gm)) {
    const bracket = source.bracketAt(index + match.length);
    const head = code.indexOf(':', bracket?.close ?? index);
    const newline = head === -1 ? -1 : code.indexOf('\n', head);
    if (newline === -1) continue;
    vote(/^\s*[rRuU]?(?:"""|'''|"|')/.test(text.slice(newline, newline + 200)) ? 'written' : 'none', index);
  }
}
