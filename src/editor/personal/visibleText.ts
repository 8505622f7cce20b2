import { type Html, html } from '../page/html.ts';

/** What makes a text look like another: marks of direction, of no width, and controls other than line ends and tabs. */
const hidden = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029\u115f\u1160\u3164\uffa0]/gu;

/** Code as it is written; each character that hides shows as its number, as in VS Code's editor. */
export function codeText(text: string): Html {
  const parts: Html[] = [];
  let end = 0;
  for (const { 0: character, index } of text.matchAll(hidden)) {
    const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    parts.push(html`${text.slice(end, index)}<span class="hidden-character">U+${number}</span>`);
    end = index + character.length;
  }
  return html`${parts}${text.slice(end)}`;
}

/** A name or path in one line, without what hides, and not longer than `maxCharacters`. */
export function nameText(name: string, maxCharacters = 200): string {
  const characters = Array.from(name.replace(/\s+/g, ' ').replace(hidden, '').trim());
  return characters.length > maxCharacters ? `${characters.slice(0, maxCharacters).join('')}…` : characters.join('');
}
