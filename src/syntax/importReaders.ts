import type { SyntaxNode } from './syntax.ts';

/** A name that an import brings into the file. */
interface ImportedName {
  /** As the other file declares it; `default` for ECMAScript's default export, `*` for all of it. */
  readonly name: string;
  /** As this file calls it; empty where nothing is named (wildcards, `#include`). */
  readonly local: string;
}

export interface Import {
  /** As written, quotes removed: `./x`, `..pkg.mod`, `crate::a`, `a.b.C`, `a.h`, `<stdio.h>`. */
  readonly specifier: string;
  readonly names: readonly ImportedName[];
  /** Passed on to the importers of this file (`export ... from`, `pub use`, any `from` import of Python). */
  readonly reexported: boolean;
}

export interface ImportReaders {
  /** By node type: the imports that such a node states. */
  readonly read: Readonly<Record<string, (node: SyntaxNode) => readonly Import[]>>;
  /** Looked through for imports. */
  readonly containers: readonly string[];
}

const ecmaScript: ImportReaders = {
  read: {
    import_statement: (node) => fromSource(node, ecmaScriptNames(node), false),
    export_statement: (node) => {
      const names = ecmaScriptNames(node);
      return fromSource(node, names.length > 0 ? names : [{ name: '*', local: '' }], true);
    },
    lexical_declaration: (node) => node.namedChildren.flatMap(required),
    variable_declaration: (node) => node.namedChildren.flatMap(required),
  },
  containers: [],
};

const c: ImportReaders = {
  read: {
    preproc_include: (node) => {
      const path = field(node, 'path');
      return path === undefined ? [] : [everything(unquote(path.text))];
    },
  },
  containers: ['preproc_ifdef', 'preproc_if', 'preproc_else', 'linkage_specification', 'declaration_list'],
};

const readers: Readonly<Record<string, ImportReaders>> = {
  typescript: ecmaScript,
  typescriptreact: ecmaScript,
  javascript: ecmaScript,
  javascriptreact: ecmaScript,
  c,
  cpp: c,
  python: {
    read: {
      import_from_statement: (node) => {
        const names = node.childrenForFieldName('name').map(pythonName);
        const specifier = field(node, 'module_name')?.text ?? '';
        // Whatever stands in a module can be imported from it.
        return [{ specifier, names: names.length > 0 ? names : [{ name: '*', local: '' }], reexported: true }];
      },
      import_statement: (node) =>
        node.childrenForFieldName('name').map((each) => {
          const { name, local } = pythonName(each);
          return { specifier: name, names: [{ name: '*', local }], reexported: false };
        }),
    },
    containers: ['if_statement', 'else_clause', 'try_statement', 'except_clause', 'block'],
  },
  go: {
    read: {
      import_spec: (node) => {
        const specifier = unquote(field(node, 'path')?.text ?? '');
        const local = field(node, 'name')?.text ?? specifier.slice(specifier.lastIndexOf('/') + 1);
        return [{ specifier, names: [{ name: '*', local }], reexported: false }];
      },
    },
    containers: ['import_declaration', 'import_spec_list'],
  },
  rust: {
    read: {
      use_declaration: (node) => {
        const reexported = node.firstNamedChild?.type === 'visibility_modifier';
        return rustUses(field(node, 'argument'), '').map((use) => ({ ...use, reexported }));
      },
      mod_item: (node) => {
        const local = field(node, 'name')?.text ?? '';
        const isElsewhere = field(node, 'body') === undefined;
        return isElsewhere ? [{ specifier: `self::${local}`, names: [{ name: '*', local }], reexported: false }] : [];
      },
    },
    containers: [],
  },
  java: {
    read: {
      import_declaration: (node) => {
        const path = node.firstNamedChild?.text ?? '';
        const isStatic = node.children.some((child) => child.type === 'static');
        if (node.namedChildren.some((child) => child.type === 'asterisk')) return [everything(path)];
        const last = lastSegment(path, '.');
        const specifier = isStatic ? path.slice(0, -last.length - 1) : path;
        return [{ specifier, names: [{ name: last, local: last }], reexported: false }];
      },
    },
    containers: [],
  },
  csharp: {
    read: {
      using_directive: (node) => {
        const path = node.namedChildren.at(-1)?.text ?? '';
        const local = field(node, 'name')?.text ?? '';
        return [{ specifier: path, names: [{ name: '*', local }], reexported: false }];
      },
    },
    containers: ['namespace_declaration', 'declaration_list'],
  },
  php: {
    read: {
      namespace_use_declaration: (node) => {
        const group = node.namedChildren.find((child) => child.type === 'namespace_name')?.text;
        const prefix = group === undefined ? '' : `${group}\\`;
        return node.descendantsOfType('namespace_use_clause').map((clause) => {
          const specifier = prefix + (clause.firstNamedChild?.text ?? '');
          const name = lastSegment(specifier, '\\');
          return { specifier, names: [{ name, local: field(clause, 'alias')?.text ?? name }], reexported: false };
        });
      },
      expression_statement: (node) => {
        const isInclude = /^(require|include)(_once)?_expression$/.test(node.firstNamedChild?.type ?? '');
        const path = isInclude ? node.descendantsOfType('string_content')[0]?.text : undefined;
        return path === undefined ? [] : [everything(`./${path.replace(/^\/|^\.\//, '')}`)];
      },
    },
    containers: ['namespace_definition', 'compound_statement'],
  },
  ruby: {
    read: {
      call: (node) => {
        const method = field(node, 'method')?.text;
        const path = node.descendantsOfType('string_content')[0]?.text;
        if (path === undefined) return [];
        if (method === 'require') return [everything(path)];
        return method === 'require_relative' ? [everything(path.startsWith('.') ? path : `./${path}`)] : [];
      },
    },
    containers: [],
  },
};

