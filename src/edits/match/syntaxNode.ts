import type { Parsed, Syntax, SyntaxNode } from '../../syntax/syntax.ts';

/** What must stand around a part of a file so that it can be parsed by itself. */
interface Surroundings {
  readonly before: string;
  readonly after: string;
}

const bare: Surroundings = { before: '', after: '' };
const inClass: Surroundings = { before: 'class C {', after: '}' };
const inObject: Surroundings = { before: '({', after: '})' };
const inBraces: Surroundings = { before: '{', after: '}' };

/** Tried in order. Absent: languages in which every part can stand by itself. */
const surroundings: Readonly<Record<string, readonly Surroundings[]>> = {
  typescript: [bare, inClass, inObject],
  typescriptreact: [bare, inClass, inObject],
  javascript: [bare, inClass, inObject],
  javascriptreact: [bare, inClass, inObject],
  java: [bare, inClass],
  csharp: [bare, inClass],
  cpp: [bare, { before: 'class C {', after: '};' }],
  php: [
    { before: '<?php', after: '' },
    { before: '<?php class C {', after: '}' },
  ],
  json: [inBraces],
  jsonc: [inBraces],
};

/** Nobody types meanwhile. */
export const parseBudgetMs = 2_000;

/** A text that is one declaration or statement. */
export interface LoneNode {
  readonly type: string;
  readonly name: string | undefined;
  /** The lines of the text, comments made blank. */
  readonly code: readonly string[];
}

/**
 * What the lines may be: the same method is one kind of node by itself and another in a class. Empty when they are no
 * single declaration or statement, or have an error.
 */
export async function loneNodesOf(
  syntax: Syntax,
  languageId: string,
  lines: readonly string[],
): Promise<readonly LoneNode[]> {
  const text = dedented(lines).join('\n');
  const found: LoneNode[] = [];
  for (const { before, after } of surroundings[languageId] ?? [bare]) {
    using parsed = await syntax.parse(languageId, `${before}\n${text}\n${after}`, parseBudgetMs);
    if (parsed === undefined || parsed.hasError) continue;
    const start = before.length + 1;
    const [only, ...others] = nodesIn(parsed.root, start, start + text.length + 1);
    if (only === undefined || others.length > 0) continue;
    const code = withoutComments(parsed, parsed.root, 0, parsed.text.length).split('\n');
    found.push({ type: only.type, name: nameOf(only), code: code.slice(1, 1 + lines.length) });
  }
  return found;
}

/** All nodes of a file of the same kind and name. */
export function nodesLike(parsed: Parsed, { type, name }: LoneNode): readonly SyntaxNode[] {
  return parsed.root.descendantsOfType(type).filter((node) => node !== null && nameOf(node) === name);
}

/** A node's text with comments made blank; its lines stay. */
export function withoutComments(
  { text }: Parsed,
  node: SyntaxNode,
  start = node.startIndex,
  end = node.endIndex,
): string {
  const parts: string[] = [];
  let from = start;
  const cursor = node.walk();
  for (let more = true; more; ) {
    const isComment = cursor.nodeType.includes('comment');
    if (isComment) {
      parts.push(text.slice(from, cursor.startIndex));
      parts.push(text.slice(cursor.startIndex, cursor.endIndex).replace(/[^\n]/g, ' '));
      from = cursor.endIndex;
    }
    more = (!isComment && cursor.gotoFirstChild()) || cursor.gotoNextSibling();
    while (!more && cursor.gotoParent()) more = cursor.gotoNextSibling();
  }
  cursor.delete();
  parts.push(text.slice(from, end));
  return parts.join('');
}

/** The outermost named nodes between two offsets that are no comments. */
function nodesIn(node: SyntaxNode, start: number, end: number): readonly SyntaxNode[] {
  return node.namedChildren.flatMap((child) => {
    if (child.type.includes('comment') || child.endIndex <= start || child.startIndex >= end) return [];
    return child.startIndex >= start && child.endIndex <= end ? [child] : nodesIn(child, start, end);
  });
}

const nameFields = ['name', 'declarator', 'left', 'key', 'property', 'type'];
const maxDepth = 4;

/** Its own name, or that of the one thing that it exports, decorates or declares. */
function nameOf(node: SyntaxNode, depth = 0): string | undefined {
  for (const field of nameFields) {
    const named = node.childForFieldName(field);
    if (named === null) continue;
    return (depth < maxDepth && nameOf(named, depth + 1)) || named.text;
  }
  const [only, ...others] = node.namedChildren.filter(
    (child) => !/comment|decorator|attribute|modifier/.test(child.type),
  );
  return only !== undefined && others.length === 0 && depth < maxDepth ? nameOf(only, depth + 1) : undefined;
}

function dedented(lines: readonly string[]): readonly string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  const shared = indents.reduce((shortest, indent) => {
    let length = 0;
    while (length < shortest.length && shortest[length] === indent[length]) length++;
    return shortest.slice(0, length);
  }, indents[0] ?? '');
  return lines.map((line) => (line.startsWith(shared) ? line.slice(shared.length) : line.trimStart()));
}
