import type { FilterInput, PostFilter } from '../types.ts';
import { balancedBrackets } from './balancedBrackets.ts';
import { dedentEnd } from './dedentEnd.ts';
import { finishedWord } from './finishedWord.ts';
import { indentation } from './indentation.ts';
import { repeatedLines } from './repeatedLines.ts';
import { repeatedPrefix } from './repeatedPrefix.ts';
import { repeatedSuffix } from './repeatedSuffix.ts';
import { singleLine } from './singleLine.ts';
import { specialTokens } from './specialTokens.ts';
import { tooShort } from './tooShort.ts';
import { trailingSpace } from './trailingSpace.ts';
import { unsafeCharacters } from './unsafeCharacters.ts';

/** What makes ghost text well mannered, in order: first what is text at all, then how much of it, then whether to show it. */
export const postFilters: readonly PostFilter[] = [
  unsafeCharacters,
  specialTokens,
  trailingSpace,
  singleLine,
  indentation,
  dedentEnd,
  repeatedLines,
  repeatedPrefix,
  finishedWord,
  repeatedSuffix,
  balancedBrackets,
  tooShort,
];

/** More than any text has needed; one that is not settled by then is nothing to show. */
const maxRounds = 8;

/** What of a completion may be shown; '' for nothing. Runs the filters until none finds anything more to mend. */
export function applyPostFilters(text: string, input: FilterInput): string {
  let shown = text;
  for (let round = 0; round < maxRounds; round++) {
    const mended = postFilters.reduce((each, filter) => (each === '' ? '' : filter(each, input)), shown);
    if (mended === shown) return shown;
    shown = mended;
  }
  return '';
}
