import { digit, folded, wide } from './letters.ts';
import { composed, eachWord } from './words.ts';

const minPieceLetters = 2;
const fnvOffset = 0x811c9dc5;
const fnvPrime = 0x01000193;

/**
 * Words to rows of the embedding table, as starter/embedder/vocabulary.py has them: row `i` belongs to entry `i`; rows
 * after the entries to characters and pairs of characters of other scripts, by hash. A word that is no entry is cut into
 * entries, the longest first, from its start; what fits none is left out.
 */
export class Vocabulary {
  /** All entries' letters, and where each begins; entry `i` ends where `i + 1` begins. */
  readonly #letters: Uint8Array;
  readonly #starts: Uint32Array;
  /** Open addressing by FNV-1a: a row + 1 in each taken slot. */
  readonly #slots: Int32Array;
  readonly #hashedRows: number;
  readonly #word = new Uint8Array(32);

  /** `entries` are distinct, of ASCII letters and digits. */
  constructor(entries: readonly string[], hashedRows: number) {
    this.#hashedRows = hashedRows;
    this.#letters = Buffer.from(entries.join(''), 'latin1');
    this.#starts = new Uint32Array(entries.length + 1);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(entries.length * 3 + 1)));
    for (const [row, entry] of entries.entries()) this.#add(row, entry);
  }

  #add(row: number, entry: string): void {
    const start = this.#starts[row] ?? 0;
    this.#starts[row + 1] = start + entry.length;
    let hash = fnvOffset;
    for (let at = 0; at < entry.length; at++) hash = mixed(hash, entry.charCodeAt(at));
    let slot = hash & (this.#slots.length - 1);
    while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1);
    this.#slots[slot] = row + 1;
  }

  /** Calls `visit` with one row per word, piece or hashed character, in the order of the text. */
  eachRow(text: string, visit: (row: number) => void): void {
    const whole = composed(text);
    eachWord(whole, (start, end, kind) => {
      if (kind === wide) this.#hashCharacters(whole, start, end, visit);
      else this.#look(whole, start, end, kind, visit);
    });
  }

  #look(text: string, start: number, end: number, kind: number, visit: (row: number) => void): void {
    let hash = fnvOffset;
    for (let at = start; at < end; at++) {
      const letter = folded[text.charCodeAt(at)] ?? 0;
      this.#word[at - start] = letter;
      hash = mixed(hash, letter);
    }
    const row = this.#find(hash, 0, end - start);
    if (row >= 0) visit(row);
    else if (kind !== digit) this.#cut(end - start, visit);
  }

  /** Pieces of the first `length` letters of `#word`. */
  #cut(length: number, visit: (row: number) => void): void {
    let at = 0;
    while (at <= length - minPieceLetters) {
      let longest = -1;
      let next = at + 1;
      let hash = fnvOffset;
      for (let end = at + 1; end <= length; end++) {
        hash = mixed(hash, this.#word[end - 1] ?? 0);
        const row = end - at < minPieceLetters ? -1 : this.#find(hash, at, end);
        if (row < 0) continue;
        longest = row;
        next = end;
      }
      if (longest >= 0) visit(longest);
      at = next;
    }
  }

  /** The row of the letters of `#word` from `start` to `end`, which have this hash; -1 when they are no entry. */
  #find(hash: number, start: number, end: number): number {
    let slot = hash & (this.#slots.length - 1);
    for (;;) {
      const row = (this.#slots[slot] ?? 0) - 1;
      if (row < 0 || this.#isEntry(row, start, end)) return row;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
  }

  #isEntry(row: number, start: number, end: number): boolean {
    const first = this.#starts[row] ?? 0;
    if ((this.#starts[row + 1] ?? 0) - first !== end - start) return false;
    for (let at = start; at < end; at++) if (this.#letters[first + at - start] !== this.#word[at]) return false;
    return true;
  }

  #hashCharacters(text: string, start: number, end: number, visit: (row: number) => void): void {
    let before = 0;
    for (let at = start; at < end; at++) {
      const letter = folded[text.charCodeAt(at)] ?? 0;
      visit(this.#hashedRow(mixed(fnvOffset, letter)));
      if (at > start) visit(this.#hashedRow(mixed(mixed(fnvOffset, before), letter)));
      before = letter;
    }
  }

  #hashedRow(hash: number): number {
    // The low bits of FNV know only the low bits of what went in.
    return this.#starts.length - 1 + (((hash ^ (hash >>> 15)) >>> 0) % this.#hashedRows);
  }
}

function mixed(state: number, value: number): number {
  return Math.imul(state ^ value, fnvPrime);
}