/** Undefined for languages whose imports are not known. */
export function importReaders(languageId: string): ImportReaders | undefined {
  return readers[languageId];
}

function fromSource(node: SyntaxNode, names: readonly ImportedName[], reexported: boolean): readonly Import[] {
  const source = field(node, 'source');
  return source === undefined ? [] : [{ specifier: unquote(source.text), names, reexported }];
}

function ecmaScriptNames(node: SyntaxNode): readonly ImportedName[] {
  return node.namedChildren.flatMap((child): readonly ImportedName[] => {
    switch (child.type) {
      case 'import_clause':
      case 'named_imports':
      case 'export_clause':
        return ecmaScriptNames(child);
      case 'identifier':
        return node.type === 'import_clause' ? [{ name: 'default', local: child.text }] : [];
      case 'namespace_import':
        return [{ name: '*', local: child.firstNamedChild?.text ?? '' }];
      case 'import_specifier':
      case 'export_specifier': {
        const name = field(child, 'name')?.text ?? '';
        return [{ name, local: field(child, 'alias')?.text ?? name }];
      }
      default:
        return [];
    }
  });
}

/** `const x = require('./x')`, `const { a, b: c } = require('./x')`. */
function required(declarator: SyntaxNode): readonly Import[] {
  const call = field(declarator, 'value');
  if (call?.type !== 'call_expression' || field(call, 'function')?.text !== 'require') return [];
  const specifier = call.descendantsOfType('string_fragment')[0]?.text;
  const pattern = field(declarator, 'name');
  if (specifier === undefined || pattern === undefined) return [];
  if (pattern.type === 'identifier') {
    return [{ specifier, names: [{ name: '*', local: pattern.text }], reexported: false }];
  }
  const names = pattern.namedChildren.flatMap((child): readonly ImportedName[] => {
    if (child.type === 'shorthand_property_identifier_pattern') return [{ name: child.text, local: child.text }];
    const name = field(child, 'key')?.text;
    return name === undefined ? [] : [{ name, local: field(child, 'value')?.text ?? name }];
  });
  return [{ specifier, names, reexported: false }];
}

function pythonName(node: SyntaxNode): ImportedName {
  const name = field(node, 'name')?.text ?? node.text;
  return { name, local: field(node, 'alias')?.text ?? name };
}

/** `use a::{b, c as d, e::*}` is three imports: from `a` twice, from `a::e` once. */
function rustUses(node: SyntaxNode | undefined, prefix: string): readonly Omit<Import, 'reexported'>[] {
  if (node === undefined) return [];
  const path = (of: SyntaxNode | undefined) => [prefix, of?.text].filter(Boolean).join('::');
  switch (node.type) {
    case 'scoped_use_list':
      return rustUses(field(node, 'list'), path(field(node, 'path')));
    case 'use_list':
      return node.namedChildren.flatMap((child) => rustUses(child, prefix));
    case 'use_wildcard':
      return [{ specifier: path(node.firstNamedChild ?? undefined), names: [{ name: '*', local: '' }] }];
    default: {
      const target = node.type === 'use_as_clause' ? field(node, 'path') : node;
      const whole = target?.type === 'self' ? `${prefix}::` : path(target);
      const name = lastSegment(whole, '::') || '*';
      const local = field(node, 'alias')?.text ?? (name === '*' ? lastSegment(prefix, '::') : name);
      return [{ specifier: whole.slice(0, Math.max(0, whole.lastIndexOf('::'))), names: [{ name, local }] }];
    }
  }
}

function everything(specifier: string): Import {
  return { specifier, names: [{ name: '*', local: '' }], reexported: false };
}

function field(node: SyntaxNode, name: string): SyntaxNode | undefined {
  return node.childForFieldName(name) ?? undefined;
}

function unquote(text: string): string {
  return text.replace(/^["'`](.*)["'`]$/s, '$1');
}

function lastSegment(path: string, separator: string): string {
  return path.slice(path.lastIndexOf(separator) + (path.includes(separator) ? separator.length : 0));
}
