import { readFileText } from '../text/fileText.ts';
import type { Block } from './block.ts';
import { indentOf } from './indentation.ts';
import type { Syntax } from '../../syntax/syntax.ts';
import { loneNodesOf, nodesLike, parseBudgetMs } from './syntaxNode.ts';

/**
 * The change that puts code into a file which says no more than what it declares: in the place of the one declaration of
 * its kind and name, with that one's indentation. Undefined when there is none, or several, or the code is more than one
 * declaration.
 */
export async function snippetBlock(
  text: string,
  code: readonly string[],
  { syntax, languageId }: { readonly syntax: Syntax; readonly languageId: string },
): Promise<Block | undefined> {
  const lines = trimmed(code);
  const file = readFileText(text).lines.map((line) => line.text);
  for (const lone of await loneNodesOf(syntax, languageId, lines)) {
    using parsed = await syntax.parse(languageId, text, parseBudgetMs);
    const [node, ...others] = parsed === undefined ? [] : nodesLike(parsed, lone);
    if (node === undefined || others.length > 0) continue;
    const { startPosition, endPosition } = node;
    const documented = lone.code[0]?.trim() === '' && lines[0]?.trim() !== '';
    const from = documented ? firstCommentRow(node, file) : startPosition.row;
    const before = documented ? '' : (file[startPosition.row]?.slice(0, startPosition.column) ?? '');
    const behind = file[endPosition.row]?.slice(endPosition.column) ?? '';
    const replace = placed(lines, indentOf(file[startPosition.row] ?? ''), before.trim() === '' ? '' : before, behind);
    return { search: file.slice(from, endPosition.row + 1), replace, line: from + 1 };
  }
  return undefined;
}

function trimmed(code: readonly string[]): readonly string[] {
  const first = code.findIndex((line) => line.trim() !== '');
  const last = code.findLastIndex((line) => line.trim() !== '');
  return first === -1 ? [] : code.slice(first, last + 1);
}

/** The code as it stands there: `export ` before it and `;` behind it stay. */
function placed(lines: readonly string[], indent: string, before: string, behind: string): readonly string[] {
  const own = indentOf(lines[0] ?? '');
  const moved = lines.map((line) => {
    if (line.trim() === '') return '';
    return line.startsWith(own) ? indent + line.slice(own.length) : line;
  });
  const [first = '', ...rest] = moved;
  const isAlone = before === '' || first.trimStart().startsWith(before.trim());
  const all = [isAlone ? first : before + first.trimStart(), ...rest];
  const last = all.at(-1) ?? '';
  return last.trimEnd().endsWith(behind.trim()) ? all : [...all.slice(0, -1), last + behind];
}

/** Where the comments begin that stand right above a declaration, each on lines of its own. */
function firstCommentRow(node: ReturnType<typeof nodesLike>[number], file: readonly string[]): number {
  let row = node.startPosition.row;
  for (let above = node.previousSibling; above !== null; above = above.previousSibling) {
    const isAlone = file[above.startPosition.row]?.slice(0, above.startPosition.column).trim() === '';
    if (!above.type.includes('comment') || !isAlone || above.endPosition.row < row - 1) break;
    row = above.startPosition.row;
  }
  return row;
}
