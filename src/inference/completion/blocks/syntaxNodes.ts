import type { Parsed, SyntaxNode } from '../../../syntax/syntax.ts';
import { type BracketToken, type CodeScan, type Literal, partnerOf } from './codeScan.ts';

/** What the grammars call the things that matter for blocks. Node types rarely mean different things in two grammars. */

const literalType = /comment|string|heredoc|char_literal|character|regex|jsx_text|raw_text|^text$/;
const codeInLiteral = /^(?:template_substitution|interpolation|string_interpolation|command_substitution|expansion)$/;

/** Braces of these hold data or names: one line at a time. Every other brace holds statements or members. */
const dataTypes: ReadonlySet<string> = new Set(
  Object.values({
    ecmaScript: [
      'object',
      'object_pattern',
      'named_imports',
      'export_clause',
      'jsx_expression',
      'template_substitution',
    ],
    python: ['dictionary', 'set', 'dictionary_comprehension', 'set_comprehension', 'interpolation'],
    go: ['literal_value'],
    rust: ['field_initializer_list', 'struct_pattern', 'use_list'],
    java: ['array_initializer', 'element_value_array_initializer'],
    c: ['initializer_list'],
    csharp: ['initializer_expression', 'anonymous_object_creation_expression', 'property_pattern_clause'],
    ruby: ['hash', 'hash_pattern'],
    bash: ['expansion', 'brace_expression'],
    powershell: ['hash_literal_expression'],
    php: ['namespace_use_group'],
  }).flat(),
);

const statementType =
  /(?:statement|declaration|definition|_item|_directive|^pair|^method|^singleton_method|^rule_set|^return)$/;
const containerType =
  /^(?:program|module|source_file|translation_unit|compilation_unit|stylesheet|document|body_statement|block_body|then|else|do|block|statement_block|statement_list|class_body|declaration_list)$/;

/** Whether the offset lies in a string or comment; undefined where the code is too broken for the tree to know. */
export function isInsideLiteral({ root, text }: Parsed, offset: number): boolean | undefined {
  let node = root.descendantForIndex(Math.max(0, offset - 1), offset);
  for (; node; node = node.parent) {
    if (node.type === 'ERROR') return undefined;
    if (codeInLiteral.test(node.type)) return false;
    if (!literalType.test(node.type) || node.startIndex >= offset) continue;
    if (offset < node.endIndex || isOpenEnded(node, text, offset)) return true;
  }
  return false;
}

/** A line comment goes on at its end. */
function isOpenEnded(node: SyntaxNode, text: string, offset: number): boolean {
  return (
    offset === node.endIndex &&
    node.type.includes('comment') &&
    text[offset - 1] !== '\n' &&
    !/^(?:\/\*|<[!#])/.test(node.text)
  );
}

/** Whether the brace at an offset opens data; undefined where the code is too broken for the tree to know. */
export function opensLiteral({ root }: Parsed, offset: number): boolean | undefined {
  const owner = root.descendantForIndex(offset, offset + 1)?.parent;
  return !owner || owner.type === 'ERROR' ? undefined : dataTypes.has(owner.type);
}

/**
 * Whether a sound statement (or declaration, or member) ends at an offset; undefined where the code is too broken for
 * the tree to know. `inBlock` also accepts any node that stands where statements stand (Ruby has no word for them).
 */
export function endsStatement({ root }: Parsed, offset: number, inBlock: boolean): boolean | undefined {
  let node = root.descendantForIndex(offset - 1, offset);
  for (; node && node.endIndex === offset; node = node.parent) {
    if (node.type === 'ERROR') return undefined;
    const isStatement = statementType.test(node.type) || (inBlock && containerType.test(node.parent?.type ?? ''));
    if (isStatement && node.isNamed && !literalType.test(node.type) && !node.hasError) return true;
  }
  return node?.type === 'ERROR' ? undefined : false;
}

/** Brackets, strings and comments from an offset on, as the grammar sees them. Offsets count from there. */
export function scanTree({ root }: Parsed, from: number): CodeScan {
  const brackets: BracketToken[] = [];
  const literals: Literal[] = [];
  const cursor = root.walk();
  const visit = () => {
    const { nodeType, startIndex, endIndex } = cursor;
    if (endIndex <= from || startIndex === endIndex) return;
    const offset = startIndex - from;
    if (literalType.test(nodeType) && cursor.nodeIsNamed) {
      const kind = nodeType.includes('comment') ? 'comment' : 'string';
      literals.push({ kind, start: offset, end: endIndex - from, closed: true });
    } else if (cursor.gotoFirstChild()) {
      do visit();
      while (cursor.gotoNextSibling());
      cursor.gotoParent();
    } else if (offset >= 0 && nodeType in partnerOf) {
      brackets.push({ offset, bracket: nodeType, opens: '([{'.includes(nodeType) });
    }
  };
  try {
    visit();
  } finally {
    cursor.delete();
  }
  return { brackets, literals };
}
