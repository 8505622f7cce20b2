import type { CompletionQuery } from './types.ts';

/** The query reduced to the text around the cursor. All later steps read this and nothing else of the document. */
export interface Situation {
  readonly uri: string;
  readonly path: string;
  readonly languageId: string;
  /** Everything before the cursor: earlier notebook cells, the document, the suggest widget's selected item. */
  readonly prefix: string;
  /** Everything after the cursor, later notebook cells included. */
  readonly suffix: string;
  /** The cursor's line, left and right of the cursor. */
  readonly lineLeft: string;
  readonly lineRight: string;
  /**
   * The suffix as the model sees it. Closing brackets right of the cursor come and go with the editor's auto-closing
   * while the user types; they are left out, so that the suffix, and with it the KV cache, stays as it is.
   */
  readonly stableSuffix: string;
}

/** Nothing but closing brackets, quotes, commas and semicolons: what editors insert by themselves. */
const onlyClosers = /^[\s)\]}>'"`;,]*$/;

export function situationOf(query: CompletionQuery): Situation {
  const { document, offset, selected } = query;
  const head = selected ? document.text.slice(0, selected.start) + selected.text : document.text.slice(0, offset);
  const tail = document.text.slice(selected ? selected.end : offset);
  const prefix = document.before + head;
  const suffix = tail + document.after;
  const { uri, path, languageId } = document;
  return { uri, path, languageId, ...around(prefix, suffix) };
}

function around(
  prefix: string,
  suffix: string,
): Pick<Situation, 'prefix' | 'suffix' | 'lineLeft' | 'lineRight' | 'stableSuffix'> {
  const lineEnd = suffix.indexOf('\n');
  const lineRight = lineEnd < 0 ? suffix : suffix.slice(0, lineEnd);
  return {
    prefix,
    suffix,
    lineLeft: prefix.slice(prefix.lastIndexOf('\n') + 1),
    lineRight,
    stableSuffix: onlyClosers.test(lineRight) ? suffix.slice(lineRight.length) : suffix,
  };
}

/** Whether ghost text could be of use here at all; spares the model where it never is. */
export function isWorthAsking(situation: Situation, trigger: CompletionQuery['trigger']): boolean {
  if (trigger === 'invoked') return true;
  const insideWord = /^[\p{L}\p{N}_$]/u.test(situation.lineRight);
  const nothingWritten = situation.prefix.trim() === '' && situation.suffix.trim() === '';
  return !insideWord && !nothingWritten;
}

/** The situation after `text` was typed or accepted at the cursor. */
export function afterTyping(situation: Situation, text: string, replacedRight: number): Situation {
  return { ...situation, ...around(situation.prefix + text, situation.suffix.slice(replacedRight)) };
}
