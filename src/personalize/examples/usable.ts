import type { Example } from './example.ts';

/** Where less than half of an accepted text is left, the user wanted something else, and it is not known what. */
export const leastKept = 0.5;

/** Whether an example shows what the user wants. */
export function isUsable({ text, kept, excluded }: Example): boolean {
  return !excluded && kept >= leastKept && text.trim() !== '';
}
