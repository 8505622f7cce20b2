/**
 * The grammar file of each VS Code language id. Absent: YAML, Markdown, Kotlin, Swift, ... (no grammar that loads is
 * packaged), and SCSS and Less (the CSS grammar takes their variables for errors).
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

/** Name of the `.wasm` file inside the grammar folder; undefined for a language without one. */
export function grammarFile(languageId: string): string | undefined {
  return grammarFiles.get(languageId);
}

/** Every language id that can be parsed. */
export function parsedLanguages(): readonly string[] {
  return [...grammarFiles.keys()];
}
