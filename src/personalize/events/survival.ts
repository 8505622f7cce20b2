import type { TextChange } from './completionEvent.ts';
import { keptCharacters, likestPart } from './keptCharacters.ts';
import { leastChange } from './leastChange.ts';
import { type DueLook, type Followed, Looks } from './looks.ts';
import { afterChange, type TextRange } from './textRange.ts';

/** What a look at an accepted text found. */
export interface Look {
  readonly id: string;
  readonly uri: string;
  readonly afterS: number;
  readonly characters: number;
  readonly keptCharacters: number;
  /** What the example became, and what stands around it; undefined where it cannot be told from what was put around it. */
  readonly became?: { readonly prefix: string; readonly text: string; readonly suffix: string };
}

interface Accepted extends Followed {
  readonly text: string;
  readonly example: string;
  /** Where the accepted text stands, and where the example stands that ends with it. */
  range: TextRange;
  exampleRange: TextRange;
}

/**
 * Follows accepted texts through later edits of their documents and says after 15, 60 and 300 s how much of them is
 * left and what they became. A document that is closed before is judged then: that look stands for the later ones.
 * Pure: the caller owns the clock.
 */
export class Survival {
  readonly #looks = new Looks<Accepted>(move);

  /**
   * Follows a text that was just accepted; one with the same id (the words before it) is replaced.
   *
   * @param example Ends with the accepted text; what was typed of it before stands directly before.
   */
  track(
    id: string,
    uri: string,
    stands: { readonly start: number; readonly text: string },
    atMs: number,
    example = stands.text,
  ): void {
    const { start, text } = stands;
    const end = start + text.length;
    const range = { start, end };
    const exampleRange = { start: end - example.length, end };
    this.#looks.follow({ id, uri, text, example, atMs, looks: 0, range, exampleRange });
  }

  changed(uri: string, change: TextChange): void {
    this.#looks.changed(uri, change);
  }

  /** To be called when all edits of a notification are applied. */
  textIs(uri: string, text: string): void {
    this.#looks.textIs(uri, text);
  }

  /** The looks whose time has come. */
  due(nowMs: number): Look[] {
    return this.#looks.due(nowMs).flatMap(lookAt);
  }

  /** When the next look is due; undefined when nothing is followed. */
  nextDueMs(): number | undefined {
    return this.#looks.nextDueMs();
  }

  /** @param text What the document held in the end; what was last told when absent. */
  closed(uri: string, text?: string): Look[] {
    return this.#looks.closed(uri, text).flatMap(lookAt);
  }

  /** Judges all that is left: nobody will be there to look later. */
  closedAll(): Look[] {
    return this.#looks.closedAll().flatMap(lookAt);
  }

  clear(): void {
    this.#looks.clear();
  }
}

function move(place: Accepted, change: TextChange, text: string | undefined): void {
  const { range, exampleRange } = place;
  const cutsIn =
    change.start < Math.max(range.start, exampleRange.start) ||
    change.start + change.deletedLength > Math.min(range.end, exampleRange.end);
  const least = cutsIn && text !== undefined ? leastChange(change, text) : change;
  place.range = afterChange(range, least);
  place.exampleRange = afterChange(exampleRange, least);
}

function lookAt({ place, text, afterS }: DueLook<Accepted>): Look[] {
  const { id, uri, range, exampleRange, example } = place;
  const kept = keptCharacters(place.text, text.slice(range.start, range.end));
  const standing = text.slice(exampleRange.start, exampleRange.end);
  const own = exampleRange.isBlurred === true ? likestPart(example, standing) : standing;
  const found = { id, uri, characters: place.text.length, keptCharacters: kept };
  if (own === undefined) return afterS.map((seconds) => ({ ...found, afterS: seconds }));
  const start = exampleRange.start + standing.indexOf(own);
  const became = { prefix: text.slice(0, start), text: own, suffix: text.slice(start + own.length) };
  return afterS.map((seconds) => ({ ...found, afterS: seconds, became }));
}
