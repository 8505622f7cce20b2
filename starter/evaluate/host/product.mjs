import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** What the evaluation measures is what ships: Hearth's own code, bundled from src/ so that any Node from 20 on runs it. */
const root = resolve(import.meta.dirname, '../../..');
const outFolder = join(root, 'starter/out/evaluation/host');
const parts = {
  loadModel: 'inference/host/loadModel.ts',
  situationOf: 'inference/completion/situation.ts',
  anchorAt: 'inference/completion/anchor.ts',
  promptBudget: 'inference/completion/budget.ts',
  layOutPrompt: 'inference/completion/prompt.ts',
  'fimFormats, markersOf': 'inference/completion/fimFormats.ts',
  draft: 'inference/completion/draft.ts',
  gatherContext: 'inference/completion/context/selectContext.ts',
  createImportedDeclarations: 'inference/completion/context/importedDeclarations.ts',
  createOpenTabs: 'inference/completion/context/openTabs.ts',
  createSyntax: 'syntax/syntax.ts',
  silentLogger: 'base/logger.ts',
};

/** Bundles and imports the product's parts. */
export async function importProduct() {
  // One file per process: several workers start at once.
  const outfile = join(outFolder, `product-${process.pid}.mjs`);
  await build({
    stdin: {
      contents: Object.entries(parts)
        .map(([names, file]) => `export { ${names} } from './${file}';`)
        .join('\n'),
      resolveDir: join(root, 'src'),
      sourcefile: 'product.ts',
    },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: {
      js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);",
    },
    // It finds its native binaries relative to its own files.
    external: ['node-llama-cpp'],
    logLevel: 'warning',
    outfile,
  });
  const product = await import(pathToFileURL(outfile).href);
  rmSync(outfile);
  return product;
}

/** Puts the grammars and the runtime of tree-sitter into one folder, as the product ships them; answers the folder. */
export function grammarFolder() {
  const folder = join(outFolder, 'grammars');
  const modules = join(root, 'node_modules');
  const wasm = join(modules, '@vscode/tree-sitter-wasm/wasm');
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(modules, 'web-tree-sitter/web-tree-sitter.wasm'), join(folder, 'web-tree-sitter.wasm'));
  for (const file of readdirSync(wasm))
    if (/^tree-sitter-.*\.wasm$/.test(file)) copyFileSync(join(wasm, file), join(folder, file));
  for (const language of ['c', 'html', 'json']) {
    const file = `tree-sitter-${language}.wasm`;
    copyFileSync(join(modules, `tree-sitter-${language}`, file), join(folder, file));
  }
  return folder;
}
