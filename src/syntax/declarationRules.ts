export type DeclarationKind = 'function' | 'class' | 'interface' | 'enum' | 'type' | 'variable' | 'macro';

/** How a grammar names what a file declares. Values are node types and field names of that grammar. */
export interface DeclarationRules {
  readonly declares: Readonly<Record<string, DeclarationKind>>;
  /** Looked through for declarations; one that holds a single declaration is part of its text (`export`, decorators). */
  readonly wrappers: readonly string[];
  /** Looked through for declarations, and never part of their text. */
  readonly containers: readonly string[];
  /** What has a body that a signature leaves out, wherever it stands inside a declaration. */
  readonly functions: readonly string[];
  /** What stands in a signature for the body that was left out. */
  readonly elision: string;
  /** Where a declaration's name is, if not in the field `name`. */
  readonly nameFields?: Readonly<Record<string, string>>;
  /** Comments, and whatever else may stand between a comment and what it documents. */
  readonly comments: readonly string[];
  /** The documentation is the string at the start of the body (Python). */
  readonly docstrings?: boolean;
}

const braces = '{ ... }';

const ecmaScript: DeclarationRules = {
  declares: {
    function_declaration: 'function',
    generator_function_declaration: 'function',
    function_signature: 'function',
    class_declaration: 'class',
    abstract_class_declaration: 'class',
    interface_declaration: 'interface',
    enum_declaration: 'enum',
    type_alias_declaration: 'type',
    variable_declarator: 'variable',
  },
  wrappers: ['export_statement', 'ambient_declaration', 'lexical_declaration', 'variable_declaration'],
  containers: [],
  functions: [
    'function_declaration',
    'generator_function_declaration',
    'method_definition',
    'arrow_function',
    'function_expression',
    'generator_function',
  ],
  elision: braces,
  comments: ['comment', 'decorator'],
};

const c: DeclarationRules = {
  declares: {
    function_definition: 'function',
    declaration: 'variable',
    function_declarator: 'function',
    struct_specifier: 'class',
    union_specifier: 'class',
    class_specifier: 'class',
    enum_specifier: 'enum',
    type_definition: 'type',
    alias_declaration: 'type',
    concept_definition: 'type',
    preproc_def: 'macro',
    preproc_function_def: 'macro',
  },
  wrappers: ['template_declaration'],
  containers: [
    'preproc_ifdef',
    'preproc_if',
    'preproc_else',
    'linkage_specification',
    'namespace_definition',
    'declaration_list',
  ],
  functions: ['function_definition', 'lambda_expression'],
  elision: braces,
  nameFields: { function_definition: 'declarator', declaration: 'declarator', type_definition: 'declarator' },
  comments: ['comment'],
};

const rules: Readonly<Record<string, DeclarationRules>> = {
  typescript: ecmaScript,
  typescriptreact: ecmaScript,
  javascript: ecmaScript,
  javascriptreact: ecmaScript,
  c,
  cpp: c,
  python: {
    declares: {
      function_definition: 'function',
      class_definition: 'class',
      assignment: 'variable',
      type_alias_statement: 'type',
    },
    wrappers: ['decorated_definition', 'expression_statement'],
    containers: ['if_statement', 'else_clause', 'try_statement', 'except_clause', 'block'],
    functions: ['function_definition'],
    elision: '...',
    nameFields: { assignment: 'left', type_alias_statement: 'left' },
    comments: ['comment'],
    docstrings: true,
  },
  go: {
    declares: {
      function_declaration: 'function',
      method_declaration: 'function',
      type_spec: 'type',
      type_alias: 'type',
      const_spec: 'variable',
      var_spec: 'variable',
    },
    wrappers: ['type_declaration', 'const_declaration', 'var_declaration', 'var_spec_list'],
    containers: [],
    functions: ['function_declaration', 'method_declaration', 'func_literal'],
    elision: braces,
    comments: ['comment'],
  },
  rust: {
    declares: {
      function_item: 'function',
      function_signature_item: 'function',
      struct_item: 'class',
      union_item: 'class',
      enum_item: 'enum',
      trait_item: 'interface',
      impl_item: 'class',
      type_item: 'type',
      const_item: 'variable',
      static_item: 'variable',
      macro_definition: 'macro',
    },
    wrappers: [],
    containers: ['mod_item', 'declaration_list', 'foreign_mod_item'],
    functions: ['function_item', 'closure_expression'],
    elision: braces,
    nameFields: { impl_item: 'type' },
    comments: ['line_comment', 'block_comment', 'attribute_item'],
  },
  java: {
    declares: {
      class_declaration: 'class',
      record_declaration: 'class',
      interface_declaration: 'interface',
      annotation_type_declaration: 'interface',
      enum_declaration: 'enum',
    },
    wrappers: [],
    containers: [],
    functions: ['method_declaration', 'constructor_declaration', 'lambda_expression'],
    elision: braces,
    comments: ['line_comment', 'block_comment'],
  },
  csharp: {
    declares: {
      class_declaration: 'class',
      struct_declaration: 'class',
      record_declaration: 'class',
      interface_declaration: 'interface',
      enum_declaration: 'enum',
      delegate_declaration: 'type',
    },
    wrappers: [],
    containers: ['namespace_declaration', 'file_scoped_namespace_declaration', 'declaration_list'],
    functions: [
      'method_declaration',
      'constructor_declaration',
      'operator_declaration',
      'accessor_declaration',
      'lambda_expression',
    ],
    elision: braces,
    comments: ['comment'],
  },
  php: {
    declares: {
      function_definition: 'function',
      class_declaration: 'class',
      trait_declaration: 'class',
      interface_declaration: 'interface',
      enum_declaration: 'enum',
      const_element: 'variable',
    },
    wrappers: ['const_declaration'],
    containers: ['namespace_definition', 'compound_statement'],
    functions: ['function_definition', 'method_declaration', 'anonymous_function'],
    elision: braces,
    comments: ['comment'],
  },
  ruby: {
    declares: {
      method: 'function',
      singleton_method: 'function',
      class: 'class',
      module: 'class',
      assignment: 'variable',
    },
    wrappers: [],
    containers: [],
    functions: ['method', 'singleton_method'],
    elision: '...',
    nameFields: { assignment: 'left' },
    comments: ['comment'],
  },
};

/** Undefined for languages whose declarations are not known (markup, style sheets, shells). */
export function declarationRules(languageId: string): DeclarationRules | undefined {
  return rules[languageId];
}
