import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'mocha';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { Embedder } from '../../../../src/codeIndex/embedder/embedder.ts';
import { loadStaticEmbedder } from '../../../../src/codeIndex/embedder/loadStaticEmbedder.ts';
import type { Hit, Reason, SearchRequest } from '../../../../src/codeIndex/search/hit.ts';
import { search } from '../../../../src/codeIndex/search/search.ts';
import type { SearchableStore } from '../../../../src/codeIndex/store/indexStore.ts';
import { memoryStore } from './memoryStore.ts';

const signal = new AbortController().signal;
const model = join(import.meta.dirname, '../../../../models/starter-embedder.safetensors');
const app = {
  'src/net/retry.ts': [
    {
      symbolPath: ['backoffMs'],
      text: '/** How long to wait before the next attempt. */\nexport function backoffMs(attempt: number) {\n  return 2 ** attempt * 100;\n}',
    },
    {
      symbolPath: ['fetchAgain'],
      text: 'export async function fetchAgain(url: string) {\n  return retry(() => fetch(url));\n}',
    },
  ],
  'src/net/open.ts': [
    { symbolPath: ['openSocket'], text: 'export function openSocket(port: number) {\n  return connect(port);\n}' },
  ],
  'src/files/readText.ts': [
    {
      symbolPath: ['readText'],
      text: 'export function readText(path: string) {\n  return decode(readFileSync(path));\n}',
    },
  ],
  'src/ui/button.ts': [
    { symbolPath: ['Button'], kind: 'class' as const, text: 'export class Button {\n  label = "";\n}' },
  ],
};

const first = (hits: readonly Hit[]) => hits[0]?.symbolPath.at(-1);
const reason = <Kind extends Reason['kind']>(hit: Hit | undefined, kind: Kind) =>
  hit?.reasons.find((each): each is Extract<Reason, { kind: Kind }> => each.kind === kind);
const fail = () => Promise.reject(new Error('disk'));
const buttonFirst = async (_question: string, passages: readonly string[]) =>
  passages.map((passage) => Number(passage.includes('Button')));

