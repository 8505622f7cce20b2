export function slugify(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

export function countWords(text: string): number {
  let count = 0;
  for (const word of text.split(/\s+/)) {
    if (word.length > 0) {
      count += 1;
    }
  }
  return count;
}

export function longestWord(text: string): string {
  const words = text.split(/\s+/);
  let longest = '';
  for (let i = 0; i < words.length; i++) {
    if (words[i].length > longest.length) {
      longest = words[i];
    }
  }
  return longest;
}
