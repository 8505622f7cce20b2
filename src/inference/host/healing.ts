import { latin1, type Vocabulary } from './vocabulary.ts';

/** How far back healing looks; each token dropped may cost one more step of the model. */
const maxDroppedTokens = 3;

export interface Healing {
  /** How many of the typed tokens stay in the prompt. */
  readonly kept: number;
  /** Bytes (Latin-1) that the first generated tokens have to begin with or to continue; not part of the output. */
  readonly owed: string;
}

/**
 * A cursor inside a word cuts a token in two: after `ret` a model that only knows `return` as one token goes astray.
 * So the last typed tokens are taken back, as many as some longer token of the vocabulary could replace, and the model
 * writes them again. Only the word or the run of spaces at the very end is touched.
 */
export function planHealing(typed: string, tokens: readonly number[], vocabulary: Vocabulary): Healing {
  const unfinished = /[\p{L}\p{N}\p{M}_$]+$|[ \t]+$/u.exec(typed)?.[0];
  let best: Healing = { kept: tokens.length, owed: '' };
  if (unfinished === undefined) return best;
  const unfinishedBytes = Buffer.byteLength(unfinished);
  let owed = '';
  for (let dropped = 1; dropped <= Math.min(maxDroppedTokens, tokens.length); dropped++) {
    if (owed.length >= unfinishedBytes) break;
    const kept = tokens.length - dropped;
    owed = vocabulary.bytesOf(tokens[kept] ?? -1) + owed;
    if (vocabulary.goesOnAfter(owed)) best = { kept, owed };
  }
  // Tokenizers that write a text differently (added or normalised spaces) cannot be healed by bytes.
  return latin1(typed).endsWith(best.owed) ? best : { kept: tokens.length, owed: '' };
}

/** What is still owed after a token, and what the token says beyond it; nothing when the token says something else. */
export function settle(
  owed: string,
  tokenBytes: string,
): { readonly owed: string; readonly output: string } | undefined {
  if (tokenBytes.startsWith(owed)) return { owed: '', output: tokenBytes.slice(owed.length) };
  if (owed.startsWith(tokenBytes)) return { owed: owed.slice(tokenBytes.length), output: '' };
  return undefined;
}
