/**
 * Texts for which a grammar's own C code writes beyond its memory, which all grammars share. Found by feeding it deep
 * nesting; they are not parsed.
 */
const unsafe: Readonly<Record<string, (text: string) => boolean>> = {
  // Its scanner counts rows in 16 bits, and has room for 253 levels of nesting: at most two per column of indentation.
  'tree-sitter-yaml.wasm': (text) => hasMoreLines(text, 32_000) || /^[ \t?:-]{110}/m.test(text),
};

export function isUnsafe(file: string, text: string): boolean {
  return unsafe[file]?.(text) ?? false;
}

function hasMoreLines(text: string, limit: number): boolean {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) if (++lines > limit) return true;
  return false;
}
