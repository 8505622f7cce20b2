import { digit, folded, kinds, lower, separator, upper, wide } from './letters.ts';

/** Longer runs are data: digests, base64, numbers that mean nothing elsewhere. */
const maxLetters = 32;
const maxDigits = 4;
const smallS = 0x73;

/**
 * Calls `visit` with the bounds and the kind (of letters.ts; `lower` for any cased word) of each word: everything that
 * is no letter or digit separates, and so do changes of case and digits. `text` must be in the form of `composed`.
 */
export function eachWord(text: string, visit: (start: number, end: number, kind: number) => void): void {
  let at = 0;
  while (at < text.length) {
    const kind = kindAt(text, at);
    if (kind === separator) {
      at++;
      continue;
    }
    const end = kind === upper ? endFromCapital(text, at) : endOfRun(text, at, kind);
    if (kind === wide || end - at <= (kind === digit ? maxDigits : maxLetters))
      visit(at, end, kind === upper ? lower : kind);
    at = end;
  }
}

/** The words themselves: `parseHTTPHeaders2` is `parse http headers 2`; accents are dropped. */
export function words(text: string): string[] {
  const found: string[] = [];
  const whole = composed(text);
  eachWord(whole, (start, end) => {
    let word = '';
    for (let at = start; at < end; at++) word += String.fromCharCode(folded[whole.charCodeAt(at)] ?? 0);
    found.push(word);
  });
  return found;
}

/** Accents joined to their letters and Hangul to syllables, as `eachWord` wants them. */
export function composed(text: string): string {
  return text.normalize('NFC');
}

/** `HTTP` of `HTTPServer`, `URLs` of `URLsFor`, `Server` of `ServerName`. */
function endFromCapital(text: string, start: number): number {
  const end = endOfRun(text, start, upper);
  if (kindAt(text, end) !== lower) return end;
  const isPlural = end - start > 1 && folded[text.charCodeAt(end)] === smallS && kindAt(text, end + 1) !== lower;
  if (isPlural) return end + 1;
  return end - start > 1 ? end - 1 : endOfRun(text, end, lower);
}

function endOfRun(text: string, start: number, kind: number): number {
  let end = start + 1;
  while (kindAt(text, end) === kind) end++;
  return end;
}

/** Past the end of the text: a separator. */
function kindAt(text: string, at: number): number {
  return at < text.length ? (kinds[text.charCodeAt(at)] ?? separator) : separator;
}
