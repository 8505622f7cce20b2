import type { Shown, TextChange } from './completionEvent.ts';
import { leastChange } from './leastChange.ts';
import { type DueLook, type Followed, Looks } from './looks.ts';
import { type Offer, offerOf } from './offer.ts';

/** What stands where ghost text was refused. `prefix + text + suffix` is the document as it would be with only this changed. */
export interface InsteadLook {
  readonly shown: Shown;
  /** When it was refused, ms since 1970. */
  readonly atMs: number;
  readonly prefix: string;
  /** '' when what an earlier look found is gone. */
  readonly text: string;
  readonly suffix: string;
  /** The first line of what was refused. */
  readonly offered: string;
  /** Whether an earlier look found something. */
  readonly isKnown: boolean;
}

interface RefusedPlace extends Followed {
  readonly shown: Shown;
  readonly offer: Offer;
  offset: number;
  /** What stood directly left of the place and was deleted: the place is lost until it stands there again. */
  missing: string;
  isKnown: boolean;
}

/** Less than this, blanks not counted, is the beginning of something rather than an answer to what was offered. */
const leastWritten = 4;
/** So many refusals are followed in a document, the newest. */
const maxPlaces = 50;

/**
 * Finds out what the user wrote where ghost text was refused:
 *
 *     const x = █;            `compute(a)` is shown and refused
 *               ^ the place
 *     const x = sum(a, b);    at a look: `sum(a, b)` instead of `compute(a)`; the `;` stood there before
 *
 * The place is followed through all edits from the moment the ghost text comes up. At the looks, what stands from it to
 * the end of its line is what was written. Who types on refuses again and again: of the places on one line the first
 * counts that is still there, as what stood directly left of it is. Pure: the caller owns the clock.
 */
export class Instead {
  readonly #looks = new Looks<RefusedPlace>(move);
  #shown: RefusedPlace | undefined;

  /** Ghost text came up. What was on the screen before and was not refused is forgotten. */
  shown(shown: Shown): void {
    if (this.#shown !== undefined) this.#looks.drop(this.#shown);
    const { id, uri } = shown;
    const offer = offerOf(shown);
    const place = { id, uri, shown, offer, offset: offer.prefix.length, missing: '', isKnown: false };
    this.#shown = { ...place, atMs: Number.POSITIVE_INFINITY, looks: 0 };
    this.#looks.follow(this.#shown, shown.prefix + shown.suffix);
  }

  /** The user refused what is on the screen. */
  refused({ id, uri }: Shown, nowMs: number): void {
    if (this.#shown?.id !== id) return;
    const place = this.#shown;
    place.atMs = nowMs;
    this.#shown = undefined;
    const { places, text } = this.#looks.in(uri);
    const onLine = places.filter(({ offset }) => isOnOneLine(text, offset, place.offset));
    const first = onLine.filter((each) => isThere(each, text)).toSorted((a, b) => a.offset - b.offset)[0];
    const tooMany = places.slice(0, Math.max(0, places.length - maxPlaces));
    for (const each of [...onLine, ...tooMany]) if (each !== first) this.#looks.drop(each);
  }

  /** It was not refused, or not for good. */
  forget(shown: Shown): void {
    this.#looks.drop(shown);
    if (this.#shown?.id === shown.id) this.#shown = undefined;
  }

  changed(uri: string, change: TextChange): void {
    this.#looks.changed(uri, change);
  }

  /** To be called when all edits of a notification are applied. */
  textIs(uri: string, text: string): void {
    this.#looks.textIs(uri, text);
  }

  /** What the looks find whose time has come. A place where nothing was written is not among them. */
  due(nowMs: number): InsteadLook[] {
    return this.#looks.due(nowMs).flatMap(lookAt);
  }

  nextDueMs(): number | undefined {
    return this.#looks.nextDueMs();
  }

  /** @param text What the document held in the end; what was last told when absent. */
  closed(uri: string, text?: string): InsteadLook[] {
    if (this.#shown?.uri === uri) this.#shown = undefined;
    return this.#looks.closed(uri, text).flatMap(lookAt);
  }

  closedAll(): InsteadLook[] {
    this.#shown = undefined;
    return this.#looks.closedAll().flatMap(lookAt);
  }

  clear(): void {
    this.#looks.clear();
    this.#shown = undefined;
  }
}

function move(place: RefusedPlace, change: TextChange, text = ''): void {
  const reaches = change.start < place.offset && change.start + change.deletedLength >= place.offset;
  const { start, deletedLength, insertedText } = reaches ? leastChange(change, text) : change;
  if (start >= place.offset) return;
  if (start + deletedLength < place.offset) {
    place.offset += insertedText.length - deletedLength;
  } else {
    place.missing = text.slice(start, place.offset) + place.missing;
    place.offset = start;
  }
}

function isThere({ offset, missing }: RefusedPlace, text: string): boolean {
  return text.startsWith(missing, offset);
}

function lookAt({ place, text }: DueLook<RefusedPlace>): InsteadLook[] {
  const { shown, atMs, offer, isKnown } = place;
  const { prefix } = offer;
  const stoodRight = firstLine(offer.suffix);
  const line = isThere(place, text) ? firstLine(text.slice(place.offset + place.missing.length)) : '';
  const stands = line.endsWith(stoodRight);
  const written = stands ? line.slice(0, line.length - stoodRight.length) : line;
  const suffix = stands ? offer.suffix : offer.suffix.slice(stoodRight.length);
  place.isKnown = isEnough(written);
  if (!place.isKnown && !isKnown) return [];
  const found = place.isKnown ? written : '';
  return [{ shown, atMs, prefix, text: found, suffix, offered: firstLine(offer.text), isKnown }];
}

function isOnOneLine(text: string, a: number, b: number): boolean {
  return !text.slice(Math.min(a, b), Math.max(a, b)).includes('\n');
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}

/** Whether a text that a person wrote is long enough to learn from. */
export function isEnough(text: string): boolean {
  return text.replace(/\s/g, '').length >= leastWritten;
}
