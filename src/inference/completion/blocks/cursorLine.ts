/** The lines around a cursor and what can be said of a line without knowing its language. */

/** The part of the cursor's line left of the cursor. */
export function lineBefore(prefix: string): string {
  return prefix.slice(prefix.lastIndexOf('\n') + 1);
}

/** The part of the cursor's line right of the cursor, without its line end. */
export function lineAfter(suffix: string): string {
  const end = suffix.indexOf('\n');
  return (end === -1 ? suffix : suffix.slice(0, end)).replace(/\r$/, '');
}

/** The nearest `count` lines above the cursor's line that are not blank, in the document's order. */
export function linesAbove(prefix: string, count: number): string[] {
  const found: string[] = [];
  let end = prefix.lastIndexOf('\n');
  while (end >= 0 && found.length < count) {
    const start = end === 0 ? 0 : prefix.lastIndexOf('\n', end - 1) + 1;
    const line = prefix.slice(start, end);
    if (line.trim() !== '') found.unshift(line);
    end = start - 1;
  }
  return found;
}

/** The first `count` lines below the cursor's line that are not blank. */
export function linesBelow(suffix: string, count: number): string[] {
  const found: string[] = [];
  let start = suffix.indexOf('\n') + 1;
  while (start > 0 && found.length < count) {
    const end = suffix.indexOf('\n', start);
    const line = end === -1 ? suffix.slice(start) : suffix.slice(start, end);
    if (line.trim() !== '') found.push(line);
    start = end + 1;
  }
  return found;
}

export function leadingSpace(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** Columns of a line's indentation when a tab goes on to the next multiple of `tabSize`. */
export function indentWidth(line: string, tabSize: number): number {
  let width = 0;
  for (const char of leadingSpace(line))
    width = char === '\t' ? (Math.floor(width / tabSize) + 1) * tabSize : width + 1;
  return width;
}

/** A text without its white space: two lines with the same rest differ in formatting only. */
export function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

const closingWords = 'end|endif|endfor|endwhile|fi|done|esac';
const closer = new RegExp(
  `^\\s*(?:[)\\]}>]*[\\s)\\]};,.'"\`]*|(?:${closingWords})[\\s)\\]};,]*|</[\\w.:-]*>[\\s)\\]};,]*)$`,
);

/** Whether a line only closes what other lines opened: `});`, `end`, `</ul>`. Such lines repeat in sound code. */
export function isCloser(line: string): boolean {
  return line.length < 200 && closer.test(line);
}
