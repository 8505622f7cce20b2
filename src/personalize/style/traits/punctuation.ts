import type { Family } from '../families.ts';
import type { Bracket, StringPart } from '../scan.ts';
import type { CodeLine, SourceCode } from '../sourceCode.ts';
import type { Trait, Vote } from '../trait.ts';

const quotedFamilies: readonly Family[] = ['ecmascript', 'python', 'ruby', 'php'];
const isReact = ({ languageId }: SourceCode) => languageId.endsWith('react');

export const punctuationTraits: readonly Trait[] = [
  {
    id: 'quotes',
    families: quotedFamilies,
    title: (t) => t('Quotes'),
    values: { single: (t) => t('Single quotes'), double: (t) => t('Double quotes') },
    count: (source, vote) => {
      for (const string of source.strings) {
        const value = freeQuote(string, source);
        if (value !== undefined && !isAttribute(string, source)) vote(value, string.start);
      }
    },
    telling: 3,
    weight: 1,
  },
  {
    id: 'jsxQuotes',
    families: ['ecmascript'],
    title: (t) => t('Quotes in JSX'),
    values: { single: (t) => t('Single quotes in JSX'), double: (t) => t('Double quotes in JSX') },
    count: (source, vote) => {
      if (!isReact(source)) return;
      for (const string of source.strings) {
        const value = freeQuote(string, source);
        if (value !== undefined && isAttribute(string, source)) vote(value, string.start);
      }
    },
    usual: { ecmascript: 'double' },
    telling: 1,
    weight: 0.7,
  },
  {
    id: 'semicolons',
    families: ['ecmascript'],
    title: (t) => t('Semicolons'),
    values: { always: (t) => t('Semicolons'), never: (t) => t('No semicolons') },
    count: countSemicolons,
    telling: 3,
    weight: 1,
  },
  {
    id: 'trailingCommas',
    families: ['ecmascript', 'python', 'rust', 'php', 'ruby'],
    title: (t) => t('Trailing commas'),
    values: {
      always: (t) => t('A comma behind the last line of a list'),
      never: (t) => t('No comma behind the last line of a list'),
    },
    count: (source, vote) => countLastCommas(source, vote, (bracket) => isList(bracket, source)),
    usual: { rust: 'always' },
    telling: 2,
    weight: 0.8,
  },
  {
    id: 'argumentCommas',
    families: ['ecmascript', 'python', 'rust', 'php'],
    title: (t) => t('Trailing commas in arguments'),
    values: {
      always: (t) => t('A comma behind the last line of arguments'),
      never: (t) => t('No comma behind the last line of arguments'),
    },
    count: (source, vote) => countLastCommas(source, vote, (bracket) => isArguments(bracket, source)),
    usual: { rust: 'always' },
    telling: 1,
    weight: 0.6,
  },
];

