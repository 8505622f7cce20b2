/** A shuffle's first `count`, the same for the same state of `random`. */
export function sampled(items, count, random) {
  const rest = [...items];
  const chosen = [];
  while (chosen.length < count && rest.length > 0) {
    const at = Math.floor(random() * rest.length);
    chosen.push(rest[at]);
    rest[at] = rest.at(-1);
    rest.pop();
  }
  return chosen;
}
