import { maskSecrets } from '../../privacy/secretText.ts';

/** A text and what stands around it. */
export interface Around {
  readonly prefix: string;
  readonly text: string;
  readonly suffix: string;
}

/**
 * The same with every secret around the text masked, also one that reaches up to it:
 *
 *     prefix: const password = "    text: hunter2!    suffix: ";     undefined: the text is in a secret
 *     prefix: log("sk-…", "         text: a, b        suffix: ");    log("[secret]", "  and the rest as it was
 *
 * Masked as a whole and cut again where the borders were. Undefined when the text holds any of a secret, or when it
 * cannot be told where a border was: between two secrets on one line.
 */
export function maskAround({ prefix, text, suffix }: Around): Around | undefined {
  const whole = prefix + text + suffix;
  const masked = maskSecrets(whole);
  if (masked === whole) return { prefix, text, suffix };
  const start = borderIn(masked, whole, prefix.length);
  const end = borderIn(masked, whole, prefix.length + text.length);
  if (start === undefined || end === undefined || masked.slice(start, end) !== text) return undefined;
  return { prefix: masked.slice(0, start), text, suffix: masked.slice(end) };
}

/** Where an offset of the whole lies in what masking made of it. Masking keeps all line ends. */
function borderIn(masked: string, whole: string, offset: number): number | undefined {
  const nth = whole.slice(0, offset).split('\n').length - 1;
  const before = lineAt(whole, nth);
  const after = lineAt(masked, nth);
  const column = offset - before.start;
  if (column <= commonHead(before.text, after.text)) return after.start + column;
  const fromEnd = before.text.length - column;
  if (fromEnd <= commonTail(before.text, after.text)) return after.start + after.text.length - fromEnd;
  return undefined;
}

function lineAt(text: string, nth: number): { readonly start: number; readonly text: string } {
  let start = 0;
  for (let i = 0; i < nth; i++) start = text.indexOf('\n', start) + 1;
  const end = text.indexOf('\n', start);
  return { start, text: text.slice(start, end < 0 ? text.length : end) };
}

function commonHead(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

function commonTail(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length;
}
