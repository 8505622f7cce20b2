import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { grammarPackages } from '../../../tools/grammarPackages.mjs';
import { onDispose } from '../../../src/base/disposable.ts';

const require = createRequire(import.meta.url);
const folderOf = (file: string) => dirname(require.resolve(file));

/** A temporary folder laid out as `dist/grammars`, so that unit tests need no build. Dispose it to delete it. */
export function makeGrammarFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'hearth-grammars-'));
  const folders = [
    folderOf('web-tree-sitter/web-tree-sitter.wasm'),
    join(folderOf('@vscode/tree-sitter-wasm/package.json'), 'wasm'),
    ...grammarPackages.map((name) => folderOf(`${name}/package.json`)),
  ];
  for (const folder of folders) {
    for (const file of readdirSync(folder)) {
      if (/^(web-tree-sitter|tree-sitter-.+)\.wasm$/.test(file) && !existsSync(join(path, file)))
        cpSync(join(folder, file), join(path, file));
    }
  }
  return { path, ...onDispose(() => rmSync(path, { recursive: true, force: true })) };
}
