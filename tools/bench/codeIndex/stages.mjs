import { join } from 'node:path';
import { root } from '../../install.mjs';
import { loadProduct } from './product.mjs';
import { copySources } from './sources.mjs';

const chunksPerStep = 2048;
const languages = {
  '.ts': 'typescript',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.py': 'python',
  '.c': 'c',
  '.h': 'c',
  '.md': 'markdown',
  '.json': 'json',
  '.css': 'css',
  '.html': 'html',
};

/**
 * Each step of indexing by itself, one after the other over the same files, in one thread: what it costs, next to the
 * floor, which is reading and parsing alone.
 */
export async function measureStages(sources, { bytes: limit }, folder) {
  const product = await loadProduct();
  const tasks = tasksOf(sources, limit, join(folder, 'workspace'));
  const parts = await partsOf(product);
  // Once without looking at the clock: compiled code, loaded grammars, warm disk.
  await runStages(product, parts, tasks.slice(0, 200), join(folder, 'warm'));
  return runStages(product, parts, tasks, join(folder, 'store'));
}

async function runStages(product, { syntax, chunker, embedder }, tasks, location) {
  const { readBytes, unixLines, maskSecrets, passageOf, searchTerms } = product;
  const seconds = {};
  const timed = async (name, work) => {
    const startMs = performance.now();
    const result = await work();
    seconds[name] = (performance.now() - startMs) / 1000;
    return result;
  };
  const read = await timed('read', () => each(tasks, (task) => readBytes(task, '1')));
  const texts = await timed('mask', () =>
    each(read, ({ content }) => maskSecrets(unixLines(Buffer.from(content).toString('utf8')))),
  );
  const files = tasks.map(({ path, languageId }, at) => ({ path, languageId, text: texts[at] }));
  await timed('parse', () =>
    each(files, async ({ languageId, text }) => (await syntax.parse(languageId, text, 1000))?.[Symbol.dispose]()),
  );
  const chunked = await timed('chunk', () => each(files, (file) => chunker.chunk(file)));
  const passages = chunked.map((chunks) => chunks.map(passageOf));
  const terms = await timed('terms', () => passages.map((all) => all.map((one) => searchTerms(one).join(' '))));
  const vectors = await timed('embed', () => passages.map((all) => embedder.embed(all)));
  const store = await openStore(product, embedder, location);
  try {
    await timed('write', () => write(product, store, { tasks, read, chunked, terms, vectors }));
    await timed('tidy', () => store.tidy(new AbortController().signal));
  } finally {
    await store[Symbol.asyncDispose]();
  }
  const bytes = read.reduce((sum, { content }) => sum + content.length, 0);
  return { bytes, files: tasks.length, chunks: chunked.reduce((sum, chunks) => sum + chunks.length, 0), seconds };
}

async function each(items, work) {
  const results = [];
  for (const item of items) results.push(await work(item));
  return results;
}

async function write({ embeddedChunks }, store, { tasks, read, chunked, terms, vectors }) {
  let files = [];
  let chunks = [];
  const seen = new Set();
  const flush = async () => {
    await store.apply({ files, chunks, removed: [], orphans: 'delete' });
    files = [];
    chunks = [];
  };
  for (const [at, task] of tasks.entries()) {
    const { content: _, ...facts } = read[at];
    const own = chunked[at].map((chunk, index) => ({ ...chunk, terms: terms[at][index] }));
    files.push({ path: task.path, languageId: task.languageId, ...facts });
    if (!seen.has(facts.blob)) chunks.push(...embeddedChunks({ task, facts, chunks: own }, vectors[at]));
    seen.add(facts.blob);
    if (chunks.length >= chunksPerStep) await flush();
  }
  await flush();
}

function openStore({ openStore: open, chunkerVersion, silentLogger }, { id, dimensions }, location) {
  const make = { embedderId: id, dimensions, chunkerVersion: String(chunkerVersion), log: silentLogger };
  return open({ ...make, location, folder: '/' }).then(({ store }) => store);
}

async function partsOf({ createSyntax, createChunker, loadStaticEmbedder, silentLogger }) {
  const grammarFolder = join(root, 'dist/grammars');
  const syntax = createSyntax({ grammarFolder, log: silentLogger, use: 'indexing' });
  return {
    syntax,
    chunker: createChunker({ syntax }),
    embedder: await loadStaticEmbedder(join(root, 'models/starter-embedder.safetensors')),
  };
}

function tasksOf(sources, limit, workspace) {
  const tasks = [];
  let bytes = 0;
  for (const source of sources) {
    const languageId = languages[/\.\w+$/.exec(source.path)?.[0] ?? ''];
    if (languageId === undefined) continue;
    if ((bytes += source.bytes) > limit) break;
    const [absolutePath] = copySources([source], workspace);
    tasks.push({ absolutePath, path: source.path, languageId });
  }
  return tasks;
}
