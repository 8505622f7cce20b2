import { isCloser } from '../blocks/cursorLine.ts';
import type { PostFilter } from '../types.ts';

const maxCycleLines = 4;
/** Shorter units (`0, 0, 0`, `====`) repeat on purpose. In characters. */
const unit = { shortest: 4, longest: 80 };
const minRepetitions = 3;

/** Cuts a looping tail before its first repetition: lines that come round again, or a piece of a line three times over. */
export const repeatedLines: PostFilter = (text, input) => {
  const shorter = withoutLoopingLines(withoutLoopInLine(text));
  return shorter === text ? text : repeatedLines(shorter, input);
};

function withoutLoopingLines(text: string): string {
  const lines = text.split('\n');
  const visible = lines.map((line, i) => ({ line: line.trim(), end: i + 1 })).filter(({ line }) => line !== '');
  for (let cycle = 1; cycle <= maxCycleLines; cycle++) {
    let start = visible.length - cycle;
    while (
      start > 0 &&
      isAgain(visible[start - 1]?.line, visible[start - 1 + cycle]?.line, start - 1 + cycle === visible.length - 1)
    )
      start--;
    const repeats = visible.length - start >= 2 * cycle;
    const period = visible.slice(start, start + cycle);
    if (!repeats || !period.some(({ line }) => /\p{L}{2}/u.test(line) && !isCloser(line))) continue;
    return lines.slice(0, period.at(-1)?.end).join('\n');
  }
  return text;
}

/** The last line may be unfinished. */
function isAgain(line = '', later = '', isLast = false): boolean {
  return line === later || (isLast && later.length >= 2 && line.startsWith(later));
}

function withoutLoopInLine(text: string): string {
  let lineStart = 0;
  for (const line of text.split('\n')) {
    const end = loopStart(line.trimEnd());
    if (end !== undefined) return text.slice(0, lineStart + end);
    lineStart += line.length + 1;
  }
  return text;
}

/** Where the first repetition begins in a line that ends in a loop. */
function loopStart(line: string): number | undefined {
  for (let period = unit.shortest; period <= Math.min(unit.longest, line.length / minRepetitions); period++) {
    let start = line.length;
    while (start > period && line[start - 1] === line[start - 1 - period]) start--;
    const begin = start - period;
    const isLoop = line.length - begin >= period * minRepetitions;
    if (isLoop && /\p{L}/u.test(line.slice(begin, start))) return start;
  }
  return undefined;
}
