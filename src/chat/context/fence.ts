const maxInfoCharacters = 300;

/** A text as a Markdown code block that nothing in it can end: its marks are longer than any inside. */
export function fenced(text: string, info: string): string {
  let longest = 2;
  for (const [marks] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, marks.length);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${infoLine(info)}\n${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${fence}`;
}

/** A path or label may hold anything that a file name may: here it stays in one line, and without marks. */
function infoLine(info: string): string {
  return info
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('`', "'")
    .slice(0, maxInfoCharacters)
    .trim();
}