describe('search', () => {
  let embedder: Embedder;
  let store: SearchableStore;
  before(async () => {
    embedder = await loadStaticEmbedder(model);
    store = memoryStore('/app', app, embedder);
  });

  const ask = (request: Partial<SearchRequest>, parts: Partial<Parameters<typeof search>[1]> = {}) =>
    search(
      { text: '', kind: 'question', limit: 5, ...request },
      { stores: [store], embedder, log: silentLogger, ...parts },
      signal,
    );

  it('answers a question, and says which words matched and how near the meaning is', async () => {
    const [hit] = await ask({ text: 'How long do we wait before the next attempt?' });
    assert.equal(hit?.symbolPath.at(-1), 'backoffMs');
    assert.deepEqual(reason(hit, 'words')?.words, ['long', 'wait', 'before', 'next', 'attempt']);
    assert.ok((reason(hit, 'meaning')?.similarity ?? 0) > 0.2);
    assert.equal(hit?.text, app['src/net/retry.ts'][0]?.text);
  });

  it('finds a name however it is written', async () => {
    for (const text of ['openSocket', 'opensocket', 'open_socket', 'open socket', 'where is openSocket() used?'])
      assert.equal(first(await ask({ text })), 'openSocket', text);
    assert.equal(reason((await ask({ text: 'open socket' }))[0], 'name')?.name, 'openSocket');
  });

  it('counts the words of the path', async () => {
    const [hit] = await ask({ text: 'ui class' });
    assert.equal(hit?.path, 'src/ui/button.ts');
    assert.deepEqual(reason(hit, 'path')?.words, ['ui']);
  });

  it('gives every hit a reason', async () => {
    for (const text of ['retry', 'export function', 'net', '소켓을 연다', 'readText(path)']) {
      for (const hit of await ask({ text, limit: 20 })) assert.ok(hit.reasons.length > 0, `${text}: ${hit.path}`);
    }
  });

  it('finds nothing for nothing', async () => {
    assert.deepEqual(await ask({ text: '' }), []);
    assert.deepEqual(await ask({ text: ' ?! ' }), []);
    assert.deepEqual(await ask({ text: 'retry' }, { stores: [] }), []);
  });

  it('finds nothing that has neither words nor meaning in common', async () => {
    const similar = await ask({ text: '달팽이는 느리다', limit: 20 });
    assert.deepEqual(
      similar.map(({ path }) => path),
      [],
    );
  });

  it('puts what is imported before the imports of it', async () => {
    const imports = "import { openPort } from './port.ts';\nimport { openSocket } from './socket.ts';";
    const opener =
      '  both() {\n    const port = this.open(this.number, this.host);\n    return socket(port, later);\n  }';
    const files = {
      'a.ts': [{ kind: 'statements' as const, text: imports }],
      'b.ts': [{ symbolPath: ['Opener', 'both'], kind: 'method' as const, text: opener }],
    };
    const [hit] = await ask({ text: 'open port socket ts' }, { stores: [memoryStore('/app', files)] });
    assert.equal(hit?.path, 'b.ts');
  });

  it('finds for code what it calls, and never in the file that asks', async () => {
    const request = { text: 'const text = readText(', kind: 'code' as const, names: ['readText'] };
    assert.equal(first(await ask(request)), 'readText');
    const own = { path: '/app/src/files/readText.ts', imports: [] };
    assert.ok((await ask({ ...request, from: own })).every(({ path }) => path !== 'src/files/readText.ts'));
    assert.equal(first(await ask({ text: 'readText', from: own })), 'readText', 'a question may mean the open file');
  });

  it('prefers what the open file imports, and says so', async () => {
    const twins = memoryStore('/app', {
      'src/a/send.ts': [{ symbolPath: ['send'], text: 'export function send(mail: Mail) {\n  queue.push(mail);\n}' }],
      'src/b/send.ts': [{ symbolPath: ['send'], text: 'export function send(page: Page) {\n  socket.write(page);\n}' }],
    });
    for (const imported of ['src/a/send.ts', 'src/b/send.ts']) {
      const from = { path: '/app/main.ts', imports: [imported] };
      const [hit] = await ask({ text: 'send(', kind: 'code', names: ['send'], from }, { stores: [twins] });
      assert.equal(hit?.path, imported);
      assert.equal(reason(hit, 'near')?.how, 'imported');
    }
  });

  it('searches all folders as one', async () => {
    const other = memoryStore(
      '/lib',
      { 'lock.ts': [{ symbolPath: ['lockFile'], text: 'export function lockFile() {}' }] },
      embedder,
    );
    const hits = await ask({ text: 'lockFile' }, { stores: [store, other] });
    assert.deepEqual([hits[0]?.folder, hits[0]?.path], ['/lib', 'lock.ts']);
  });

  it('does without an embedder that fails', async () => {
    const gone: Embedder = { id: 'gone', dimensions: 4, embed: () => Promise.reject(new Error('gone')) };
    const hits = await ask({ text: 'next attempt' }, { embedder: gone });
    assert.equal(first(hits), 'backoffMs');
    assert.equal(reason(hits[0], 'meaning'), undefined);
  });

  it('does without a store that fails, and rejects when all do', async () => {
    const broken: SearchableStore = { ...store, byTerms: fail, byVector: fail, byName: fail };
    assert.equal(first(await ask({ text: 'openSocket' }, { stores: [broken, store] })), 'openSocket');
    await assert.rejects(ask({ text: 'openSocket' }, { stores: [broken] }), /disk/);
  });

  it('lets a model order the answers to a question, not those to code', async () => {
    assert.equal(first(await ask({ text: 'export' }, { rerank: buttonFirst })), 'Button');
    assert.notEqual(
      first(await ask({ text: 'readText', kind: 'code', names: ['readText'] }, { rerank: buttonFirst })),
      'Button',
    );
  });

  it('rejects when it is no longer wanted', async () => {
    const parts = { stores: [store], embedder, log: silentLogger };
    await assert.rejects(search({ text: 'a', kind: 'question', limit: 1 }, parts, AbortSignal.abort()), {
      name: 'AbortError',
    });
  });
});
