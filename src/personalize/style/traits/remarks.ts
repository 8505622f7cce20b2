import type { SourceCode } from '../sourceCode.ts';

/** What a comment says to people: a block comment, or line comments that stand under each other. */
export interface Remark {
  readonly start: number;
  readonly end: number;
  /** Without marks and indentation; lines are kept. */
  readonly text: string;
  /** `/** ... *\/`, `///`, `//!`. */
  readonly isDoc: boolean;
  /** Behind code on its line. */
  readonly isTrailing: boolean;
  /** Code that was commented out, a table, a drawing. */
  readonly isCode: boolean;
}

const codeLike = /[;{}][ \t]*$|=>|\w\(\)|^[ \t]*(?:import|return|const|if|for|def)\b|[|+=_-]{3}/m;

/** What programs read: linters, compilers, licences at the top of a file. */
const directive =
  /^(?:eslint|prettier|@ts-|@jsx|biome|oxlint|istanbul|c8|v8|tslint|jshint|global|globals|webpack|noqa|type:|pylint|pragma|region|endregion|!|-\*-|nolint|go:|\+build|<reference|coding[:=]|fmt:|isort:|mypy:|ruff:|nosec|rubocop|frozen_string_literal|shellcheck|sourceMappingURL|#|\s*$)|\b(?:copyright|licen[sc]e|SPDX|TO[D]O|FIX[M]E|XXX|HACK)\b/i;

const known = new WeakMap<SourceCode, readonly Remark[]>();

export function remarksOf(source: SourceCode): readonly Remark[] {
  let remarks = known.get(source);
  if (remarks === undefined) known.set(source, (remarks = readRemarks(source)));
  return remarks;
}

/** A remark while it is put together. */
interface Draft {
  readonly start: number;
  end: number;
  readonly said: string[];
  readonly isDoc: boolean;
  readonly isTrailing: boolean;
  readonly isBlock: boolean;
}

function readRemarks({ text, code, comments, lines }: SourceCode): readonly Remark[] {
  const drafts: Draft[] = [];
  let line = 0;
  for (const { start, end, isBlock } of comments) {
    const raw = text.slice(start, end);
    while ((lines[line + 1]?.start ?? text.length + 1) <= start) line++;
    const isTrailing = code.slice(Math.max(lines[line]?.start ?? 0, start - 200), start).trim() !== '';
    const isDoc = isBlock ? raw.startsWith('/**') : /^\/\/[/!]/.test(raw);
    const draft = { start, end, said: raw.split('\n').map(bare), isDoc, isTrailing, isBlock };
    const above = drafts.at(-1);
    if (above !== undefined && goesOn(above, draft) && /^\n[ \t]*$/.test(text.slice(above.end, start))) {
      above.said.push(...draft.said);
      above.end = end;
    } else drafts.push(draft);
  }
  return drafts.map(remarkOf).filter((remark) => !directive.test(remark.text));
}

/** Whether two comments can be one remark: line comments, each with a line to itself. */
function goesOn(above: Draft, below: Draft): boolean {
  return [above, below].every(({ isBlock, isTrailing }) => !isBlock && !isTrailing) && above.isDoc === below.isDoc;
}

function remarkOf({ start, end, said, isDoc, isTrailing }: Draft): Remark {
  const text = said.join('\n').trim();
  return { start, end, text, isDoc, isTrailing, isCode: codeLike.test(text) };
}

function bare(line: string): string {
  return line.replace(/^\s*(?:\/\*+!?|\/\/[/!]?|#+|\*(?!\/))?\s?|\s*\*+\/$/g, '').trimEnd();
}
