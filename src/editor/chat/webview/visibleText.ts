import { el } from './dom.ts';

/** What hides or reorders text. In prose, what joins letters of some scripts, and emoji, has its use. */
const hiddenInCode = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029\u115f\u1160\u3164\uffa0]/gu;
const hiddenInProse = /(?!\u{200d}|[\t\n\r\u200c\u00ad])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029\u3164\uffa0]/gu;

/** A text as nodes: each character that hides shows as its number, as in VS Code's editor. */
export function visibleNodes(text: string, isCode: boolean): readonly (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let end = 0;
  for (const { 0: character, index } of text.matchAll(isCode ? hiddenInCode : hiddenInProse)) {
    const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    if (index > end) nodes.push(text.slice(end, index));
    nodes.push(el('span', { class: 'hidden-character' }, `U+${number}`));
    end = index + character.length;
  }
  if (end < text.length) nodes.push(text.slice(end));
  return nodes;
}
