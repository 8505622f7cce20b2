import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../../install.mjs';

/** What is measured is what ships: these parts, bundled from src/ so that any Node from 20 on runs them. */
const parts = {
  createChunker: 'codeIndex/chunks/chunker.ts',
  cursorRequest: 'codeIndex/search/cursorRequest.ts',
  createIndexContext: 'engine/indexContext.ts',
  loadStaticEmbedder: 'codeIndex/embedder/loadStaticEmbedder.ts',
  openStore: 'codeIndex/store/openStore.ts',
  passageOf: 'codeIndex/passage.ts',
  search: 'codeIndex/search/search.ts',
  defaultTuning: 'codeIndex/search/tuning.ts',
  searchTerms: 'codeIndex/terms.ts',
  createSyntax: 'syntax/syntax.ts',
  declarationsIn: 'syntax/declarations.ts',
  importsIn: 'syntax/imports.ts',
  importPaths: 'inference/completion/context/importPaths.ts',
  silentLogger: 'base/logger.ts',
};

/** Bundles and imports them. */
export async function importProduct() {
  const folder = join(root, 'out');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `retrieval-${process.pid}.mjs`);
  await build({
    stdin: {
      contents: Object.entries(parts)
        .map(([name, file]) => `export { ${name} } from './${file}';`)
        .join('\n'),
      resolveDir: join(root, 'src'),
      sourcefile: 'product.ts',
    },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
    // They find their native binaries relative to their own files.
    external: ['node-llama-cpp', '@lancedb/lancedb', 'apache-arrow'],
    logLevel: 'warning',
    outfile,
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile);
  }
}
