import { partnerOf, scanCode } from '../blocks/codeScan.ts';
import { lexiconOf } from '../blocks/lexicon.ts';
import { openBracketsAt } from '../blocks/openBrackets.ts';
import type { PostFilter } from '../types.ts';

/** Tells a string from code at the cursor; the scan recovers at the next line end at the latest. */
const contextCharacters = 30_000;

/** Closers close what is open and nothing else closes; openers are closed, but for the one that ends a block's first line. */
export const balancedBrackets: PostFilter = (text, input) => {
  const { prefix, suffix, languageId } = input;
  const lexicon = lexiconOf(languageId);
  if (!/[()[\]{}]/.test(text) || lexicon.brackets === '') return text;
  const { open, reserved, surplus } = openBracketsAt(prefix, suffix, lexicon);

  const near = prefix.slice(-contextCharacters);
  const stack: Open[] = open.map(({ bracket }) => ({ bracket, offset: -1 }));
  let end = text.length;
  for (const { offset, bracket, opens } of scanCode(near + text, lexicon).brackets) {
    const at = offset - near.length;
    if (at < 0) continue;
    if (opens) stack.push({ bracket, offset: at });
    else if (stack.length > reserved && stack.at(-1)?.bracket === partnerOf[bracket]) stack.pop();
    else {
      end = at;
      break;
    }
  }
  const shorter = withoutUnclosed(text.slice(0, end), stack, surplus);
  return shorter === text ? text : balancedBrackets(shorter, input);
};

interface Open {
  readonly bracket: string;
  /** In the completion; -1 when it lies before. */
  readonly offset: number;
}

function withoutUnclosed(text: string, stack: readonly Open[], surplus: string): string {
  const own = stack.filter(({ offset }) => offset >= 0);
  for (const closer of surplus) if (own.at(-1)?.bracket === partnerOf[closer]) own.pop();
  const first = own[0];
  if (!first) return text;
  const lineStart = text.lastIndexOf('\n', first.offset) + 1;
  const newline = text.indexOf('\n', first.offset);
  const line = text.slice(0, newline === -1 ? text.length : newline).trimEnd();
  if (text.slice(0, lineStart).trim() !== '') return text.slice(0, lineStart);
  return isBlockOpener(line) ? line : text.slice(0, first.offset);
}

/** A brace, or a bracket that is no call: `return (`, `const x = [`. */
function isBlockOpener(line: string): boolean {
  return /\{$|(?:^|[\s=:>])[([]$/.test(line);
}
