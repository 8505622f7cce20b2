import type { TextChange } from './completionEvent.ts';

/** What came to stand in a document is looked at so many seconds later. */
const looksAfterS: readonly number[] = [15, 60, 300];

/** A place in a document that is followed through its edits. Others move it; when it was looked at is kept here. */
export interface Followed {
  readonly id: string;
  readonly uri: string;
  /** From when on its looks are counted, ms since 1970; `Infinity` as long as none is due. */
  atMs: number;
  /** How many of them are done. */
  looks: number;
}

/** A place whose time has come. */
export interface DueLook<Place> {
  readonly place: Place;
  /** All text of the document. */
  readonly text: string;
  /** Which looks are due: several, after a machine slept or when the document is closed. */
  readonly afterS: readonly number[];
}

interface FollowedDocument<Place> {
  readonly places: Map<string, Place>;
  /** The text as last told; undefined only while a notification's edits are being applied. */
  text: string | undefined;
}

/**
 * Says when what is followed in documents is to be looked at: after 15, 60 and 300 s, and when its document is closed,
 * which stands for the looks that were still to come. Pure: the caller owns the clock.
 */
export class Looks<Place extends Followed> {
  readonly #documents = new Map<string, FollowedDocument<Place>>();
  readonly #move: (place: Place, change: TextChange, text: string | undefined) => void;

  /** @param move Moves a place with an edit. `text` is all text before the edit, where it is known. */
  constructor(move: (place: Place, change: TextChange, text: string | undefined) => void) {
    this.#move = move;
  }

  /** Follows a place from now on, instead of another one with its id. `text`: the document, where it is known. */
  follow(place: Place, text?: string): void {
    const document = this.#documents.get(place.uri) ?? { places: new Map(), text };
    document.places.set(place.id, place);
    this.#documents.set(place.uri, document);
  }

  drop({ uri, id }: Pick<Place, 'uri' | 'id'>): void {
    const document = this.#documents.get(uri);
    document?.places.delete(id);
    if (document?.places.size === 0) this.#documents.delete(uri);
  }

  /** What is followed in a document, and its text. */
  in(uri: string): { readonly places: readonly Place[]; readonly text: string } {
    const document = this.#documents.get(uri);
    return { places: [...(document?.places.values() ?? [])], text: document?.text ?? '' };
  }

  changed(uri: string, change: TextChange): void {
    const document = this.#documents.get(uri);
    if (document === undefined) return;
    const { text } = document;
    for (const place of document.places.values()) this.#move(place, change, text);
    const end = change.start + change.deletedLength;
    document.text = text?.slice(0, change.start).concat(change.insertedText, text.slice(end));
  }

  /** To be called when all edits of a notification are applied. */
  textIs(uri: string, text: string): void {
    const document = this.#documents.get(uri);
    if (document !== undefined) document.text = text;
  }

  due(nowMs: number): DueLook<Place>[] {
    const looks = [...this.#documents.values()].flatMap((document) => lookAt(document, nowMs));
    for (const [uri, { places }] of this.#documents) if (places.size === 0) this.#documents.delete(uri);
    return looks;
  }

  /** When the next look is due; undefined when none is. */
  nextDueMs(): number | undefined {
    const places = [...this.#documents.values()].flatMap((document) => [...document.places.values()]);
    const next = Math.min(...places.map(dueMs));
    return Number.isFinite(next) ? next : undefined;
  }

  /** @param text What the document held in the end; what was last told when absent. */
  closed(uri: string, text?: string): DueLook<Place>[] {
    const document = this.#documents.get(uri);
    if (document === undefined) return [];
    this.#documents.delete(uri);
    document.text = text ?? document.text;
    return lookAt(document, Number.POSITIVE_INFINITY);
  }

  /** Looks at all that is left: nobody will be there to look later. */
  closedAll(): DueLook<Place>[] {
    return [...this.#documents.keys()].flatMap((uri) => this.closed(uri));
  }

  clear(): void {
    this.#documents.clear();
  }
}

function lookAt<Place extends Followed>(
  { places, text = '' }: FollowedDocument<Place>,
  nowMs: number,
): DueLook<Place>[] {
  const looks: DueLook<Place>[] = [];
  for (const place of places.values()) {
    if (place.atMs === Number.POSITIVE_INFINITY || dueMs(place) > nowMs) continue;
    const afterS = looksAfterS.slice(place.looks).filter((seconds) => place.atMs + seconds * 1_000 <= nowMs);
    place.looks += afterS.length;
    looks.push({ place, text, afterS });
    if (place.looks === looksAfterS.length) places.delete(place.id);
  }
  return looks;
}

function dueMs({ atMs, looks }: Followed): number {
  return atMs + (looksAfterS[looks] ?? Number.POSITIVE_INFINITY) * 1_000;
}
