import type { TextChange } from './completionEvent.ts';
import { keptCharacters } from './keptCharacters.ts';

/** An accepted text is looked at so many seconds after its acceptance. */
const looksAfterS: readonly number[] = [15, 60, 300];

/** What a look at an accepted text found. */
export interface Look {
  readonly id: string;
  readonly uri: string;
  readonly afterS: number;
  readonly characters: number;
  readonly keptCharacters: number;
}

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

interface Accepted {
  readonly id: string;
  readonly uri: string;
  readonly text: string;
  readonly atMs: number;
  range: TextRange;
  looks: number;
}

interface TrackedDocument {
  readonly accepted: Map<string, Accepted>;
  /** The text as last told; undefined only while a notification's edits are being applied. */
  text: string | undefined;
}

/**
 * Follows accepted texts through later edits of their documents and says after 15, 60 and 300 s how much of them is
 * left. A document that is closed before is judged then: that look stands for the later ones. Pure: the caller owns
 * the clock.
 */
export class Survival {
  readonly #documents = new Map<string, TrackedDocument>();

  /** Follows a text that was just accepted; one with the same id (the words before it) is replaced. */
  track(id: string, uri: string, stands: { readonly start: number; readonly text: string }, atMs: number): void {
    const document = this.#documents.get(uri) ?? { accepted: new Map(), text: undefined };
    const range = { start: stands.start, end: stands.start + stands.text.length };
    document.accepted.set(id, { id, uri, text: stands.text, atMs, range, looks: 0 });
    document.text = undefined;
    this.#documents.set(uri, document);
  }

  changed(uri: string, change: TextChange): void {
    const document = this.#documents.get(uri);
    if (document === undefined) return;
    const { text } = document;
    const end = change.start + change.deletedLength;
    for (const each of document.accepted.values()) {
      const cutsIn = change.start < each.range.start || end > each.range.end;
      const least = cutsIn && text !== undefined ? withoutCommonEnds(change, text) : change;
      each.range = afterChange(each.range, least);
    }
    document.text = text?.slice(0, change.start).concat(change.insertedText, text.slice(end));
  }

  /** To be called when all edits of a notification are applied. */
  textIs(uri: string, text: string): void {
    const document = this.#documents.get(uri);
    if (document !== undefined) document.text = text;
  }

  /** The looks whose time has come. */
  due(nowMs: number): Look[] {
    const looks = [...this.#documents.values()].flatMap((document) => lookAt(document, nowMs));
    for (const [uri, { accepted }] of this.#documents) if (accepted.size === 0) this.#documents.delete(uri);
    return looks;
  }

  /** When the next look is due; undefined when nothing is followed. */
  nextDueMs(): number | undefined {
    const times = [...this.#documents.values()].flatMap(({ accepted }) => [...accepted.values()].map(dueMs));
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** @param text What the document held in the end; what was last told when absent. */
  closed(uri: string, text?: string): Look[] {
    const document = this.#documents.get(uri);
    if (document === undefined) return [];
    this.#documents.delete(uri);
    document.text = text ?? document.text;
    return lookAt(document, Number.POSITIVE_INFINITY);
  }

  /** Judges all that is left: nobody will be there to look later. */
  closedAll(): Look[] {
    return [...this.#documents.keys()].flatMap((uri) => this.closed(uri));
  }

  clear(): void {
    this.#documents.clear();
  }
}

/** Where a range lies after an edit. Text inserted at either end stays outside; an edit across an end is taken in. */
export function afterChange(range: TextRange, { start, deletedLength, insertedText }: TextChange): TextRange {
  const end = start + deletedLength;
  const growth = insertedText.length - deletedLength;
  const isEmptied = range.start === range.end;
  if (isEmptied && deletedLength === 0 && start === range.start) return { start, end: start + growth };
  if (end <= range.start) return { start: range.start + growth, end: range.end + growth };
  if (start >= range.end) return range;
  return { start: Math.min(range.start, start), end: Math.max(range.end, end) + growth };
}

/** The same edit without the text that it replaced by itself: a formatter may replace a whole document. */
function withoutCommonEnds({ start, deletedLength, insertedText }: TextChange, before: string): TextChange {
  const shorter = Math.min(deletedLength, insertedText.length);
  let head = 0;
  while (head < shorter && before.charCodeAt(start + head) === insertedText.charCodeAt(head)) head++;
  const end = start + deletedLength;
  let tail = 0;
  while (
    tail < shorter - head &&
    before.charCodeAt(end - 1 - tail) === insertedText.charCodeAt(insertedText.length - 1 - tail)
  ) {
    tail++;
  }
  return {
    start: start + head,
    deletedLength: deletedLength - head - tail,
    insertedText: insertedText.slice(head, insertedText.length - tail),
  };
}

function lookAt({ accepted, text = '' }: TrackedDocument, nowMs: number): Look[] {
  const looks: Look[] = [];
  for (const each of accepted.values()) {
    if (dueMs(each) > nowMs) continue;
    const kept = keptCharacters(each.text, text.slice(each.range.start, each.range.end));
    for (; dueMs(each) <= nowMs && each.looks < looksAfterS.length; each.looks++) {
      const afterS = looksAfterS[each.looks] ?? 0;
      looks.push({ id: each.id, uri: each.uri, afterS, characters: each.text.length, keptCharacters: kept });
    }
    if (each.looks === looksAfterS.length) accepted.delete(each.id);
  }
  return looks;
}

function dueMs({ atMs, looks }: Accepted): number {
  return atMs + (looksAfterS[looks] ?? Number.POSITIVE_INFINITY) * 1_000;
}
