import type { AcceptedKind, CompletionEvent, Shown, TextChange } from './completionEvent.ts';
import { stoodBefore } from './offer.ts';

/** The completion on the screen, and how far the document has come to agree with it. */
interface Display {
  readonly shown: Shown;
  /** Every id under which the same text was served at the same place while it was typed through. */
  readonly ids: Set<string>;
  alternatives: readonly Shown[];
  /** What stands in the document in place of `shown`'s `[start, end)`, and where that begins by now. */
  region: string;
  start: number;
  /** Length of `shown.insertText` that already stood before the cursor when it came up, and that stands there now. */
  readonly stoodBefore: number;
  done: number;
  typed: number;
  /** Index in `shown.insertText` of the first accepted character. */
  acceptedFrom: number | undefined;
  /** The editor said that it was accepted, before its edit arrived. */
  isConfirmed: boolean;
}

/** A completion that left the screen; the accepted command may still name it. */
interface Settled {
  readonly shown: Shown;
  readonly wasShown: boolean;
  readonly isAccepted: boolean;
  readonly stoodBefore: number;
  /** What accepting it would have inserted in the end. */
  readonly characters: number;
}

/** So many completions that left the screen can still be named by the accepted command. */
const maxSettled = 8;

/** What typing an opening character inserts where the editor closes it; the cursor stands in the middle. */
const pairs = new Set(['()', '[]', '{}', '<>', '""', "''", '``', '/**/', '""""""', "''''''", '``````']);

/**
 * Learns what happened to the shown completion from document changes, because a stable editor API tells nothing else
 * than the command that follows an acceptance of the whole. Pure: no clock, no disk.
 *
 *     shown ──type what it says──> typedThrough
 *       ├──one edit inserts a word / a line / the rest──> acceptedWord / acceptedLine / acceptedWhole
 *       └──type something else, dismiss, go elsewhere──> rejected, unless a part was accepted
 *
 * The same text served again at the same place is the same completion. Another text at the same place replaces it
 * without a verdict: nobody refused it.
 */
export class Acceptance {
  #display: Display | undefined;
  readonly #settled = new Map<string, Settled>();

