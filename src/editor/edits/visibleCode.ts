/** What makes a text look like another: marks of direction, of no width, and controls other than line ends and tabs. */
const hidden = /(?![\t\n])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029\u115f\u1160\u3164\uffa0]/gu;

/** Code for reading: each character that hides shows as its number. */
export function visibleCode(text: string): string {
  return text.replace(hidden, (character) => {
    const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `⟨U+${number}⟩`;
  });
}

const maxName = 120;

/** A name or path in one line, without what hides. */
export function visibleName(name: string): string {
  const line = name.replace(/\s+/g, ' ').replace(hidden, '').trim();
  return line.length > maxName ? `…${line.slice(-maxName)}` : line;
}
