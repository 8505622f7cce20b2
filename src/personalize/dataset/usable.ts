import type { Example } from '../examples/example.ts';

/** Where less than half of an accepted text is left, the user wanted something else, and it is not known what. */
const leastKept = 0.5;

/** Whether an example shows what the user wants. */
export function isUsable({ text, kept, excluded }: Example): boolean {
  return !excluded && kept >= leastKept && text.trim() !== '';
}
