import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Emitter } from '../../../src/base/emitter.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { createIndexContext } from '../../../src/engine/indexContext.ts';
import { WorkspaceIndex } from '../../../src/engine/workspaceIndex.ts';
import { gatherContext } from '../../../src/inference/completion/context/selectContext.ts';
import { createExclusion } from '../../../src/privacy/exclusion.ts';
import { defaultSettings } from '../../../src/protocol/settings.ts';
import { createSyntax } from '../../../src/syntax/syntax.ts';
import { root } from '../../install.mjs';

const never = new AbortController().signal;
/** Nobody waits here. */
const timeoutMs = 30_000;
const dist = join(root, 'dist');

/**
 * An author's release as an open workspace folder with its index, as the engine has it.
 * @returns `snippetsAt(place, budgetCharacters)`: what a completion there would be given of other code by the index
 */
export async function openWorkspace(files, { folder, dataFolder }) {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const index = new WorkspaceIndex({
    dist,
    dataFolder,
    folders: [folder],
    settings: { now: defaultSettings, onChange: new Emitter() },
    exclusion: createExclusion({ folders: [folder], log: silentLogger }),
    models: staticModels,
    log: silentLogger,
    onProblem: (problem) => {
      throw new Error(`The index: ${JSON.stringify(problem)}`);
    },
  });
  index.start();
  await indexed(index);
  const syntax = createSyntax({ grammarFolder: join(dist, 'grammars'), log: silentLogger });

  const snippetsAt = async (place, budgetCharacters) => {
    const document = documentOf(folder, place);
    const documents = { newestFirst: () => [document] };
    // A new one each time: it keeps its last answer for the file.
    const source = withoutOwn(place, createIndexContext({ index, documents, syntax }));
    const query = { document, offset: place.prefix.length, budgetCharacters };
    const snippets = await gatherContext([source], query, { budgetCharacters, timeoutMs, log: silentLogger }, never);
    return snippets.map(({ path, text }) => ({ path, text }));
  };
  return {
    snippetsAt,
    async close() {
      await index[Symbol.asyncDispose]();
      syntax[Symbol.dispose]();
    },
  };
}

const staticModels = {
  follow: async () => {},
  embedder: { kind: 'static' },
  reranks: false,
  onChange: new Emitter(),
  embed: notAsked,
  rerank: notAsked,
  [Symbol.asyncDispose]: async () => {},
};

function notAsked() {
  throw new Error('The static embedder needs no model');
}

async function indexed(index) {
  for (;;) {
    if (index.status.state === 'error') throw new Error(`The index: ${JSON.stringify(index.status.problem)}`);
    const { complete } = await index.search({ text: 'anything', kind: 'question', limit: 1 }, never);
    if (index.status.state === 'ready' && complete) return;
    await sleep(100);
  }
}

/** The file without what is to be written there. */
function documentOf(folder, { path, languageId, prefix, suffix }) {
  const uri = pathToFileURL(join(folder, path)).href;
  return { uri, path, folder, languageId, version: 1, text: prefix + suffix, before: '', after: '' };
}

/** The file on the disk has what is to be written: it is not shown. */
function withoutOwn({ path, line, lines }, source) {
  const isOwn = (snippet) => {
    const first = snippet.origin?.startLine ?? 0;
    return snippet.path === path && first < line + lines && first + snippet.text.split('\n').length > line;
  };
  return {
    name: source.name,
    snippets: async (query, signal) => (await source.snippets(query, signal)).filter((snippet) => !isOwn(snippet)),
  };
}
