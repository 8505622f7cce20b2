/** The first whole lines that fit; a part of the first when not even that does. */
export function firstLines(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const end = text.lastIndexOf('\n', maxCharacters);
  return text.slice(0, end > 0 ? end : maxCharacters);
}
