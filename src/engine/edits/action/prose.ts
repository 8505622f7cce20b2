const maxCharacters = 600;

/** What an answer says beside its blocks and code: one paragraph of plain text, for a person. */
export function proseOf(answer: string): string {
  const text = answer
    .replace(/^[ \t]*(`{3,}|~{3,})[^\n]*\n[^]*?(?:^[ \t]*\1[^\n]*$|(?![^]))/gm, '')
    .replace(/^[^\n]*\n?<{5,9}\s?(?:SEARCH|ORIGINAL)[^]*?(?:^>{5,9}[^\n]*$|(?![^]))/gm, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[\w./\\-]+\.\w+:?$/.test(line))
    .join(' ');
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
}
