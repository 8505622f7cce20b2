import { digit, folded, wide } from './embedder/letters.ts';
import { composed, eachWord } from './embedder/words.ts';

/** Longer ones are data; the store's tokenizer drops them as well. */
const maxLetters = 40;
/** A digest in hexadecimal is a dozen changes between letters and digits; no name has so many. */
const maxWords = 10;
/** From here on (Thai, Hangul, kana, Han) words are not told apart by spaces, or carry their particles with them. */
const firstUnspaced = 0xe00;
const underscore = 0x5f;
const space = 0x20;
const tab = 0x09;
const star = 0x2a;
const ascii = /^[\0-\x7f]*$/;
/** Words that declare the name behind them, in most languages. */
const declaring: ReadonlySet<string> = new Set(
  `class const def define enum fn func function interface let macro mod module namespace protocol record static struct sub
  trait type union val var`.split(/\s+/),
);
/** Those that mostly declare what nobody else sees; they count where their line is not indented. */
const declaringVariables: ReadonlySet<string> = new Set(['const', 'let', 'static', 'val', 'var']);
/** Separates no words, and is no letter: terms with it are made of no other text. */
const declaredMark = '=';

/**
 * What BM25 counts, of chunks and questions alike, in the order of the text: each word of an identifier, and behind it the
 * identifier whole, in small letters without separators, so that `parse_http` and `parseHTTP` are `parse http parsehttp`.
 * Letters and digits that stand alone are left out. Scripts without spaces become pairs of characters. What seems to be
 * declared is a term more, with a mark: `function parse` is `function parse =parse`.
 */
export function searchTerms(text: string): string[] {
  const whole = composed(text);
  const small = ascii.test(whole) ? whole.toLowerCase() : undefined;
  const letters = small === undefined ? foldedLetters : sliced;
  const source = small ?? whole;
  const terms: string[] = [];
  let name = '';
  let nameWords = 0;
  let nameEnd = -1;
  /** Where the last declaring word ends; the name it declares follows after blanks. */
  let declaringEnd = -1;
  let nameStart = 0;

  const endName = (): void => {
    if (nameWords === 0) return;
    const isKept = nameWords <= maxWords && name.length <= maxLetters;
    if (isKept && nameWords > 1) terms.push(name);
    if (isKept && declaringEnd >= 0 && name.length > 1 && isBlank(whole, declaringEnd, nameStart))
      terms.push(declaredMark + name);
    declaringEnd = nameWords === 1 && isDeclaring(name, whole, nameStart) ? nameEnd : -1;
    nameWords = 0;
  };
  eachWord(whole, (start, end, kind) => {
    if (kind === wide) {
      endName();
      addCharacters(whole, start, end, terms);
      return;
    }
    const word = letters(source, start, end);
    if (nameWords > 0 && isJoined(whole, nameEnd, start)) {
      name += word;
      nameWords++;
    } else {
      endName();
      if (kind === digit && end - start === 1) return;
      name = word;
      nameWords = 1;
      nameStart = start;
    }
    nameEnd = end;
    if (end - start > 1) terms.push(word);
  });
  endName();
  return terms;
}

/** The term that chunks have which declare a name. '' for what is no name. */
export function declaredTerm(name: string): string {
  const whole = searchTerms(name).at(-1);
  return whole === undefined ? '' : declaredMark + whole;
}

export function isDeclaredTerm(term: string): boolean {
  return term.startsWith(declaredMark);
}

function isDeclaring(word: string, text: string, start: number): boolean {
  if (!declaring.has(word)) return false;
  if (!declaringVariables.has(word)) return true;
  const first = text.charCodeAt(text.lastIndexOf('\n', start) + 1);
  return first !== space && first !== tab;
}

/** Spaces, underscores and the star of a generator. */
function isBlank(text: string, from: number, to: number): boolean {
  if (to === from) return false;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code !== space && code !== star && code !== underscore) return false;
  }
  return true;
}

/** Whether nothing but underscores lies between two words. */
function isJoined(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) !== underscore) return false;
  return true;
}

function addCharacters(text: string, start: number, end: number, terms: string[]): void {
  if (text.charCodeAt(start) < firstUnspaced) terms.push(foldedLetters(text, start, end));
  else if (end - start === 1) terms.push(text.slice(start, end));
  else for (let at = start + 1; at < end; at++) terms.push(text.slice(at - 1, at + 1));
}

function sliced(text: string, start: number, end: number): string {
  return text.slice(start, end);
}

function foldedLetters(text: string, start: number, end: number): string {
  let word = '';
  for (let at = start; at < end; at++) word += String.fromCharCode(folded[text.charCodeAt(at)] ?? 0);
  return word;
}
