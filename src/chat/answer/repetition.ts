/** A piece of this length, over and over, is a loop; shorter ones are lines of dashes and tables of zeros. */
const [shortest, longest] = [6, 400];
const leastTimes = 6;
/** So much of nothing else, and no poem or table is taken for one. */
const leastCharacters = 600;

/** Whether a text ends in one piece over and over: what small models fall into, and never leave by themselves. */
export function repeatsItself(text: string): boolean {
  const tail = text.slice(-longest * leastTimes);
  if (tail.length < leastCharacters) return false;
  for (let length = shortest; length <= longest; length++) {
    const looped = tail.slice(-Math.max(leastCharacters, length * leastTimes));
    if (looped.length >= length * leastTimes && looped.slice(length) === looped.slice(0, -length)) return true;
  }
  return false;
}
