import type { Shown } from './completionEvent.ts';

/** A completion as something to learn from or against: `prefix + text + suffix` is the document once it is accepted. */
export interface Offer {
  readonly prefix: string;
  readonly text: string;
  readonly suffix: string;
}

/**
 * What a completion offers beyond what already stands of it. With `console.log(a);` for `console.l█)`:
 *
 *     console.l | og(a); | the rest of the document, without the `)` that it writes over
 *     prefix      text     suffix
 */
export function offerOf(shown: Shown): Offer {
  const { prefix, insertText, suffix, start, end } = shown;
  const stood = stoodBefore(shown);
  return {
    prefix: prefix.slice(0, start + stood),
    text: insertText.slice(stood),
    suffix: suffix.slice(Math.max(0, end - prefix.length)),
  };
}

/** How much of the text to insert already stands between `start` and the cursor; 0 when something else stands there. */
export function stoodBefore(shown: Shown): number {
  const before = shown.prefix.slice(shown.start);
  return shown.insertText.startsWith(before) ? before.length : 0;
}
