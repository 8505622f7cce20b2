import { indentWidth, leadingSpace, lineBefore } from '../blocks/cursorLine.ts';
import { lexiconOf } from '../blocks/lexicon.ts';
import type { IndentStyle, PostFilter } from '../types.ts';

/** Writes the completion's indentation the way the document does: tabs or spaces, and as many to a level. */
export const indentation: PostFilter = (text, { prefix, languageId, indent }) => {
  const before = lineBefore(prefix);
  const [first = '', ...others] = text.split('\n');
  const start = /[ \t]$/.test(before) ? first.trimStart() : before === '' ? restyled(first, indent) : first;
  if (others.length === 0) return start;

  const base = indentWidth(before + (before.trim() === '' ? start : ''), indent.size);
  const widths = others.map((line) => indentWidth(line, indent.size));
  const step = stepOf([before + start, ...others], [base, ...widths], lexiconOf(languageId).opener) ?? indent.size;
  const lines = others.map((line, i) => {
    if (line.trim() === '' && i < others.length - 1) return '';
    return render(rescaled(widths[i] ?? 0, base, step, indent.size), indent) + line.slice(leadingSpace(line).length);
  });
  return [start, ...lines].join('\n');
};

/** Columns per level in the completion: what the first line inside a block has more than the line that opens it. */
function stepOf(lines: readonly string[], widths: readonly number[], opener: RegExp): number | undefined {
  const base = widths[0] ?? 0;
  for (let i = 0; i + 1 < lines.length; i++) {
    const line = lines[i] ?? '';
    const width = widths[i] ?? 0;
    if (width < base || !opener.test(line.trimEnd().slice(-300))) continue;
    const next = lines.findIndex((each, k) => k > i && each.trim() !== '');
    const step = (widths[next] ?? 0) - width;
    if (step > 0) return step;
  }
  return undefined;
}

/** What is deeper than the cursor's line gets the document's step; what is left over (alignment) stays below one. */
function rescaled(width: number, base: number, step: number, size: number): number {
  if (width <= base || step === size) return width;
  const levels = Math.floor((width - base) / step);
  return base + levels * size + Math.min(width - base - levels * step, size - 1);
}

function restyled(line: string, indent: IndentStyle): string {
  return render(indentWidth(line, indent.size), indent) + line.slice(leadingSpace(line).length);
}

function render(width: number, { insertSpaces, size }: IndentStyle): string {
  return insertSpaces ? ' '.repeat(width) : '\t'.repeat(Math.floor(width / size)) + ' '.repeat(width % size);
}
