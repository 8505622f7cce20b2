import { nameOf } from './outlineNames.ts';
import { type OutlineKind, type OutlineRules, outlineRules } from './outlineRules.ts';
import type { Parsed, SyntaxNode } from './syntax.ts';

/** A part of a file that is worth its own entry: a function, a class, a key of a JSON file. */
export interface OutlineItem {
  readonly kind: OutlineKind;
  /** From the outside in, relative to the item around it: `['Foo', 'bar']` for `Foo::bar`. Empty for what has no name. */
  readonly names: readonly string[];
  /** UTF-16 offsets, comments and decorators above included. */
  readonly start: number;
  readonly end: number;
  /** Offset in the line that says best what this is: of its name, or else of its first token. */
  readonly signature: number;
  /** In order, disjoint. Looked for only where the item is longer than its kind should be in one piece. */
  readonly children: readonly OutlineItem[];
}

export interface OutlineOptions {
  /** Longest part, in characters, that nothing is looked for in. */
  readonly wholeCharacters: number;
  /** The same for classes and blocks of data, which are better found by their members. */
  readonly wholeClassCharacters: number;
  /** On the clock of `performance.now()`; what was not reached by then is missing. */
  readonly deadlineMs: number;
}

// A tree may be as deep as its text is long. What is deeper than this is left in one piece.
const maxDepth = 60;
// Children come all at once: an array of half a million numbers would not.
const maxChildren = 20_000;
const sureOfFewChildren = 20_000;

/** The parts of a file that its grammar's table names, in order. Undefined when there is no such table. */
export function outlineOf(parsed: Parsed, options: OutlineOptions): readonly OutlineItem[] | undefined {
  const rules = outlineRules(parsed.languageId);
  if (rules === undefined) return undefined;
  const walk: Walk = { rules, text: parsed.text, options };
  return itemsUnder(walk, parsed.root, { around: 'file', depth: 0, line: -1 });
}

interface Walk {
  readonly rules: OutlineRules;
  readonly text: string;
  readonly options: OutlineOptions;
}

interface Place {
  /** The nearest item around: what is in a class is a method, what is in a function is local. */
  readonly around: 'file' | 'class' | 'function';
  readonly depth: number;
  /** Row of the signature of the part around. */
  readonly line: number;
}

/** `start`: where the comments begin that stand right above `parent`, and so above its first child. */
function itemsUnder(walk: Walk, parent: SyntaxNode, place: Place, start = parent.startIndex): readonly OutlineItem[] {
  const { rules, text, options } = walk;
  if (place.depth > maxDepth) return [];
  const items: OutlineItem[] = [];
  let comments: { readonly start: number; end: number } | undefined;
  if (start < parent.startIndex) comments = { start, end: parent.startIndex };
  let scope: readonly string[] = [];
  for (const child of childrenOf(parent)) {
    if (performance.now() > options.deadlineMs) break;
    const type = child.type;
    const documented = comments !== undefined && isRightAbove(text, comments.end, child.startIndex);
    if (rules.comments.has(type)) {
      if (documented && comments !== undefined) comments.end = child.endIndex;
      else comments = isTrailing(text, child) ? undefined : { start: child.startIndex, end: child.endIndex };
      continue;
    }
    const found = itemsOf(walk, child, type, documented && comments ? comments.start : child.startIndex, place);
    comments = undefined;
    const [first] = found;
    // A namespace without braces goes on to the end of the file.
    if (first !== undefined && rules.openScopes.has(type) && child.childForFieldName('body') === null)
      scope = first.names;
    else if (scope.length === 0) items.push(...found);
    else
      items.push(
        ...found.map((item) => (item.names.length > 0 ? { ...item, names: [...scope, ...item.names] } : item)),
      );
  }
  return items;
}

function itemsOf(walk: Walk, node: SyntaxNode, type: string, start: number, place: Place): readonly OutlineItem[] {
  const { rules, options } = walk;
  const kind = rules.items[type];
  if (kind !== undefined) return itemAt(walk, node, type, kind, start, place);
  const deeper = { ...place, depth: place.depth + 1 };
  if (rules.containers.has(type)) return itemsUnder(walk, node, deeper, start);
  const end = node.endIndex;
  if (rules.wrappers.has(type)) {
    const inside = itemsUnder(walk, node, deeper);
    const [only] = inside;
    if (only !== undefined && inside.length === 1) return [{ ...only, start, end }];
    if (inside.length > 1) return [unnamed(node, start, end, inside)];
  }
  if (end - start <= options.wholeCharacters) return [];
  const row = node.startPosition.row;
  const inside = itemsUnder(walk, node, { ...deeper, line: row });
  return row === place.line ? inside : [unnamed(node, start, end, inside)];
}

