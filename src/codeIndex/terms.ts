import { digit, folded, wide } from './embedder/letters.ts';
import { composed, eachWord } from './embedder/words.ts';

/** Longer ones are data; the store's tokenizer drops them as well. */
const maxLetters = 40;
/** A digest in hexadecimal is a dozen changes between letters and digits; no name has so many. */
const maxWords = 10;
/** From here on (Thai, Hangul, kana, Han) words are not told apart by spaces, or carry their particles with them. */
const firstUnspaced = 0xe00;
const underscore = 0x5f;
const ascii = /^[\0-\x7f]*$/;

/**
 * What BM25 counts, of chunks and questions alike, in the order of the text: each word of an identifier, and behind it the
 * identifier whole, in small letters without separators, so that `parse_http` and `parseHTTP` are `parse http parsehttp`.
 * Letters and digits that stand alone are left out. Scripts without spaces become pairs of characters.
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

  const endName = (): void => {
    if (nameWords > 1 && nameWords <= maxWords && name.length <= maxLetters) terms.push(name);
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
    }
    nameEnd = end;
    if (end - start > 1) terms.push(word);
  });
  endName();
  return terms;
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
