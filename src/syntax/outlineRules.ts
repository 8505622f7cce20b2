import { type DeclarationKind, declarationRules } from './declarationRules.ts';
import { type NameReader, childOfType, firstChild, goMethod, htmlElement, nameField, prelude } from './outlineNames.ts';

/**
 * What an outline tells apart. `scope` (a namespace) and `members` (Rust's `impl`) only give names to what is inside;
 * `block` is a part of data, markup or a style sheet; `statements` is a long part without a name.
 */
export type OutlineKind =
  | 'function'
  | 'method'
  | 'class'
  | 'type'
  | 'variable'
  | 'scope'
  | 'members'
  | 'block'
  | 'statements';

/** How a grammar names the parts of a file. Keys and values are node types and field names of that grammar. */
export interface OutlineRules {
  readonly items: Readonly<Record<string, OutlineKind>>;
  /** Part of the one item inside: `export`, decorators, templates. With several items inside, a part of its own. */
  readonly wrappers: ReadonlySet<string>;
  /** Looked through for items, whatever their size. */
  readonly containers: ReadonlySet<string>;
  /** Comments, and whatever else may stand between a comment and what it documents. */
  readonly comments: ReadonlySet<string>;
  /** Without a body, they go on to the end of what is around them: `namespace A;`. */
  readonly openScopes: ReadonlySet<string>;
  /** How an item is named, if not by its field `name`. */
  readonly names: Readonly<Record<string, NameReader>>;
  /** Where an item's parts are, if not in its field `body`: in another, or ('') among its children. */
  readonly bodyFields: Readonly<Record<string, string>>;
  /** Items that are named after their value's kind: `const f = () => 1` is a function. */
  readonly valueFields: Readonly<Record<string, string>>;
  readonly functionValues: ReadonlySet<string>;
  readonly classValues: ReadonlySet<string>;
  /** Items only when their value is a function or a class: `exports.f = function () {}`. */
  readonly onlyWithValue: ReadonlySet<string>;
}

/** What the index needs beyond what completions know of a language's declarations. */
interface Extension {
  readonly items?: Readonly<Record<string, OutlineKind | undefined>>;
  readonly wrappers?: readonly string[];
  readonly containers?: readonly string[];
  readonly comments?: readonly string[];
  readonly openScopes?: readonly string[];
  readonly names?: Readonly<Record<string, NameReader>>;
  readonly bodyFields?: Readonly<Record<string, string>>;
  readonly valueFields?: Readonly<Record<string, string>>;
  readonly functionValues?: readonly string[];
  readonly classValues?: readonly string[];
  readonly onlyWithValue?: readonly string[];
}

const ecmaScript: Extension = {
  items: {
    method_definition: 'method',
    method_signature: 'method',
    abstract_method_signature: 'method',
    public_field_definition: 'variable',
    field_definition: 'variable',
    internal_module: 'scope',
    module: 'scope',
    assignment_expression: 'variable',
    pair: 'variable',
  },
  wrappers: ['expression_statement'],
  names: {
    assignment_expression: nameField('left'),
    pair: nameField('key'),
    field_definition: nameField('property'),
  },
  valueFields: {
    variable_declarator: 'value',
    public_field_definition: 'value',
    field_definition: 'value',
    pair: 'value',
    assignment_expression: 'right',
  },
  functionValues: ['arrow_function', 'function_expression', 'generator_function'],
  classValues: ['class'],
  onlyWithValue: ['assignment_expression', 'pair'],
};

const c: Extension = {
  items: { function_declarator: undefined, field_declaration: 'variable', namespace_definition: 'scope' },
  containers: ['preproc_elif', 'preproc_elifdef'],
  names: { field_declaration: nameField('declarator') },
};

const yaml: Extension = {
  items: { block_mapping_pair: 'block' },
  containers: ['document', 'block_node', 'block_mapping', 'block_sequence'],
  comments: ['comment'],
  names: { block_mapping_pair: nameField('key') },
  bodyFields: { block_mapping_pair: 'value' },
};

const json: Extension = {
  items: { pair: 'block' },
  containers: ['object', 'array'],
  comments: ['comment'],
  names: { pair: nameField('key') },
  bodyFields: { pair: 'value' },
};

const html: Extension = {
  items: { element: 'block', script_element: 'block', style_element: 'block' },
  comments: ['comment'],
  names: { element: htmlElement, script_element: htmlElement, style_element: htmlElement },
};

const ini: Extension = {
  items: { section: 'block', setting: 'block' },
  comments: ['comment'],
  names: { setting: firstChild, section: childOfType('section_name', 'text') },
};

