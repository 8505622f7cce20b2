import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadProduct } from './product.mjs';
import { root } from '../../install.mjs';

/** What of a workspace is in its index: rules leave out minified, generated and other files that nobody reads. */
export async function indexedFiles(workspace, indexFolder) {
  const { openReader, loadStaticEmbedder, chunkerVersion, decodeSource, isGenerated, silentLogger } =
    await loadProduct();
  const embedder = await loadStaticEmbedder(join(root, 'models/starter-embedder.safetensors'));
  const store = await openReader({
    location: storeIn(indexFolder),
    folder: workspace,
    embedderId: embedder.id,
    dimensions: embedder.dimensions,
    chunkerVersion: String(chunkerVersion),
    log: silentLogger,
  });
  let bytes = 0;
  let lines = 0;
  const paths = [];
  for (const { path } of store.files.values()) {
    const content = readFileSync(join(workspace, path));
    // The store knows these, so as not to read them again, but has nothing of them.
    const text = decodeSource(content);
    if (text === undefined || isGenerated(path, text)) continue;
    paths.push(join(workspace, path));
    bytes += content.length;
    for (let at = content.indexOf(10); at >= 0; at = content.indexOf(10, at + 1)) lines++;
  }
  await store[Symbol.asyncDispose]();
  return { indexedBytes: bytes, indexedLines: lines, indexedPaths: paths };
}

function storeIn(indexFolder) {
  const table = readdirSync(indexFolder, { recursive: true, withFileTypes: true }).find(
    (entry) => entry.isDirectory() && entry.name === 'files.lance',
  );
  if (table === undefined) throw new Error(`There is no store in ${indexFolder}`);
  return table.parentPath;
}
