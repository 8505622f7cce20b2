import type { FileLines } from './fileLines.ts';
import type { Part } from './part.ts';

export interface MarkdownParts {
  readonly parts: readonly Part[];
  readonly holdsTogether: (line: number) => boolean;
}

interface Heading {
  readonly level: number;
  readonly title: string;
  readonly line: number;
}

/** Sections by their headings, one inside the other. What is fenced or in the front matter is no heading. */
export function markdownParts(lines: FileLines): MarkdownParts {
  const headings: Heading[] = [];
  const fenced = new Set<number>();
  let fence: string | undefined;
  let start = 0;
  if (lines.line(0) === '---') {
    let end = 1;
    while (end < lines.count && lines.line(end) !== '---') end++;
    if (end < lines.count) start = end + 1;
  }
  for (let line = start; line < lines.count; line++) {
    const text = lines.line(line);
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(text)?.[1];
    if (fence !== undefined) {
      fenced.add(line);
      if (mark !== undefined && mark.startsWith(fence) && text.trim() === mark) fence = undefined;
    } else if (mark !== undefined) {
      fence = mark;
    } else {
      const heading = headingAt(lines, line, start);
      if (heading !== undefined) headings.push(heading);
    }
  }
  return { parts: sections(headings, 0, headings.length, lines.count), holdsTogether: (line) => fenced.has(line) };
}

function headingAt(lines: FileLines, line: number, start: number): Heading | undefined {
  const text = lines.line(line);
  const [, marks, title] = /^ {0,3}(#{1,6})[ \t]+(.*)$/.exec(text) ?? [];
  if (marks !== undefined)
    return { level: marks.length, title: plain((title ?? '').replace(/[ \t]+#+[ \t]*$/, '')), line };
  // `Title` above `=====`: the heading begins at the title.
  if (line > start && /^ {0,3}(=+|-{2,})[ \t]*$/.test(text) && isTitle(lines, line - 1, start)) {
    return { level: text.includes('=') ? 1 : 2, title: plain(lines.line(line - 1)), line: line - 1 };
  }
  return undefined;
}

function isTitle(lines: FileLines, line: number, start: number): boolean {
  const isAlone = line === start || lines.isBlank(line - 1);
  return isAlone && /^ {0,3}[^\s#>|*+-]/.test(lines.line(line));
}

/** Without links, emphasis and code marks. */
function plain(title: string): string {
  return title
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[`*]/g, '')
    .trim()
    .slice(0, 120);
}

/** The sections of the headings from `from` to before `to`; the last one ends before line `endLine`. */
function sections(headings: readonly Heading[], from: number, to: number, endLine: number): readonly Part[] {
  const parts: Part[] = [];
  for (let at = from; at < to; ) {
    const heading = headings[at];
    if (heading === undefined) break;
    let next = at + 1;
    while (next < to && (headings[next]?.level ?? 0) > heading.level) next++;
    const end = next < to ? (headings[next]?.line ?? endLine) : endLine;
    parts.push({
      kind: 'section',
      names: heading.title === '' ? [] : [heading.title],
      start: heading.line,
      end,
      signature: heading.line,
      children: sections(headings, at + 1, next, end),
    });
    at = next;
  }
  return parts;
}
