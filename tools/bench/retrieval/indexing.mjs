import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Files in a store on the disk, with the chunks, terms and vectors that the indexer gives it. Files are only read from
 * memory, so `folder` need not exist.
 */
export async function storeOf(folder, files, { product, chunker, embedder }) {
  const location = mkdtempSync(join(tmpdir(), 'hearth-retrieval-'));
  const { id: embedderId, dimensions } = embedder;
  const make = { embedderId, dimensions, chunkerVersion: 'benchmark' };
  const { store } = await product.openStore({ location, folder, ...make, log: product.silentLogger });
  await store.apply({
    files: files.map(({ path, languageId, text }) => ({
      path,
      blob: path,
      languageId,
      bytes: text.length,
      modifiedMs: 0,
    })),
    chunks: await embeddedChunks(files, { product, chunker, embedder }),
    removed: [],
    orphans: 'delete',
  });
  await store.tidy(new AbortController().signal);
  const close = async () => {
    await store[Symbol.asyncDispose]();
    rmSync(location, { recursive: true, force: true });
  };
  return { store, close };
}

async function embeddedChunks(files, { product, chunker, embedder }) {
  const all = [];
  for (const { path, languageId, text } of files) {
    const chunks = await chunker.chunk({ path, languageId, text });
    const passages = chunks.map(product.passageOf);
    const vectors = embedder.embed(passages, 'passage');
    for (const [at, chunk] of chunks.entries()) {
      const terms = product.searchTerms(passages[at]).join(' ');
      all.push({ ...chunk, id: `${path}:${at}`, blob: path, languageId, terms, vector: vectors[at] });
    }
  }
  return all;
}
