import type { PostFilter } from '../types.ts';

/**
 * Characters that a reader cannot see or that turn the reading order: they can hide code from whoever accepts it
 * (bidi controls and marks, zero-width characters, tag characters, the variation selectors nobody types, control
 * characters, halves of surrogate pairs).
 */
const unsafe =
  // eslint-disable-next-line no-control-regex -- naming them is the point
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Surrogate}\u{e0000}-\u{e0fff}]/gu;

/** Removes what hides: see `unsafe`. */
export const unsafeCharacters: PostFilter = (text) => text.replace(unsafe, '');
