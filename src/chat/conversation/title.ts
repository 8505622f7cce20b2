const maxCharacters = 60;

/** What a conversation is called until the user says otherwise: the first line of its question, in whole words. */
export function titleOf(question: string): string {
  const line = question.split('\n').find((each) => each.trim() !== '') ?? '';
  const words = line.trim().split(/\s+/u);
  const fitting = words.filter((_, at) => words.slice(0, at + 1).join(' ').length <= maxCharacters);
  if (fitting.length === words.length) return words.join(' ');
  return `${fitting.length > 0 ? fitting.join(' ') : firstCharacters(words.join(' '))}…`;
}

/** Never half of a character that takes two units. */
function firstCharacters(text: string): string {
  return text.slice(0, maxCharacters).replace(/[\uD800-\uDBFF]$/, '');
}
