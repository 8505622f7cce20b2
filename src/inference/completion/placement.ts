import type { Situation } from './situation.ts';
import type { IndentStyle, PostFilter } from './types.ts';

/** What is put into the document: `insertText` replaces `replaceRight` characters right of the cursor. */
export interface Placed {
  readonly insertText: string;
  readonly replaceRight: number;
}

/**
 * Runs the post filters and decides whether the completion writes over the closing brackets right of the cursor
 * (the editor put them there; the model writes its own) or leaves them alone.
 */
export function place(
  text: string,
  situation: Situation,
  options: { readonly filter: PostFilter; readonly indent: IndentStyle; readonly multiline: boolean },
): Placed {
  const { lineRight, prefix, suffix, languageId, stableSuffix } = situation;
  const { filter, indent, multiline } = options;
  const filtered = (right: string) => filter(text, { prefix, suffix: right, languageId, indent, multiline });
  if (stableSuffix !== suffix && closes(text, lineRight)) {
    const insertText = filtered(stableSuffix);
    if (closes(insertText, lineRight)) return { insertText, replaceRight: lineRight.length };
  }
  return { insertText: filtered(suffix), replaceRight: 0 };
}

const openerOf: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<' };

/** Whether `text` itself writes every character of `right`, the closers that stand right of the cursor. */
function closes(text: string, right: string): boolean {
  const wanted = right.replaceAll(/\s/g, '').split('');
  if (wanted.length === 0) return false;
  const unmatched = unmatchedClosers(text);
  let at = 0;
  for (const closer of unmatched) if (closer === wanted[at]) at++;
  return at === wanted.length;
}

/** Closing characters of `text` that close something opened before it; separators and odd quotes count as closers. */
function unmatchedClosers(text: string): readonly string[] {
  const open: string[] = [];
  const unmatched: string[] = [];
  for (const char of text) {
    const opener = openerOf[char];
    if ('([{<'.includes(char)) open.push(char);
    else if (opener !== undefined && open.at(-1) === opener) open.pop();
    else if (opener !== undefined || ';,'.includes(char)) unmatched.push(char);
    else if ('\'"`'.includes(char) && open.at(-1) === char) open.pop();
    else if ('\'"`'.includes(char) && isOdd(text, char) && !unmatched.includes(char)) unmatched.push(char);
    else if ('\'"`'.includes(char)) open.push(char);
  }
  return unmatched;
}

function isOdd(text: string, char: string): boolean {
  return text.split(char).length % 2 === 0;
}
