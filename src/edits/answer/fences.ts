/** The first line of a code block. */
export interface FenceStart {
  readonly indent: number;
  /** The marks: three or more backticks or tildes. */
  readonly marks: string;
  readonly info: string;
}

export function fenceStart(line: string): FenceStart | undefined {
  const [, before = '', marks = '', info = ''] = /^((?:\s|>|[-*+]\s|\d+[.)]\s)*)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
  // `` ```a``` `` is code within a line.
  if (marks === '' || (marks.startsWith('`') && info.includes('`'))) return undefined;
  return { indent: before.length, marks, info: info.trim() };
}

/** How to tell the marks that end a block from those inside it. */
export interface FenceKind {
  /** Lines of a diff begin with a blank: marks behind one are content. */
  readonly isDiff?: boolean;
  /** The block is a Markdown file, which has code blocks itself, often with as many marks. */
  readonly isMarkdown?: boolean;
}

/**
 * The line that ends a code block, by CommonMark's rule and two exceptions for models, who nest without longer marks:
 * marks with a language behind them begin a block within; bare marks right above a line of text do in a Markdown file.
 * Undefined: the answer does not have it yet.
 */
export function fenceEnd(
  lines: readonly string[],
  from: number,
  { indent, marks }: FenceStart,
  { isDiff, isMarkdown }: FenceKind,
  isComplete: boolean,
): number | undefined {
  let inner: string | undefined;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const start = fenceStart(line);
    if (start?.marks.startsWith(marks) !== true || start.indent > indent + (isDiff ? 0 : 3)) continue;
    if (start.info !== '') {
      if (!isDiff) inner ??= start.marks;
    } else if (inner !== undefined) {
      if (start.marks.length >= inner.length) inner = undefined;
    } else {
      const next = lines[at + 1];
      if (!isMarkdown || next?.trim() === '') return at;
      if (next === undefined) return isComplete ? at : undefined;
      inner = start.marks;
    }
  }
  return undefined;
}
