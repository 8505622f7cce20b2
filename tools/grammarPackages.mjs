/** Packages with one grammar each, `tree-sitter-<language>.wasm`; most come in one package, `@vscode/tree-sitter-wasm`. */
export const grammarPackages = [
  'tree-sitter-c',
  'tree-sitter-html',
  'tree-sitter-json',
  '@tree-sitter-grammars/tree-sitter-kotlin',
  '@tree-sitter-grammars/tree-sitter-lua',
  '@tree-sitter-grammars/tree-sitter-toml',
  '@tree-sitter-grammars/tree-sitter-yaml',
  '@tree-sitter-grammars/tree-sitter-zig',
];