/** The quote of a string whose writer could have taken the other one as well. */
function freeQuote({ start, end, quote, resumed, closed, prefix }: StringPart, { text, family }: SourceCode) {
  if (resumed || !closed || (quote !== "'" && quote !== '"')) return undefined;
  const inside = text.slice(start + prefix.length + 1, end - 1);
  if (/['"]/.test(inside)) return undefined;
  if (quote === "'") return 'single';
  const needsDouble = family === 'ruby' ? /#\{|\\/ : family === 'php' ? /[$\\]/ : undefined;
  return needsDouble?.test(inside) ? undefined : 'double';
}

/** `<a href="x">`: there, quotes follow HTML. */
function isAttribute({ start }: StringPart, source: SourceCode): boolean {
  return isReact(source) && source.text[start - 1] === '=' && /[\w-]/.test(source.text[start - 2] ?? '');
}

const keyword =
  /^\s*(?:const|let|var|return|throw|import|type\s+\w|export\s+(?:const|let|type|\*|\{)|await|break|continue|delete)\b/;
const assignment = /^\s*[\w$.\]()#]+\s*(?:[-+*/|&?]{0,2}=)\s/;
const call = /^\s*(?!(?:if|for|while|switch|catch|function|super)\()[\w$.]*\w\(/;
const goesOn = /(?:[,({[<>=+\-*/%&|?:!~^.]|\b(?:extends|in|of|as|typeof|from|return))$/;
const continued = /^\s*(?:[.,?:+\-*/%&|)\]=<>[(]|(?:in|of|instanceof|as|satisfies|from)\b)/;

/** Only what is surely a statement, at the end of its last line. */
function countSemicolons({ lines }: SourceCode, vote: Vote): void {
  let begun: { readonly inside: Bracket | undefined; readonly mayEndInBrace: boolean } | undefined;
  for (const [i, line] of lines.entries()) {
    if (line.code === '') continue;
    const mayEndInBrace = keyword.test(line.code) || assignment.test(line.code);
    if (isStatementPlace(line) && (mayEndInBrace || call.test(line.code)))
      begun = { inside: line.inside, mayEndInBrace };
    if (begun === undefined) continue;
    const at = line.start + line.code.length - 1;
    const next = nextCodeLine(lines, i);
    if (line.code.endsWith(';')) vote('always', at);
    else if (next !== undefined && (next.continues || next.inside !== begun.inside || continued.test(next.code)))
      continue;
    else if (goesOn.test(line.code)) continue;
    else if (!line.code.endsWith('}') || begun.mayEndInBrace) vote('never', at);
    begun = undefined;
  }
}

/** In a block, and not in an object, an enum or a list of arguments. */
function isStatementPlace({ code, inside, continues }: CodeLine): boolean {
  if (continues || /^\s*[\w$'"]+\??\s*:/.test(code)) return false;
  return inside === undefined || (inside.open === '{' && (inside.commas === 0 || inside.semicolons > 0));
}

function nextCodeLine(lines: readonly CodeLine[], after: number): CodeLine | undefined {
  for (let i = after + 1; i < Math.min(lines.length, after + 20); i++) if (lines[i]?.code !== '') return lines[i];
  return undefined;
}

function countLastCommas(source: SourceCode, vote: Vote, isCounted: (bracket: Bracket) => boolean): void {
  const { code } = source;
  for (const bracket of source.brackets) {
    if (bracket.close === undefined || bracket.commas === 0 || bracket.semicolons > 0) continue;
    const lineStart = code.lastIndexOf('\n', bracket.close) + 1;
    if (lineStart <= bracket.offset || code.slice(lineStart, bracket.close).trim() !== '' || !isCounted(bracket))
      continue;
    const last = lastCodeBefore(code, lineStart);
    if (last > bracket.offset) vote(code[last] === ',' ? 'always' : 'never', last);
  }
}

function isList({ open, offset }: Bracket, { code, family }: SourceCode): boolean {
  const before = code.slice(Math.max(0, offset - 30), offset).trimEnd();
  if (open === '(') return family === 'python' ? !isCall(before) : false;
  // `{` may open a block; what stands before it tells an object.
  return open === '[' || family === 'python' || /(?:[=(,:[?&|]|\b(?:return|import|export|default|type))$/.test(before);
}

function isArguments({ open, offset, commas }: Bracket, { code }: SourceCode): boolean {
  const before = code.slice(Math.max(0, offset - 30), offset).trimEnd();
  return open === '(' && commas > 0 && isCall(before) && !/\b(?:if|for|while|switch|catch)$/.test(before);
}

/** A name, or what can be called, right before the bracket. */
function isCall(before: string): boolean {
  return /[\w$\])>]$/.test(before) && !/\b(?:return|in|and|or|not|await|import|yield)$/.test(before);
}

function lastCodeBefore(code: string, offset: number): number {
  let last = offset - 1;
  while (last >= 0 && /\s/.test(code.charAt(last))) last--;
  return last;
}
