/** 1 less the edit distance (insert, delete, replace) over the longer length: 1 for the same text, 0 for nothing alike. */
export function editSimilarity(a: string, b: string): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long === '') return 1;
  let row = Uint16Array.from({ length: short.length + 1 }, (_, at) => at);
  let next = new Uint16Array(short.length + 1);
  for (let y = 1; y <= long.length; y++) {
    next[0] = y;
    for (let x = 1; x <= short.length; x++) {
      const replaced = (row[x - 1] ?? 0) + (long.charCodeAt(y - 1) === short.charCodeAt(x - 1) ? 0 : 1);
      next[x] = Math.min(replaced, (row[x] ?? 0) + 1, (next[x - 1] ?? 0) + 1);
    }
    [row, next] = [next, row];
  }
  return 1 - (row[short.length] ?? 0) / long.length;
}
