import { join } from 'node:path';
import { root } from '../../install.mjs';
import { uniform } from '../random.mjs';
import { callSitesOf } from './callSites.mjs';
import { storeOf } from './indexing.mjs';
import { importProduct } from './product.mjs';
import { questionsOf } from './questions.mjs';
import { repositories } from './repositories.mjs';

/** The product's parts that everything here is done with. */
export async function loadParts() {
  const product = await importProduct();
  const grammarFolder = join(root, 'dist/grammars');
  const syntax = product.createSyntax({ grammarFolder, log: product.silentLogger, use: 'indexing' });
  const embedder = await product.loadStaticEmbedder(join(root, 'models/starter-embedder.safetensors'));
  return { product, syntax, embedder, chunker: product.createChunker({ syntax }) };
}

/**
 * What is asked of each repository of a set, at most `count` of each kind:
 *
 *     questions    documentation, asked of an index that has none
 *     calls        the cursor behind the bracket that opens a call of something imported
 *     lineStarts   the cursor at the start of that line, before anything of the call is typed
 *
 * @returns lists of `{request, answer: {path, line}, store}`, the repositories with their stores, and `close`
 */
export async function tasksOf(set, { count, seed, parts }) {
  const tasks = { questions: [], calls: [], lineStarts: [] };
  const indexed = [];
  const opened = [];
  for (const repository of await repositories(set)) {
    const random = uniform(seed);
    const folder = `/${repository.name}`;
    const open = async (files) => {
      const one = await storeOf(folder, files, parts);
      opened.push(one);
      return one.store;
    };
    const { questions, files } = await questionsOf(repository, { ...parts, count, random });
    const undocumented = await open(files);
    for (const { text, ...answer } of questions)
      tasks.questions.push({ request: { text, kind: 'question' }, answer, store: undocumented });

    const sites = await callSitesOf(repository, { ...parts, count, random });
    const store = await open(repository.files);
    for (const { path, imports, answer, ...site } of sites) {
      const { text } = repository.files.find((file) => file.path === path);
      const at = (offset) => ({
        request: { ...cursorRequest(text, offset, parts.product), from: { path: `${folder}/${path}`, imports } },
        answer,
        store,
      });
      tasks.calls.push(at(site.offset));
      tasks.lineStarts.push(at(site.lineStart));
    }
    indexed.push({ ...repository, folder, store, sites });
    console.error(
      `${repository.name}: ${store.chunkCount} chunks, ${questions.length} questions, ${sites.length} calls`,
    );
  }
  const close = async () => {
    for (const each of opened) await each.close();
  };
  return { tasks, indexed, close };
}

/** As while typing: nothing of the line stands behind the cursor yet. */
function cursorRequest(text, offset, product) {
  const end = text.indexOf('\n', offset);
  return product.cursorRequest({ before: text.slice(0, offset), after: end < 0 ? '' : text.slice(end) });
}
