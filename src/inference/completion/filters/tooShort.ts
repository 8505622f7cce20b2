import { lineAfter, squeeze } from '../blocks/cursorLine.ts';
import type { PostFilter } from '../types.ts';

const minCharacters = 2;

/** Shows nothing when there is too little to look at: no word, or a closer that already stands right of the cursor. */
export const tooShort: PostFilter = (text, { suffix }) => {
  const visible = squeeze(text);
  if (/^[)\]}>"'`;,]+$/.test(visible) && squeeze(lineAfter(suffix)).startsWith(visible)) return '';
  const endsStatement = /[;)\]}:,]$/.test(visible);
  return visible.length >= minCharacters || endsStatement ? text : '';
};