function unnamed(node: SyntaxNode, start: number, end: number, children: readonly OutlineItem[]): OutlineItem {
  return { kind: 'statements', names: [], start, end, signature: node.startIndex, children };
}

function itemAt(
  walk: Walk,
  node: SyntaxNode,
  type: string,
  declared: OutlineKind,
  start: number,
  place: Place,
): readonly OutlineItem[] {
  const { rules, text, options } = walk;
  const valueField = rules.valueFields[type];
  const value = valueField === undefined ? null : node.childForFieldName(valueField);
  const ofValue = value === null ? undefined : kindOfValue(value.type, rules);
  const end = node.endIndex;
  const isLong = end - start > options.wholeCharacters;
  if (ofValue === undefined && rules.onlyWithValue.has(type)) {
    return isLong && value !== null ? itemsUnder(walk, node, { ...place, depth: place.depth + 1 }) : [];
  }
  let kind = ofValue ?? (declared === 'variable' && declaresFunction(node) ? 'function' : declared);
  if (kind === 'function' && place.around === 'class') kind = 'method';
  // Local variables are nobody's definition.
  if (kind === 'variable' && place.around === 'function' && !isLong) return [];
  const names = (rules.names[type] ?? nameOf)(node, text);
  if (kind === 'variable' && names.length === 0 && !isLong) return [];
  const isClass = kind === 'class' || kind === 'block';
  const isNameOnly = kind === 'scope' || kind === 'members';
  const lookInside = isNameOnly || end - start > (isClass ? options.wholeClassCharacters : options.wholeCharacters);
  const row = node.startPosition.row;
  const children = lookInside
    ? itemsUnder(walk, bodyOf(value ?? node, rules.bodyFields[type]), {
        around: aroundParts(kind, place),
        depth: place.depth + 1,
        line: row,
      })
    : [];
  return [{ kind, names, start, end, signature: signatureOf(node), children }];
}

function aroundParts(kind: OutlineKind, { around }: Place): Place['around'] {
  if (kind === 'scope' || kind === 'block') return around;
  return kind === 'class' || kind === 'type' || kind === 'members' ? 'class' : 'function';
}

/** C's prototypes are declarations like any other, but for the declarator. */
function declaresFunction(node: SyntaxNode): boolean {
  let declarator = node.childForFieldName('declarator');
  for (let depth = 0; declarator !== null && depth < 8; depth++) {
    if (declarator.type === 'function_declarator') return true;
    declarator = declarator.childForFieldName('declarator');
  }
  return false;
}

function kindOfValue(type: string, rules: OutlineRules): OutlineKind | undefined {
  if (rules.functionValues.has(type)) return 'function';
  return rules.classValues.has(type) ? 'class' : undefined;
}

/** A name stands below decorators, attributes and modifiers, where the declaration itself begins. */
function signatureOf(node: SyntaxNode): number {
  return (node.childForFieldName('name') ?? node.childForFieldName('declarator') ?? node).startIndex;
}

function bodyOf(node: SyntaxNode, field = 'body'): SyntaxNode {
  return node.childForFieldName(field) ?? node;
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const isSmall = node.endIndex - node.startIndex < sureOfFewChildren;
  return isSmall || node.namedChildCount <= maxChildren ? node.namedChildren : [];
}

/** At most one line end between a comment and what follows. */
function isRightAbove(text: string, commentEnd: number, start: number): boolean {
  let lineEnds = text.charCodeAt(commentEnd - 1) === 10 ? 1 : 0;
  for (let at = commentEnd; at < start; at++) if (text.charCodeAt(at) === 10 && ++lineEnds > 1) return false;
  return true;
}

/** Whether a comment stands behind code on its line: it then belongs to that, not to what follows. */
function isTrailing(text: string, comment: SyntaxNode): boolean {
  for (let at = comment.startIndex - 1; at >= 0; at--) {
    const code = text.charCodeAt(at);
    if (code === 10) return false;
    if (code !== 32 && code !== 9) return true;
  }
  return false;
}
