import type { Example } from '../examples/example.ts';
import { shinglesOf } from './shingles.ts';
import { sameShare } from './withoutNearDuplicates.ts';

/** A text of so many pairs of words that is found within another one is there for a reason; a shorter one is everywhere. */
const tellingPairs = 8;

/**
 * Examples without those whose text is nearly that of one of `others`, or holds it: what is to prove something must not
 * have been read before. Where it stands does not matter.
 */
export function withoutTextsOf<T extends Pick<Example, 'text'>>(
  examples: readonly T[],
  others: readonly Pick<Example, 'text'>[],
): T[] {
  const sizes: number[] = [];
  const othersWith = new Map<number, number[]>();
  for (const [other, { text }] of others.entries()) {
    const shingles = shinglesOf(text);
    sizes.push(shingles.length);
    for (const each of shingles) {
      const list = othersWith.get(each);
      if (list === undefined) othersWith.set(each, [other]);
      else list.push(other);
    }
  }
  const holdsOne = (text: string): boolean => {
    const shingles = shinglesOf(text);
    const common = new Map<number, number>();
    for (const each of shingles)
      for (const other of othersWith.get(each) ?? []) common.set(other, (common.get(other) ?? 0) + 1);
    return [...common].some(([other, count]) => {
      const size = sizes[other] ?? 0;
      return count >= sameShare * (size >= tellingPairs ? size : size + shingles.length - count);
    });
  };
  return examples.filter(({ text }) => !holdsOne(text));
}