const extensions: Readonly<Record<string, Extension>> = {
  typescript: ecmaScript,
  typescriptreact: ecmaScript,
  javascript: ecmaScript,
  javascriptreact: ecmaScript,
  c,
  cpp: c,
  python: {},
  go: { items: { method_declaration: 'method' }, names: { method_declaration: goMethod } },
  rust: { items: { impl_item: 'members', mod_item: 'scope' } },
  java: {
    items: {
      method_declaration: 'method',
      constructor_declaration: 'method',
      compact_constructor_declaration: 'method',
      field_declaration: 'variable',
    },
    containers: ['enum_body_declarations'],
    names: { field_declaration: nameField('declarator') },
  },
  csharp: {
    items: {
      namespace_declaration: 'scope',
      file_scoped_namespace_declaration: 'scope',
      method_declaration: 'method',
      constructor_declaration: 'method',
      operator_declaration: 'method',
      property_declaration: 'variable',
      field_declaration: 'variable',
    },
    openScopes: ['file_scoped_namespace_declaration'],
    names: { field_declaration: childOfType('variable_declaration', 'variable_declarator', 'identifier') },
  },
  // A comment above the first method stands before the body.
  ruby: { containers: ['singleton_class', 'body_statement'], bodyFields: { class: '', module: '' } },
  php: {
    items: { namespace_definition: 'scope', method_declaration: 'method', property_declaration: 'variable' },
    openScopes: ['namespace_definition'],
    names: { property_declaration: childOfType('property_element', 'variable_name', 'name') },
  },
  shellscript: {
    items: { function_definition: 'function', variable_assignment: 'variable' },
    comments: ['comment'],
  },
  css: {
    items: {
      rule_set: 'block',
      media_statement: 'block',
      supports_statement: 'block',
      keyframes_statement: 'block',
      at_rule: 'block',
    },
    containers: ['block'],
    comments: ['comment'],
    names: {
      rule_set: prelude,
      media_statement: prelude,
      supports_statement: prelude,
      keyframes_statement: prelude,
      at_rule: prelude,
    },
  },
  html,
  svelte: html,
  vue: html,
  json,
  jsonc: json,
  yaml,
  dockercompose: yaml,
  ini,
  properties: ini,
  toml: {
    items: { table: 'block', table_array_element: 'block', pair: 'block' },
    comments: ['comment'],
    names: {
      table: firstChild,
      table_array_element: firstChild,
      pair: firstChild,
    },
  },
  lua: {
    items: { function_declaration: 'function', assignment_statement: 'variable' },
    wrappers: ['variable_declaration'],
    comments: ['comment'],
    names: { assignment_statement: firstChild },
  },
  kotlin: {
    items: {
      class_declaration: 'class',
      object_declaration: 'class',
      companion_object: 'members',
      function_declaration: 'function',
      secondary_constructor: 'method',
      property_declaration: 'variable',
      type_alias: 'type',
    },
    containers: ['class_body', 'enum_class_body'],
    comments: ['line_comment', 'block_comment'],
    names: {
      property_declaration: childOfType('variable_declaration', 'identifier'),
      type_alias: childOfType('identifier'),
    },
  },
  zig: {
    items: { function_declaration: 'function', variable_declaration: 'variable', test_declaration: 'function' },
    containers: ['struct_declaration', 'enum_declaration', 'union_declaration'],
    comments: ['comment'],
    names: {
      variable_declaration: childOfType('identifier'),
      test_declaration: firstChild,
    },
  },
  powershell: {
    items: { function_statement: 'function', class_statement: 'class', class_method_definition: 'method' },
    containers: ['statement_list'],
    comments: ['comment'],
    names: {
      function_statement: childOfType('function_name'),
      class_statement: childOfType('simple_name'),
      class_method_definition: childOfType('simple_name'),
    },
  },
};

const kinds: Readonly<Record<DeclarationKind, OutlineKind>> = {
  function: 'function',
  class: 'class',
  interface: 'type',
  enum: 'type',
  type: 'type',
  variable: 'variable',
  macro: 'variable',
};

const built = new Map<string, OutlineRules>();

/** Undefined for languages that have no rules: their files are cut at blank lines. */
export function outlineRules(languageId: string): OutlineRules | undefined {
  const known = built.get(languageId);
  if (known !== undefined) return known;
  const extension = extensions[languageId];
  if (extension === undefined) return undefined;
  const rules = combine(languageId, extension);
  built.set(languageId, rules);
  return rules;
}

function combine(languageId: string, extension: Extension): OutlineRules {
  const base = declarationRules(languageId);
  const items: Record<string, OutlineKind> = {};
  for (const [type, kind] of Object.entries(base?.declares ?? {})) items[type] = kinds[kind];
  for (const [type, kind] of Object.entries(extension.items ?? {})) {
    if (kind === undefined) delete items[type];
    else items[type] = kind;
  }
  const names: Record<string, NameReader> = {};
  for (const [type, field] of Object.entries(base?.nameFields ?? {})) names[type] = nameField(field);
  return {
    items,
    wrappers: new Set([...(base?.wrappers ?? []), ...(extension.wrappers ?? [])]),
    containers: new Set([...(base?.containers ?? []), ...(extension.containers ?? [])]),
    comments: new Set([...(base?.comments ?? []), ...(extension.comments ?? [])]),
    openScopes: new Set(extension.openScopes),
    names: { ...names, ...extension.names },
    bodyFields: extension.bodyFields ?? {},
    valueFields: extension.valueFields ?? {},
    functionValues: new Set(extension.functionValues),
    classValues: new Set(extension.classValues),
    onlyWithValue: new Set(extension.onlyWithValue),
  };
}
