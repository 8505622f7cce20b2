import type { Situation } from './situation.ts';
import type { Snippet } from './types.ts';

/**
 * An anchor is a place in the document where the prompt was laid out and then left alone:
 *
 *     <snippets> <prefix> head <suffix> below <middle> | typed...█
 *     `---------------- laid out once -----------------'   `-- the only part that changes with a keystroke
 *
 * What the user types after the anchor is not put into the prefix but handed to the model as the beginning of its own
 * answer. The model sees the same text, in the form it was trained on (a middle that begins at a line's start), and
 * only the last token or two have to be evaluated per keystroke, in prefix-first formats too.
 */
export interface Anchor {
  readonly uri: string;
  /** All text before the anchor. */
  readonly head: string;
  /** Where the window shown to the model begins in `head`. */
  readonly windowStart: number;
  /** The stable suffix at the time of anchoring. */
  readonly below: string;
  readonly snippets: readonly Snippet[];
  readonly anchoredMs: number;
}

/** Past this the typed text is moved into the prefix: the suffix is evaluated again, once in a dozen lines. */
const maxTypedCharacters = 600;
/** On very long lines the anchor stands this far before the cursor instead of at the line's start. */
const maxLineCharacters = 300;
/** Snippets are kept when the anchor only moves on with the typing, for this long. */
const snippetsKeepMs = 60_000;
/** A window that has to move leaves this share of its budget free, so that it moves seldom. */
const windowSlack = 0.3;

/** What was typed since the anchor; `undefined` when the anchor no longer fits and a new one is needed. */
export function typedSince(anchor: Anchor, situation: Situation): string | undefined {
  if (anchor.uri !== situation.uri || anchor.below !== situation.stableSuffix) return undefined;
  if (situation.prefix.length - anchor.head.length > maxTypedCharacters) return undefined;
  if (!situation.prefix.startsWith(anchor.head)) return undefined;
  return situation.prefix.slice(anchor.head.length);
}

/** Whether the next anchor may keep this one's snippets: same file, the typing just went on. */
export function keepsSnippets(anchor: Anchor, situation: Situation, nowMs: number): boolean {
  return (
    anchor.uri === situation.uri &&
    nowMs - anchor.anchoredMs < snippetsKeepMs &&
    Math.abs(situation.prefix.length - anchor.head.length) <= 2 * maxTypedCharacters
  );
}

/** Anchors at the start of the cursor's line. `previous` keeps the window's start, and so the cached prefix, in place. */
export function anchorAt(
  situation: Situation,
  options: {
    readonly snippets: readonly Snippet[];
    readonly windowCharacters: number;
    readonly nowMs: number;
    readonly previous?: Anchor;
  },
): Anchor {
  const back = Math.min(situation.lineLeft.length, maxLineCharacters);
  const head = situation.prefix.slice(0, situation.prefix.length - back);
  return {
    uri: situation.uri,
    head,
    windowStart: windowStart(head, options.windowCharacters, options.previous),
    below: situation.stableSuffix,
    snippets: options.snippets,
    anchoredMs: options.nowMs,
  };
}

function windowStart(head: string, windowCharacters: number, previous: Anchor | undefined): number {
  if (head.length <= windowCharacters) return 0;
  if (previous !== undefined) {
    const kept = head.length - previous.windowStart;
    const shared = Math.min(previous.head.length, head.length);
    // A window that fills less than half of its budget was laid out before the model's speed was known.
    const fits = kept <= windowCharacters && kept >= windowCharacters / 2 && previous.windowStart < shared;
    if (fits && head.startsWith(previous.head.slice(0, shared))) return previous.windowStart;
  }
  const target = head.length - Math.floor(windowCharacters * (1 - windowSlack));
  const nextLine = head.indexOf('\n', target);
  return nextLine < 0 ? target : nextLine + 1;
}
