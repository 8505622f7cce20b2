/** The most characters that a chunk holds, and that a line keeps. */
export const maxChunkCharacters = 2_400;

/** A text by its lines, long ones cut short. Line numbers are those of the text. */
export interface FileLines {
  readonly count: number;
  line(number: number): string;
  /** Characters of the lines from `start` to before `end`, one line end each. */
  size(start: number, end: number): number;
  isBlank(number: number): boolean;
  text(start: number, end: number): string;
  /** The line that a UTF-16 offset of the text lies in. */
  lineAt(offset: number): number;
}

/** `text` has `\n` line ends. */
export function fileLines(text: string): FileLines {
  const starts: number[] = [];
  const lines: string[] = [];
  const sizes: number[] = [0];
  for (let start = 0, size = 0; start <= text.length; ) {
    const lineEnd = text.indexOf('\n', start);
    const end = lineEnd === -1 ? text.length : lineEnd;
    const line = cut(text, start, end);
    starts.push(start);
    lines.push(line);
    size += line.length + 1;
    sizes.push(size);
    start = end + 1;
  }
  const sizeBefore = (number: number) => sizes[number] ?? 0;
  return {
    count: lines.length,
    line: (number) => lines[number] ?? '',
    size: (start, end) => sizeBefore(end) - sizeBefore(start),
    isBlank: (number) => !/\S/.test(lines[number] ?? ''),
    text: (start, end) => lines.slice(start, end).join('\n'),
    lineAt(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}

function cut(text: string, start: number, end: number): string {
  if (end - start < maxChunkCharacters) return text.slice(start, end);
  const last = start + maxChunkCharacters - 1;
  const splitsPair = (text.charCodeAt(last - 1) & 0xfc00) === 0xd800;
  return text.slice(start, splitsPair ? last - 1 : last);
}
