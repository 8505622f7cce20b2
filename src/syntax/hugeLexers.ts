import { setFlagsFromString } from 'node:v8';
import { join } from 'node:path';
import { Language, Parser } from 'web-tree-sitter';

/**
 * Grammars with a function of more than 45 kB, always the lexer. Once it is hot, V8's optimising compiler takes 150 MB
 * (74 kB of code) to 700 MB (162 kB) to compile it, for some tenths of a second: a file of shell script would cost more
 * memory than all the rest of the index.
 */
const hugeLexers: ReadonlySet<string> = new Set([
  'tree-sitter-bash.wasm',
  'tree-sitter-c-sharp.wasm',
  'tree-sitter-cpp.wasm',
  'tree-sitter-css.wasm',
  'tree-sitter-kotlin.wasm',
  'tree-sitter-powershell.wasm',
  'tree-sitter-ruby.wasm',
]);

export function isHugeLexer(file: string): boolean {
  return hugeLexers.has(file);
}

/** Runs what all grammars share, with the smallest of them, so that it may be optimised whatever comes first. */
export async function runOnce(grammarFolder: string): Promise<void> {
  const language = await Language.load(join(grammarFolder, 'tree-sitter-json.wasm')).catch(() => undefined);
  if (language === undefined) return;
  const parser = new Parser().setLanguage(language);
  parser.parse('{ "a": [1, "b", null] }')?.delete();
  parser.delete();
}

/**
 * The first parse of a grammar. V8 compiles a function when it is called first and settles then whether it may ever be
 * optimised: those of a huge lexer may not, which costs a fifth of the speed. After `runOnce`.
 */
export function parseFirst(file: string, parser: Parser): void {
  if (!isHugeLexer(file)) return;
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
  try {
    parser.parse('x')?.delete();
  } finally {
    setFlagsFromString('--wasm-tier-up');
    setFlagsFromString('--wasm-dynamic-tiering');
  }
}
