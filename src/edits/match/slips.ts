import type { Block } from './block.ts';

/** What models do to the lines of a block by mistake, and how to take it back. Undefined: this block shows no sign of it. */
const slips: readonly ((block: Block) => Block | undefined)[] = [
  withoutFences,
  withoutLineNumbers,
  withoutSigns,
  unescaped,
];

/** A block as it is written, then as it may be meant. Only what stands in the file so is believed. */
export function readingsOf(block: Block): readonly Block[] {
  return [block, ...slips.flatMap((slip) => slip(block) ?? [])];
}

/** Each side is a code block of its own. */
function withoutFences({ search, replace, ...rest }: Block): Block | undefined {
  const [inSearch, inReplace] = [insideFence(search), insideFence(replace)];
  if (inSearch === undefined && inReplace === undefined) return undefined;
  return { ...rest, search: inSearch ?? search, replace: inReplace ?? replace };
}

function insideFence(lines: readonly string[]): readonly string[] | undefined {
  const isFenced = /^(`{3,}|~{3,})[^`]*$/.test(lines[0] ?? '') && /^(`{3,}|~{3,})$/.test(lines.at(-1) ?? '');
  return isFenced && lines.length > 1 ? lines.slice(1, -1) : undefined;
}

const numbered = /^\s*(\d+)(?: [|│] ?|[|│]|: ?|→|\t)(.*)$/;

/** The numbers with which a prompt showed the file: `12 | code`. They count on from line to line. */
function withoutLineNumbers({ search, replace }: Block): Block | undefined {
  const numbers = search.map((line) => Number(numbered.exec(line)?.[1]));
  const [first] = numbers;
  if (first === undefined || search.length < 2 || numbers.some((number, i) => number !== first + i)) return undefined;
  return { search: search.map(withoutNumber), replace: replace.map(withoutNumber), line: first };
}

function withoutNumber(line: string): string {
  return numbered.exec(line)?.[2] ?? line;
}

/** The signs of a unified diff: `-` before what goes and `+` before what comes. */
function withoutSigns({ search, replace, ...rest }: Block): Block | undefined {
  if (!isSigned(search, '-') || (replace.length > 0 && !isSigned(replace, '+'))) return undefined;
  return { ...rest, search: search.map((line) => line.slice(1)), replace: replace.map((line) => line.slice(1)) };
}

function isSigned(lines: readonly string[], sign: string): boolean {
  const isPartOfDiff = (line: string) => line === '' || line.startsWith(sign) || line.startsWith(' ');
  return lines.some((line) => line.startsWith(sign)) && lines.every(isPartOfDiff);
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** Written as if for a web page. */
function unescaped({ search, replace, ...rest }: Block): Block | undefined {
  const entity = /&(?:lt|gt|quot|#39|amp);/g;
  if (!search.some((line) => line.search(entity) !== -1)) return undefined;
  const plain = (line: string) => line.replace(entity, (each) => entities[each] ?? each);
  return { ...rest, search: search.map(plain), replace: replace.map(plain) };
}