  /** @param alternatives What the user can cycle to, at the same place. */
  shown(shown: Shown, alternatives: readonly Shown[] = []): CompletionEvent[] {
    const current = this.#display;
    if (current !== undefined && isAt(current, shown)) {
      if (current.shown.insertText.slice(current.done) === shown.insertText.slice(stoodBefore(shown))) {
        current.ids.add(shown.id);
        current.alternatives = alternatives;
        return [];
      }
      this.#settle(current, false);
    }
    const events = this.dismissed();
    const before = shown.prefix.length - shown.start;
    const stood = stoodBefore(shown);
    this.#display = {
      shown,
      ids: new Set([shown.id]),
      alternatives,
      region: shown.prefix.slice(shown.start) + shown.suffix.slice(0, shown.end - shown.start - before),
      start: shown.start,
      stoodBefore: stood,
      done: stood,
      typed: 0,
      acceptedFrom: undefined,
      isConfirmed: false,
    };
    return [...events, { kind: 'shown', shown }];
  }

  /** One edit; the edits of one notification come one by one, each in offsets of the text that the last one left. */
  changed(uri: string, change: TextChange): CompletionEvent[] {
    const display = this.#display;
    if (display === undefined || display.shown.uri !== uri) return [];
    const changeEnd = change.start + change.deletedLength;
    const regionEnd = display.start + display.region.length;
    if (change.start > regionEnd) return [];
    if (changeEnd < display.start) {
      display.start += change.insertedText.length - change.deletedLength;
      return [];
    }
    if (change.start < display.start || changeEnd > regionEnd) return this.dismissed();

    const at = change.start - display.start;
    display.region =
      display.region.slice(0, at) + change.insertedText + display.region.slice(at + change.deletedLength);
    const isPair = pairs.has(change.insertedText);
    const cursor = at + change.insertedText.length / (isPair ? 2 : 1);
    return this.#advance(display, display.region.slice(0, cursor), change, isPair);
  }

  /** The editor ran the accepted command: true even where the edit looked like something else. */
  accepted(id: string): CompletionEvent[] {
    const display = this.#display;
    if (display?.ids.has(id)) {
      display.isConfirmed = true;
      return [];
    }
    if (display?.alternatives.some((each) => each.id === id)) this.#settle(display, false);
    const settled = this.#settled.get(id);
    if (settled === undefined || settled.isAccepted) return [];
    const { shown, wasShown, characters } = settled;
    this.#settled.set(id, { ...settled, isAccepted: true });
    const completed = shown.insertText.slice(settled.stoodBefore);
    const event: CompletionEvent = { kind: 'acceptedWhole', shown, characters, completed };
    return wasShown ? [event] : [{ kind: 'shown', shown }, event];
  }

  /** Nothing is on the screen any more: dismissed, closed, left. */
  dismissed(): CompletionEvent[] {
    const display = this.#display;
    if (display === undefined) return [];
    const { shown, typed: characters } = display;
    this.#settle(display, display.isConfirmed);
    if (display.isConfirmed) {
      const { insertText } = shown;
      const completed = insertText.slice(display.stoodBefore);
      return [{ kind: 'acceptedWhole', shown, characters: insertText.length - display.done, completed }];
    }
    return display.acceptedFrom === undefined ? [{ kind: 'rejected', shown, characters }] : [];
  }

  closed(uri: string): CompletionEvent[] {
    return this.#display?.shown.uri === uri ? this.dismissed() : [];
  }

  /** @param standing What stands from the region's start to the cursor after the change. */
  #advance(display: Display, standing: string, change: TextChange, isPair: boolean): CompletionEvent[] {
    const { shown } = display;
    const text = shown.insertText;
    if (display.region === text || standing === text) {
      const isOneEdit = change.insertedText.length > 1 && !isPair && /\S/.test(change.insertedText);
      if (isOneEdit || display.isConfirmed) return [this.#acceptedUpTo(display, text.length, 'acceptedWhole')];
      const characters = display.typed + text.length - display.done;
      const completed = text.slice(display.stoodBefore);
      this.#settle(display, false);
      return display.acceptedFrom === undefined ? [{ kind: 'typedThrough', shown, characters, completed }] : [];
    }
    if (!text.startsWith(standing)) return this.#acceptedAlternative(display, change) ?? this.dismissed();
    if (standing.length <= display.done) {
      display.done = standing.length;
      if (display.acceptedFrom !== undefined && display.acceptedFrom >= display.done) display.acceptedFrom = undefined;
      return [];
    }
    const piece = text.slice(display.done, standing.length);
    const kind = change.deletedLength > 0 || isPair ? undefined : pieceKind(piece, text.charAt(standing.length));
    if (kind !== undefined) return [this.#acceptedUpTo(display, standing.length, kind)];
    display.typed += piece.length;
    display.done = standing.length;
    return [];
  }

  #acceptedUpTo(display: Display, length: number, kind: AcceptedKind): CompletionEvent {
    const { shown } = display;
    const characters = length - display.done;
    const from = display.acceptedFrom ?? display.done;
    display.acceptedFrom = from;
    display.done = length;
    if (kind === 'acceptedWhole') this.#settle(display, true);
    return {
      kind,
      shown,
      characters,
      completed: shown.insertText.slice(display.stoodBefore, length),
      stands: { start: display.start + from, text: shown.insertText.slice(from, length) },
    };
  }

  #acceptedAlternative(display: Display, change: TextChange): CompletionEvent[] | undefined {
    const { shown: first, region } = display;
    const shown = display.alternatives.find(
      (each) => each.insertText === region && each.start === first.start && each.end === first.end,
    );
    if (shown === undefined || change.insertedText.length < 2) return undefined;
    this.#settle(display, false);
    const stood = stoodBefore(shown);
    const completed = shown.insertText.slice(stood);
    this.#remember(shown.id, { shown, wasShown: true, isAccepted: true, stoodBefore: stood, characters: 0 });
    const stands = { start: display.start + stood, text: completed };
    const characters = completed.length;
    return [
      { kind: 'shown', shown },
      { kind: 'acceptedWhole', shown, characters, completed, stands },
    ];
  }

  #settle(display: Display, isAccepted: boolean): void {
    const { shown, stoodBefore: stood } = display;
    const characters = shown.insertText.length - display.done;
    for (const id of display.ids)
      this.#remember(id, { shown, wasShown: true, isAccepted, stoodBefore: stood, characters });
    for (const each of display.alternatives) {
      const before = stoodBefore(each);
      const wouldInsert = each.insertText.length - before;
      const settled = { shown: each, wasShown: false, isAccepted: false, stoodBefore: before, characters: wouldInsert };
      this.#remember(each.id, settled);
    }
    if (this.#display === display) this.#display = undefined;
  }

  #remember(id: string, settled: Settled): void {
    this.#settled.delete(id);
    this.#settled.set(id, settled);
    for (const oldest of this.#settled.keys()) {
      if (this.#settled.size <= maxSettled) break;
      this.#settled.delete(oldest);
    }
  }
}

function isAt(display: Display, shown: Shown): boolean {
  return display.shown.uri === shown.uri && display.start + display.done === shown.prefix.length;
}

/**
 * What an edit that inserted the next piece of a completion was; undefined for typing. A single character is typing,
 * and so is white space alone: Enter with its indentation, or Tab.
 *
 * @param next The character of the completion behind the piece.
 */
function pieceKind(piece: string, next: string): AcceptedKind | undefined {
  if (piece.length < 2 || !/\S/.test(piece)) return undefined;
  if (piece.endsWith('\n') || (next === '\n' && /\S\s+\S/.test(piece))) return 'acceptedLine';
  return /[\p{L}\p{N}_]$/u.test(piece) && /^[\p{L}\p{N}_]/u.test(next) ? undefined : 'acceptedWord';
}
