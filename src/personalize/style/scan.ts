import type { Lexis, StringForm } from './lexis.ts';

/** A string: `[start, end)`, its prefix and quotes included. An interpolation cuts it into several. */
export interface StringPart {
  readonly start: number;
  readonly end: number;
  /** Letters before the quote. */
  readonly prefix: string;
  readonly quote: string;
  /** Begins behind an interpolation, not at a quote. */
  readonly resumed: boolean;
  /** Ends at its closing quote: neither at an interpolation nor where the line or text ends. */
  readonly closed: boolean;
}

/** A comment: `[start, end)`, its marks included. */
interface Comment {
  readonly start: number;
  readonly end: number;
  readonly isBlock: boolean;
}

export interface Bracket {
  readonly offset: number;
  readonly open: string;
  /** Offset of what closes it; undefined while nothing does. */
  close: number | undefined;
  readonly parent: Bracket | undefined;
  /** Right inside of it, not deeper. */
  commas: number;
  semicolons: number;
}

export interface Scan {
  /** The text, as long as ever, with blanks for what comments say and strings hold; quotes and line ends stay. */
  readonly code: string;
  readonly strings: readonly StringPart[];
  readonly comments: readonly Comment[];
  readonly brackets: readonly Bracket[];
}

const partners: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * Parts a text into code, strings, comments and brackets by the quotes of its language, without a grammar: for habits,
 * of which there are hundreds of places, a tree would be ten times slower and hardly truer. Linear.
 */
export function scan(text: string, lexis: Lexis): Scan {
  const strings: StringPart[] = [];
  const comments: Comment[] = [];
  const brackets: Bracket[] = [];
  const blanked: string[] = [];
  /** Strings that an interpolation interrupts, and the bracket that the interpolation stands in. */
  const interrupted: { readonly form: StringForm; readonly bracket: Bracket }[] = [];
  let inside: Bracket | undefined;
  let copied = 0;
  let at = 0;

  const blank = (from: number, to: number): void => {
    if (to <= from) return;
    blanked.push(text.slice(copied, from), blanksFor(text.slice(from, to)));
    copied = to;
  };
  const open = (offset: number): Bracket => {
    const bracket: Bracket = {
      offset,
      open: text.charAt(offset),
      close: undefined,
      parent: inside,
      commas: 0,
      semicolons: 0,
    };
    brackets.push(bracket);
    inside = bracket;
    return bracket;
  };
  const readString = (form: StringForm, start: number, from: number, prefix: string, resumed: boolean): void => {
    const closes = form.close.charCodeAt(0);
    const part = (end: number, closed: boolean) =>
      strings.push({ start, end, prefix, quote: form.open, resumed, closed });
    for (let i = from; i < text.length; i++) {
      const char = text.charCodeAt(i);
      if (char === backslash && !form.raw) i++;
      else if (char === newline && !form.multiline) {
        part(i, false);
        blank(from, i);
        at = i;
        return;
      } else if (char === closes && text.startsWith(form.close, i)) {
        part(i + form.close.length, true);
        blank(from, i);
        at = i + form.close.length;
        return;
      } else if (char === dollar && form.interpolation !== undefined && text.startsWith(form.interpolation, i)) {
        part(i, false);
        blank(from, i);
        at = i + form.interpolation.length;
        interrupted.push({ form, bracket: open(at - 1) });
        return;
      }
    }
    part(text.length, false);
    blank(from, text.length);
    at = text.length;
  };
  const readComment = (start: number, end: number, isBlock: boolean): void => {
    comments.push({ start, end, isBlock });
    blank(start, end);
    at = end;
  };

  const starts = startsOf(lexis);
  while (at < text.length) {
    const start = at++;
    if (starts[text.charCodeAt(start)] !== 1) continue;
    const char = text.charAt(start);
    const { blockComment } = lexis;
    if (char === ',' || char === ';') {
      if (inside !== undefined) inside[char === ',' ? 'commas' : 'semicolons']++;
    } else if (char === '(' || char === '[' || char === '{') open(start);
    else if (char === ')' || char === ']' || char === '}') {
      const opener = openerOf(inside, partners[char] ?? '');
      if (opener === undefined) continue;
      for (let each = inside; each !== undefined && each !== opener.parent; each = each.parent) each.close = start;
      inside = opener.parent;
      const string = interrupted.at(-1);
      if (string?.bracket === opener) {
        interrupted.pop();
        readString(string.form, start + 1, start + 1, '', true);
      }
    } else if (blockComment !== undefined && text.startsWith(blockComment[0], start)) {
      const end = text.indexOf(blockComment[1], start + blockComment[0].length);
      readComment(start, end === -1 ? text.length : end + blockComment[1].length, true);
    } else if (beginsLineComment(text, start, lexis)) {
      const end = text.indexOf('\n', start);
      readComment(start, end === -1 ? text.length : end, false);
    } else if (char === '<') {
      const end = lexis.hereDocuments && hereDocumentEnd(text, start, lexis.hereDocuments);
      if (end !== undefined) {
        const body = text.indexOf('\n', start) + 1;
        strings.push({ start: body, end, prefix: '', quote: '<<', resumed: true, closed: true });
        blank(body, end);
        at = end;
      }
    } else {
      const literal = literalAt(text, start, lexis);
      const form = lexis.strings.find((each) => text.startsWith(each.open, start));
      if (literal !== undefined) {
        blank(start + 1, start + literal.length - 1);
        at = start + literal.length;
      } else if (form !== undefined) {
        const prefix = prefixBefore(text, start, lexis);
        readString(form, start - prefix.length, start + form.open.length, prefix, false);
      }
    }
  }
  blanked.push(text.slice(copied));
  return { code: blanked.join(''), strings, comments, brackets };
}

