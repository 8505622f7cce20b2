/**
 * The grammar file of each VS Code language id. Absent: Swift, Scala, SQL, ... (no grammar that loads, or a large one), and
 * SCSS and Less (the CSS grammar takes their variables for errors).
 */
const grammarFiles: ReadonlyMap<string, string> = new Map([
  ['c', 'tree-sitter-c.wasm'],
  ['cpp', 'tree-sitter-cpp.wasm'],
  ['csharp', 'tree-sitter-c-sharp.wasm'],
  ['css', 'tree-sitter-css.wasm'],
  ['go', 'tree-sitter-go.wasm'],
  ['html', 'tree-sitter-html.wasm'],
  ['ini', 'tree-sitter-ini.wasm'],
  ['java', 'tree-sitter-java.wasm'],
  ['javascript', 'tree-sitter-javascript.wasm'],
  ['javascriptreact', 'tree-sitter-javascript.wasm'],
  ['json', 'tree-sitter-json.wasm'],
  ['jsonc', 'tree-sitter-json.wasm'],
  ['php', 'tree-sitter-php.wasm'],
  ['powershell', 'tree-sitter-powershell.wasm'],
  ['properties', 'tree-sitter-ini.wasm'],
  ['python', 'tree-sitter-python.wasm'],
  ['ruby', 'tree-sitter-ruby.wasm'],
  ['rust', 'tree-sitter-rust.wasm'],
  ['shellscript', 'tree-sitter-bash.wasm'],
  ['typescript', 'tree-sitter-typescript.wasm'],
  ['typescriptreact', 'tree-sitter-tsx.wasm'],
]);

/** Grammars that only the index uses: completions in these languages go by indentation, as they were measured. */
const indexedGrammarFiles: ReadonlyMap<string, string> = new Map([
  ...grammarFiles,
  ['dockercompose', 'tree-sitter-yaml.wasm'],
  ['kotlin', 'tree-sitter-kotlin.wasm'],
  ['lua', 'tree-sitter-lua.wasm'],
  ['svelte', 'tree-sitter-html.wasm'],
  ['toml', 'tree-sitter-toml.wasm'],
  ['vue', 'tree-sitter-html.wasm'],
  ['yaml', 'tree-sitter-yaml.wasm'],
  ['zig', 'tree-sitter-zig.wasm'],
]);

/** What the trees are for. Texts being edited resemble the last one; texts being indexed do not. */
export type SyntaxUse = 'editing' | 'indexing';

const tables: Readonly<Record<SyntaxUse, ReadonlyMap<string, string>>> = {
  editing: grammarFiles,
  indexing: indexedGrammarFiles,
};

/** Name of the `.wasm` file inside the grammar folder; undefined for a language without one. */
export function grammarFile(languageId: string, use: SyntaxUse = 'editing'): string | undefined {
  return tables[use].get(languageId);
}

/** Every language id that can be parsed. */
export function parsedLanguages(use: SyntaxUse = 'editing'): readonly string[] {
  return [...tables[use].keys()];
}
