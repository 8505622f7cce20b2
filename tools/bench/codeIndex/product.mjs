import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../../install.mjs';

/** What of the product the benchmark takes apart or talks to, compiled as the extension is. */
const entry = `
export { silentLogger } from './src/base/logger.ts';
export { unixLines } from './src/base/unixLines.ts';
export { chunkerVersion, createChunker } from './src/codeIndex/chunks/chunker.ts';
export { decodeSource } from './src/codeIndex/discover/decodeSource.ts';
export { isGenerated } from './src/codeIndex/discover/generated.ts';
export { loadStaticEmbedder } from './src/codeIndex/embedder/loadStaticEmbedder.ts';
export { startIndexProcess } from './src/codeIndex/host/indexProcess.ts';
export { IndexMessage } from './src/codeIndex/host/indexProtocol.ts';
export { embeddedChunks } from './src/codeIndex/indexer/chunkVectors.ts';
export { readBytes } from './src/codeIndex/indexer/fileSteps.ts';
export { passageOf } from './src/codeIndex/passage.ts';
export { openReader } from './src/codeIndex/store/openReader.ts';
export { openStore } from './src/codeIndex/store/openStore.ts';
export { searchTerms } from './src/codeIndex/terms.ts';
export { maskSecrets } from './src/privacy/secretText.ts';
export { createSyntax } from './src/syntax/syntax.ts';
`;
let loading;

export function loadProduct() {
  return (loading ??= load());
}

async function load() {
  const folder = join(root, 'out/bench');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, 'product.mjs');
  await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    bundle: true,
    outfile,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: ['@lancedb/lancedb', 'apache-arrow', 'node-llama-cpp'],
    banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
  });
  return import(pathToFileURL(outfile).href);
}
