import type { SyntaxNode } from './syntax.ts';

/** The names of an item from the outside in; empty when it has none. `text` is the whole file. */
export type NameReader = (node: SyntaxNode, text: string) => readonly string[];

const maxNameCharacters = 120;

/** The name stands in a field; C's declarators are followed down to it. */
export function nameField(field: string): NameReader {
  return (node, text) => {
    let name = node.childForFieldName(field);
    // The depth of a declarator is bounded by taste, not by the grammar.
    for (let depth = 0; name !== null && depth < 20 && !isName(name); depth++) {
      const inner: SyntaxNode | null = name.childForFieldName('declarator') ?? innerDeclarator(name);
      if (inner === null) break;
      name = inner;
    }
    return name === null ? [] : namesIn(text.slice(name.startIndex, name.endIndex));
  };
}

export const nameOf: NameReader = nameField('name');

function isName(node: SyntaxNode): boolean {
  return !node.type.endsWith('declarator');
}

/** `(*f)` and `&f` keep what they declare in no field. */
function innerDeclarator(node: SyntaxNode): SyntaxNode | null {
  return node.namedChildCount > 0 ? node.lastNamedChild : null;
}

/** The name is the first child of that type, or what is inside it on the path of types. */
export function childOfType(...path: readonly string[]): NameReader {
  return (node, text) => {
    let name: SyntaxNode | undefined = node;
    for (const type of path) name = name?.namedChildren.find((child) => child.type === type);
    return name === undefined ? [] : namesIn(text.slice(name.startIndex, name.endIndex));
  };
}

export const firstChild: NameReader = (node, text) => {
  const name = node.firstNamedChild;
  return name === null ? [] : namesIn(text.slice(name.startIndex, name.endIndex));
};

/** `func (c *Completer[T]) Complete()` is `Completer.Complete`. */
export const goMethod: NameReader = (node, text) => {
  const receiver = node.childForFieldName('receiver');
  const names = nameOf(node, text);
  if (receiver === null) return names;
  const type = /([\p{L}_][\p{L}\p{N}_]*)\s*(\[[^\]]*\])?\s*\)$/u.exec(
    text.slice(receiver.startIndex, receiver.endIndex),
  );
  return type?.[1] === undefined ? names : [type[1], ...names];
};

/** What stands before the opening brace: a selector, `@media (min-width: 10em)`. */
export const prelude: NameReader = (node, text) => {
  const start = text.slice(node.startIndex, Math.min(node.endIndex, node.startIndex + 500));
  const brace = start.indexOf('{');
  const name = brace === -1 ? start : start.slice(0, brace);
  return [name.replaceAll(/\s+/g, ' ').trim().slice(0, maxNameCharacters)];
};

const landmarks = /^(html|head|body|header|nav|main|section|article|aside|footer|form|table|template|script|style)$/i;

/** `#id`, or the tag of an element that structures a page. */
export const htmlElement: NameReader = (node, text) => {
  const tag = /^<([\w:-]+)([^>]{0,2000})/.exec(text.slice(node.startIndex, node.startIndex + 2_000));
  const id = /\sid\s*=\s*["']?([^\s"'>]+)/i.exec(tag?.[2] ?? '')?.[1];
  if (id !== undefined) return [`#${id}`];
  return tag?.[1] !== undefined && landmarks.test(tag[1]) ? [tag[1]] : [];
};

/** `Foo<T>::bar`, `Foo.prototype.bar`, `Foo::Bar` and `a\b` by their parts. Empty for patterns that name several things. */
function namesIn(source: string): readonly string[] {
  const text = source.trim();
  const quoted = /^(["'`])(.*)\1$/s.exec(text);
  if (quoted !== null) return [(quoted[2] ?? '').slice(0, maxNameCharacters)].filter((name) => name !== '');
  if (text.length > 400 || /^[[{(]/.test(text)) return [];
  const operator = /\boperator\b.*/.exec(text);
  const path = operator === null ? text : text.slice(0, operator.index);
  const parts = withoutGenerics(path)
    .split(/::|[.:\\]/)
    .map((part) => part.trim().slice(0, maxNameCharacters));
  if (operator !== null) parts.push(operator[0]);
  const named = parts.filter((part) => part !== '' && part !== 'prototype');
  // What a module hands out is known by its own name.
  while (named.length > 1 && /^(module|exports|this|self|window|globalThis)$/.test(named[0] ?? '')) named.shift();
  return named.map((part) => /[\p{L}\p{N}_$#?!=~ -]*$/u.exec(part)?.[0]?.trim() || part);
}

function withoutGenerics(text: string): string {
  let shorter = text;
  for (let before = ''; before !== shorter; ) {
    before = shorter;
    shorter = shorter.replaceAll(/<[^<>]*>|\[[^[\]]*\]/g, '');
  }
  return shorter;
}
