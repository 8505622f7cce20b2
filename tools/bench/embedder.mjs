import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { root } from '../install.mjs';

/**
 * `npm run bench:embedder`: how much source the static embedder turns into vectors on one core, in chunks as large as
 * an index has them, and how long a question takes. Sources: TypeScript and JavaScript of the installed packages.
 */
const { values: given } = parseArgs({
  options: {
    embedder: { type: 'string', default: join(root, 'models/starter-embedder.safetensors') },
    sources: { type: 'string', default: join(root, 'node_modules') },
    megabytes: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
  },
});
const chunkCharacters = 1200;

const embedder = await load(resolve(given.embedder));
const chunks = chunksOf(resolve(given.sources), Number(given.megabytes) * 1e6);
const bytes = chunks.reduce((sum, chunk) => sum + Buffer.byteLength(chunk), 0);
const seconds = [];
for (let round = 0; round < Number(given.rounds); round++) seconds.push(secondsOf(() => embedder.embed(chunks)));
const question = secondsOf(() => {
  for (let at = 0; at < 1000; at++) embedder.embed(['Where is the text of a file read and split into lines?']);
});
console.log(`${embedder.id}, ${embedder.dimensions} dimensions, Node ${process.versions.node}`);
console.log(`${chunks.length} chunks, ${(bytes / 1e6).toFixed(1)} MB: ${seconds.map(speed).join(', ')} MB/s`);
console.log(`a question: ${(question * 1000).toFixed(0)} µs`);

function speed(each) {
  return (bytes / 1e6 / each).toFixed(1);
}

function secondsOf(work) {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

/** Compiled as the extension is, so that the Node at hand needs to know no TypeScript. */
async function load(path) {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/codeIndex/embedder/loadStaticEmbedder.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
  });
  const { loadStaticEmbedder } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  return loadStaticEmbedder(path);
}

function chunksOf(folder, limitBytes) {
  const found = [];
  let read = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (read > limitBytes) break;
    if (!entry.isFile() || !['.ts', '.js', '.mjs'].includes(extname(entry.name))) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    read += text.length;
    for (let at = 0; at < text.length; at += chunkCharacters) found.push(text.slice(at, at + chunkCharacters));
  }
  return found;
}
