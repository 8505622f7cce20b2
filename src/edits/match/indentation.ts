/** Indentation of a search line and of the file's line that it stands for. */
export type IndentPair = readonly [search: string, file: string];

/** For comparing tabs with blanks; editors show a tab as four columns or so. */
const tabColumns = 4;

/** Whether what lies deeper in the one lies deeper in the other, and what is level is level. */
export function isInOrder(pairs: readonly IndentPair[]): boolean {
  const known = [...new Map(pairs)];
  return pairs.every(([a, b]) =>
    known.every(([c, d]) => Math.sign(columns(a) - columns(c)) === Math.sign(columns(b) - columns(d))),
  );
}

/**
 * Gives a line of the model's text the indentation that the file would have there.
 *
 * @param pairs of lines that are the same but for white space
 * @param written all lines of the model's text, which show the unit it indents by
 * @param file lines of the file, for a unit where the pairs show none
 */
export function reindenter(
  pairs: readonly IndentPair[],
  written: readonly string[],
  file: readonly string[],
): (line: string) => string {
  const known = [...new Map(pairs)].toSorted(([a], [b]) => columns(a) - columns(b));
  const unit = unitOf(written) ?? unitOf(file) ?? '    ';
  const writtenUnit = columns(unit);
  const fileUnit = unitOfPairs(known, writtenUnit) ?? likeIn(file, unit);
  return (line) => {
    const indent = indentOf(line);
    const text = line.slice(indent.length);
    if (text === '') return '';
    const [near, nearInFile] = known.findLast(([each]) => columns(each) <= columns(indent)) ?? known[0] ?? ['', ''];
    const deeper = columns(indent) - columns(near);
    if (deeper < 0) return outdented(nearInFile, fileUnit, Math.ceil(-deeper / writtenUnit)) + text;
    const levels = Math.floor(deeper / writtenUnit);
    return nearInFile + fileUnit.repeat(levels) + ' '.repeat(deeper % writtenUnit) + text;
  };
}

export function indentOf(line: string): string {
  return /^[^\S\n]*/.exec(line)?.[0] ?? '';
}

function columns(indent: string): number {
  return indent.replaceAll('\t', ' '.repeat(tabColumns)).length;
}

function outdented(indent: string, unit: string, levels: number): string {
  let rest = indent;
  for (let level = 0; level < levels; level++) rest = rest.endsWith(unit) ? rest.slice(0, -unit.length) : '';
  return rest;
}

/** What a level is in the file, where two pairs are one level apart. */
function unitOfPairs(known: readonly IndentPair[], writtenUnit: number): string | undefined {
  for (const [index, [search, file]] of known.entries()) {
    const above = known[index - 1];
    if (above === undefined || columns(search) - columns(above[0]) !== writtenUnit) continue;
    if (file.length > above[1].length && file.startsWith(above[1])) return file.slice(above[1].length);
  }
  return undefined;
}

/** Tabs become the file's blanks and blanks its tabs; otherwise the model has seen what the file indents by. */
function likeIn(file: readonly string[], unit: string): string {
  const fileUnit = unitOf(file) ?? unit;
  return fileUnit[0] === unit[0] ? unit : fileUnit;
}

/** The step by which lines are most often indented more than the line above. */
function unitOf(lines: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  let above: string | undefined;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const indent = indentOf(line);
    if (above !== undefined && indent.length > above.length && indent.startsWith(above)) {
      const step = indent.slice(above.length);
      counts.set(step, (counts.get(step) ?? 0) + 1);
    }
    above = indent;
  }
  return [...counts].toSorted(([a, x], [b, y]) => y - x || a.length - b.length)[0]?.[0];
}
