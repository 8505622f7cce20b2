/** A line as a file has it. Only `\n` and `\r\n` end one: a lone `\r` may be data. */
interface Line {
  readonly text: string;
  /** '' only where the file ends without a line end. */
  readonly end: LineEnd | '';
  /** UTF-16 offset in the file. */
  readonly start: number;
}

type LineEnd = '\n' | '\r\n';

/** A file's text in lines. A byte order mark belongs to no line, so no edit of lines can lose it. */
export interface FileText {
  readonly text: string;
  readonly lines: readonly Line[];
  /** What most lines end with: what a line gets that has no neighbour to take it from. */
  readonly lineEnd: LineEnd;
}

/** Puts `text` in the place of [start, end), UTF-16 offsets. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function readFileText(text: string): FileText {
  const lines: Line[] = [];
  const ends = { '': 0, '\n': 0, '\r\n': 0 };
  for (let start = bodyStart(text); start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const next = newline === -1 ? text.length : newline + 1;
    const end = newline === -1 ? '' : newline > start && text[newline - 1] === '\r' ? '\r\n' : '\n';
    ends[end]++;
    lines.push({ text: text.slice(start, next - end.length), end, start });
    start = next;
  }
  return { text, lines, lineEnd: ends['\r\n'] > ends['\n'] ? '\r\n' : '\n' };
}

/**
 * The edit that puts whole lines in the place of lines [from, to). New lines end as the line they replace or follow; the
 * last line of the file keeps an end if it had one and stays without if it had none.
 */
export function replaceLines(file: FileText, from: number, to: number, texts: readonly string[]): TextEdit {
  const { text, lines } = file;
  const start = lines[from]?.start ?? text.length;
  const end = lines[to]?.start ?? text.length;
  const lineEnd = lines[from]?.end || lines[from - 1]?.end || lines[from - 2]?.end || file.lineEnd;
  if (to < lines.length || lines.at(-1)?.end !== '')
    return { start, end, text: texts.map((each) => each + lineEnd).join('') };
  const isBehindOpenLine = from === lines.length && texts.length > 0;
  return { start, end, text: (isBehindOpenLine ? lineEnd : '') + texts.join(lineEnd) };
}

/** Throws a `RangeError` unless the edits are in order, disjoint and inside the text. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, text: put } of edits) {
    if (start < from || end < start || end > text.length)
      throw new RangeError(`No place for an edit of ${start}-${end}.`);
    parts.push(text.slice(from, start), put);
    from = end;
  }
  return parts.join('') + text.slice(from);
}

/** With the line end that most lines have, or without: what a unified diff can say of a file's last line. */
export function withFinalNewline(text: string, wanted: boolean): string {
  const { lines, lineEnd } = readFileText(text);
  const last = lines.at(-1);
  if (last === undefined || wanted === (last.end !== '')) return text;
  return wanted ? text + lineEnd : text.slice(0, text.length - last.end.length);
}

function bodyStart(text: string): number {
  return text.startsWith('\uFEFF') ? 1 : 0;
}
