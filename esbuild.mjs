// Builds dist/: the thin client (CommonJS, as VS Code loads it), the processes it starts (ES modules), and the script of
// its page.
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chatScript } from './tools/chatScript.mjs';
import { grammarPackages } from './tools/grammarPackages.mjs';

// Not resolved as a module: web-tree-sitter exports no path to its own folder.
const packageFolder = (name) => join(import.meta.dirname, 'node_modules', name);
// CommonJS libraries inside an ES module still ask for `require`.
const requireForEsm = {
  js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);",
};
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  legalComments: 'linked',
  logLevel: 'warning',
};

rmSync('dist', { recursive: true, force: true });
await Promise.all([
  build({
    ...common,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.cjs',
    format: 'cjs',
    // VS Code compiles it at every start: a tenth of the activation time.
    minify: true,
    external: ['vscode'],
  }),
  build({
    ...common,
    entryPoints: ['src/editor/personal/webview/personal.ts'],
    // In a folder of its own: a page may load everything that lies beside its script.
    outdir: 'dist/webview',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
  }),
  build({ ...common, ...chatScript, outdir: 'dist/webview/chat' }),
  build({
    ...common,
    entryPoints: {
      server: 'src/server.ts',
      modelHost: 'src/inference/modelHost.ts',
      indexHost: 'src/codeIndex/indexHost.ts',
      indexFolder: 'src/codeIndex/indexFolder.ts',
      fileWorker: 'src/codeIndex/fileWorker.ts',
      trainer: 'src/personalize/trainer/main.ts',
    },
    outdir: 'dist',
    format: 'esm',
    banner: requireForEsm,
    // LanceDB asks for Arrow's CommonJS half, and two copies of Arrow would not know each other's tables.
    alias: { 'apache-arrow': join(packageFolder('apache-arrow'), 'Arrow.node.js') },
    // node-llama-cpp and koffi must stay unbundled: they find their native binaries relative to their own files. LanceDB's
    // are a package per platform, or a file that only its developers have.
    external: ['node-llama-cpp', 'koffi', '@lancedb/lancedb-*', '*.node'],
  }),
]);

// tree-sitter's runtime and grammars, found by src/syntax/ next to the bundle.
mkdirSync('dist/grammars', { recursive: true });
const runtime = packageFolder('web-tree-sitter');
cpSync(join(runtime, 'web-tree-sitter.wasm'), 'dist/grammars/web-tree-sitter.wasm');
const wasm = join(packageFolder('@vscode/tree-sitter-wasm'), 'wasm');
for (const file of readdirSync(wasm))
  if (/^tree-sitter-.*\.wasm$/.test(file)) cpSync(join(wasm, file), join('dist/grammars', file));
for (const name of grammarPackages) {
  const file = `${name.split('/').at(-1)}.wasm`;
  cpSync(join(packageFolder(name), file), join('dist/grammars', file));
}