const backslash = 92;
const newline = 10;
const dollar = 36;
/** Of a text with more brackets that nothing closes, none are paired across them: it would take for ever. */
const maxUnclosed = 100;

function prefixBefore(text: string, quote: number, { prefixes }: Lexis): string {
  if (prefixes === undefined || /[\s([{,=:]/.test(text[quote - 1] ?? ' ')) return '';
  return prefixes.exec(text.slice(Math.max(0, quote - 3), quote))?.[0] ?? '';
}

/** The innermost open bracket of its kind: what is open inside of it was never closed. */
function openerOf(inside: Bracket | undefined, kind: string): Bracket | undefined {
  let opener = inside;
  for (let depth = 0; opener !== undefined && opener.open !== kind; depth++) {
    if (depth === maxUnclosed) return undefined;
    opener = opener.parent;
  }
  return opener;
}

function blanksFor(text: string): string {
  const lines = text.split('\n');
  return lines.map(({ length }) => ' '.repeat(length)).join('\n');
}

/** A `#` inside a word, `${#array}`, PHP's `#[` and a URL's `//` begin no comment. */
function beginsLineComment(text: string, offset: number, { lineComments }: Lexis): boolean {
  const open = lineComments.find((each) => text.startsWith(each, offset));
  if (open === '//') return !(text[offset - 1] === ':' && /\w/.test(text[offset - 2] ?? ''));
  if (open === undefined || text.startsWith('#[', offset)) return false;
  return offset === 0 || /[\s;(){}[\],]/.test(text.charAt(offset - 1));
}

/** A pattern between slashes or a single character. */
function literalAt(text: string, offset: number, lexis: Lexis): string | undefined {
  if (lexis.patterns && text[offset] === '/') return patternAt(text, offset);
  return lexis.characters && text[offset] === "'" ? characterAt(text, offset) : undefined;
}

function patternAt(text: string, offset: number): string | undefined {
  const before = text.slice(Math.max(0, offset - 20), offset).trimEnd();
  if (before !== '' && !/[=(,:[!&|?{};>+]$|\b(?:return|case|typeof)$/.test(before)) return undefined;
  return /^\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\//.exec(text.slice(offset, offset + 500))?.[0];
}

function characterAt(text: string, offset: number): string | undefined {
  return /^'(?:\\[^\n']{1,10}|\\'|[^\\\n'])'/u.exec(text.slice(offset, offset + 16))?.[0];
}

function hereDocumentEnd(text: string, offset: number, opening: RegExp): number | undefined {
  opening.lastIndex = offset;
  const name = opening.exec(text)?.[2];
  const body = name === undefined ? -1 : text.indexOf('\n', offset);
  if (name === undefined || body === -1) return undefined;
  const close = new RegExp(`^[ \\t]*${name}\\b`, 'gm');
  close.lastIndex = body + 1;
  return close.exec(text)?.index ?? text.length;
}

const starts = new WeakMap<Lexis, Uint8Array>();

/** 1 for the code of each character at which something may begin. */
function startsOf(lexis: Lexis): Uint8Array {
  let codes = starts.get(lexis);
  if (codes === undefined) {
    const first = [
      '(){}[],;',
      ...lexis.lineComments.map((open) => open.charAt(0)),
      (lexis.blockComment?.[0] ?? '').charAt(0),
      ...lexis.strings.map(({ open }) => open.charAt(0)),
      lexis.characters ? "'" : '',
      lexis.patterns ? '/' : '',
      lexis.hereDocuments ? '<' : '',
    ].join('');
    codes = new Uint8Array(128);
    for (let i = 0; i < first.length; i++) codes[first.charCodeAt(i)] = 1;
    starts.set(lexis, codes);
  }
  return codes;
}
