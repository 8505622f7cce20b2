import { type DeclarationKind, type DeclarationRules, declarationRules } from './declarationRules.ts';
import type { Parsed, SyntaxNode } from './syntax.ts';

/** Something a file declares at its top level (or inside a namespace). */
export interface Declaration {
  readonly name: string;
  readonly kind: DeclarationKind;
  /** The first lines of its documentation, then its text without function bodies, cut at 2,000 characters. */
  readonly signature: string;
  /** UTF-16 offsets of the declaration, documentation excluded. */
  readonly start: number;
  readonly end: number;
}

const maxDocLines = 3;
const maxSignatureCharacters = 2_000;

/** What the file declares, in its order. Members are part of their class's signature. Empty for unknown languages. */
export function declarationsIn(parsed: Parsed): readonly Declaration[] {
  const rules = declarationRules(parsed.languageId);
  return rules === undefined ? [] : declaredUnder(parsed.root, undefined, rules, parsed.text);
}

/** `outer` is the outermost wrapper around `parent`'s children that still belongs to each child's text. */
function declaredUnder(
  parent: SyntaxNode,
  outer: SyntaxNode | undefined,
  rules: DeclarationRules,
  text: string,
): readonly Declaration[] {
  const found: Declaration[] = [];
  for (const node of parent.namedChildren) {
    const kind = rules.declares[node.type];
    if (kind !== undefined) {
      const whole = outer ?? node;
      const names = namesOf(node, kind, rules);
      if (names.length === 0) continue;
      const signature = signatureOf(whole, rules, text);
      for (const name of names) found.push({ ...name, signature, start: whole.startIndex, end: whole.endIndex });
    } else if (rules.wrappers.includes(node.type)) {
      const holdsOne = node.namedChildren.filter((child) => canDeclare(child, rules)).length === 1;
      found.push(...declaredUnder(node, holdsOne ? (outer ?? node) : undefined, rules, text));
    } else if (rules.containers.includes(node.type)) {
      found.push(...declaredUnder(node, undefined, rules, text));
    }
  }
  return found;
}

function canDeclare(node: SyntaxNode, rules: DeclarationRules): boolean {
  return node.type in rules.declares || rules.wrappers.includes(node.type);
}

/** Several for `int a, b;`. None for what has no simple name, such as a destructured variable. */
function namesOf(
  node: SyntaxNode,
  kind: DeclarationKind,
  rules: DeclarationRules,
): readonly Pick<Declaration, 'name' | 'kind'>[] {
  const nameNodes = node.childrenForFieldName(rules.nameFields?.[node.type] ?? 'name');
  const candidates = nameNodes.length > 0 ? nameNodes : [node.firstNamedChild];
  return candidates.flatMap((candidate) => {
    const name = identifierIn(candidate);
    return name === undefined ? [] : [{ name, kind: declaratorKind(candidate, rules) ?? kind }];
  });
}

/** In C, whether `x *f(...)` is a function shows only on the way down to its name. */
function declaratorKind(declarator: SyntaxNode | null, rules: DeclarationRules): DeclarationKind | undefined {
  if (declarator === null) return undefined;
  return rules.declares[declarator.type] ?? declaratorKind(declarator.childForFieldName('declarator'), rules);
}

/** Follows C's declarators (`*f(int)` declares `f`), C++'s qualified names and generic types down to the identifier. */
function identifierIn(node: SyntaxNode | null): string | undefined {
  if (node === null) return undefined;
  const inner = node.childForFieldName('declarator') ?? node.childForFieldName('name');
  if (inner !== null) return identifierIn(inner);
  if (node.namedChildCount === 0) return isIdentifier.test(node.text) ? node.text : undefined;
  return /generic|reference|declarator/.test(node.type) ? identifierIn(node.firstNamedChild) : undefined;
}

const isIdentifier = /^[\p{L}_$][\p{L}\p{N}_$]*[?!]?$/u;

function signatureOf(node: SyntaxNode, rules: DeclarationRules, text: string): string {
  const parts: string[] = [];
  let from = node.startIndex;
  for (const { start, end } of bodiesIn(node, rules)) {
    parts.push(text.slice(from, start), rules.elision);
    from = end;
  }
  parts.push(text.slice(from, node.endIndex));
  return documentationOf(node, rules, text) + wholeLines(unindent(parts.join('').trimEnd(), indentOf(node, text)));
}

/** The ranges that a signature leaves out, in order. */
function bodiesIn(node: SyntaxNode, rules: DeclarationRules): readonly { start: number; end: number }[] {
  const body = rules.functions.includes(node.type) ? node.childForFieldName('body') : null;
  if (body !== null) return elided(body, rules);
  return node.namedChildren.flatMap((child) => bodiesIn(child, rules));
}

function elided(body: SyntaxNode, rules: DeclarationRules): readonly { start: number; end: number }[] {
  const first = rules.docstrings ? body.firstNamedChild : null;
  const docstring = first?.firstNamedChild?.type === 'string' ? first : null;
  if (docstring === null) return [{ start: body.startIndex, end: body.endIndex }];
  const next = docstring.nextNamedSibling;
  return next === null ? [] : [{ start: next.startIndex, end: body.endIndex }];
}

/** The first lines of the comments that end right above the declaration. */
function documentationOf(node: SyntaxNode, rules: DeclarationRules, text: string): string {
  let first = node;
  for (let above = first.previousNamedSibling; above !== null; above = above.previousNamedSibling) {
    const gap = text.slice(above.endIndex, first.startIndex);
    if (!rules.comments.includes(above.type) || gap.indexOf('\n') !== gap.lastIndexOf('\n')) break;
    if (isTrailing(above, text)) break;
    first = above;
  }
  const comment = unindent(text.slice(first.startIndex, node.startIndex).trimEnd(), indentOf(first, text));
  if (comment === '') return '';
  const lines = comment.split('\n');
  if (lines.length <= maxDocLines) return `${comment}\n`;
  const closing = comment.startsWith('/*') ? ' */\n' : '';
  return `${lines.slice(0, maxDocLines).join('\n')}\n${closing}`;
}

/** Whether a comment stands behind code on its line: it then belongs to that, not to what follows. */
function isTrailing(comment: SyntaxNode, text: string): boolean {
  return indentOf(comment, text).trim() !== '';
}

/** What stands before a node on its line: white space, for the first node of a line. */
function indentOf(node: SyntaxNode, text: string): string {
  return text.slice(text.lastIndexOf('\n', node.startIndex - 1) + 1, node.startIndex);
}

function unindent(text: string, indent: string): string {
  return indent === '' ? text : text.replaceAll(`\n${indent}`, '\n');
}

function wholeLines(text: string): string {
  if (text.length <= maxSignatureCharacters) return text;
  const end = text.lastIndexOf('\n', maxSignatureCharacters);
  return text.slice(0, end > 0 ? end : maxSignatureCharacters);
}
