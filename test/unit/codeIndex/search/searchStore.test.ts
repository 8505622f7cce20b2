import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { EmbeddedChunk, IndexedFile } from '../../../../src/codeIndex/chunk.ts';
import { loadStaticEmbedder } from '../../../../src/codeIndex/embedder/loadStaticEmbedder.ts';
import type { StaticEmbedder } from '../../../../src/codeIndex/embedder/staticEmbedder.ts';
import { passageOf } from '../../../../src/codeIndex/passage.ts';
import type { SearchRequest } from '../../../../src/codeIndex/search/hit.ts';
import { search } from '../../../../src/codeIndex/search/search.ts';
import type { IndexStore } from '../../../../src/codeIndex/store/indexStore.ts';
import { openStore } from '../../../../src/codeIndex/store/openStore.ts';
import { searchTerms } from '../../../../src/codeIndex/terms.ts';
import { storedChunk } from './memoryStore.ts';

const model = join(import.meta.dirname, '../../../../models/starter-embedder.safetensors');
/** Two functions share the chunk of `times.ts`, which has no name; `copy.ts` has the content of `backoff.ts`. */
const sources: Readonly<Record<string, { readonly symbolPath?: readonly string[]; readonly text: string }>> = {
  backoff: {
    symbolPath: ['backoffMs'],
    text: '/** How long to wait before the next attempt. */\nexport function backoffMs(attempt: number) {\n  return 2 ** attempt;\n}',
  },
  open_socket: { symbolPath: ['openSocket'], text: 'function openSocket(port: number) {\n  return connect(port);\n}' },
  times: {
    text: 'export function inSeconds(ms) { return ms / 1000; }\nexport function inMinutes(ms) { return ms / 60000; }',
  },
  korean: { symbolPath: ['로그쓰기'], text: '// 로그 파일을 연다\nfunction 로그쓰기() {}' },
};

describe('search in a store on the disk', () => {
  let embedder: StaticEmbedder;
  let store: IndexStore;
  let location: string;
  before(async () => {
    embedder = await loadStaticEmbedder(model);
    location = await mkdtemp(join(tmpdir(), 'search-'));
    const { id: embedderId, dimensions } = embedder;
    ({ store } = await openStore({
      location,
      folder: '/app',
      embedderId,
      dimensions,
      chunkerVersion: 'test',
      log: silentLogger,
    }));
    const chunks = Object.entries(sources).map(([blob, source]) => embedded(blob, source));
    const files = chunks.map(({ blob }) => fileOf(`src/${blob}.ts`, blob));
    files.push(fileOf('copies/old/copy.ts', 'backoff'));
    await store.apply({ files, chunks, removed: [], orphans: 'delete' });
    await store.tidy(new AbortController().signal);
  });
  after(async () => {
    await store[Symbol.asyncDispose]();
    await rm(location, { recursive: true, force: true });
  });

  function embedded(blob: string, source: (typeof sources)[string]): EmbeddedChunk {
    const chunk = storedChunk(blob, 0, source);
    const passage = passageOf(chunk);
    const [vector = new Float32Array()] = embedder.embed([passage]);
    return { ...chunk, terms: searchTerms(passage).join(' '), vector };
  }

  const ask = (request: Partial<SearchRequest>) =>
    search(
      { text: '', kind: 'question', limit: 3, ...request },
      { stores: [store], embedder, log: silentLogger },
      new AbortController().signal,
    );

  const questions: readonly (readonly [question: string, path: string])[] = [
    ['How long do we wait before the next attempt?', 'src/backoff.ts'],
    ['openSocket', 'src/open_socket.ts'],
    ['open socket', 'src/open_socket.ts'],
    ['inMinutes', 'src/times.ts'],
    ['로그는 어디서 쓰나요?', 'src/korean.ts'],
    ['connect to a port', 'src/open_socket.ts'],
  ];
  for (const [text, path] of questions)
    it(`${text}: ${path}`, async () => {
      const [hit] = await ask({ text });
      assert.equal(hit?.path, path);
      assert.ok(hit.reasons.length > 0);
    });

  it('finds by name, words and meaning at once', async () => {
    const [hit] = await ask({ text: 'openSocket(port)' });
    assert.deepEqual(
      hit?.reasons.map(({ kind }) => kind),
      ['name', 'words', 'meaning', 'path'],
    );
  });

  async function copiesSeenFrom(path: string): Promise<readonly string[]> {
    const hits = await ask({ text: 'wait before the next attempt', from: { path, imports: [] } });
    return hits.map((hit) => hit.path).filter((each) => /backoff|copy/.test(each));
  }

  it('shows equal files once, under the path that is nearest', async () => {
    assert.deepEqual(await copiesSeenFrom('/app/src/main.ts'), ['src/backoff.ts']);
    assert.deepEqual(await copiesSeenFrom('/app/copies/old/main.ts'), ['copies/old/copy.ts']);
  });
});

function fileOf(path: string, blob: string): IndexedFile {
  return { path, blob, languageId: 'typescript', bytes: 1, modifiedMs: 0 };
}
