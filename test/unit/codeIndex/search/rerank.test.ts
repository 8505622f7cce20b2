import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { silentLogger } from '../../../../src/base/logger.ts';
import { type Rerank, reranked } from '../../../../src/codeIndex/search/rerank.ts';
import { storedChunk } from './memoryStore.ts';

const ordered = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    folder: '/app',
    path: `${at}.ts`,
    score: 1 / (at + 1),
    chunk: storedChunk('blob', at, { text: `text ${at}` }),
  }));
const never = new AbortController().signal;
const lastFirst: Rerank = async (_question, passages) => passages.map((_, at) => at);

async function order(count: number, rerank: Rerank, signal = never): Promise<string> {
  const result = await reranked('why', ordered(count), { rerank, log: silentLogger, timeoutMs: 30 }, signal);
  return result.map(({ path }) => path.replace('.ts', '')).join(' ');
}

describe('reranked: the best answers in the order of a model', () => {
  it('puts the most relevant first', async () => assert.equal(await order(3, lastFirst), '2 1 0'));

  it('gives the model question, paths and texts', async () => {
    const seen: unknown[] = [];
    await order(2, async (question, passages) => [seen.push(question, passages), 0]);
    assert.deepEqual(seen, ['why', ['0.ts\ntext 0', '1.ts\ntext 1']]);
  });

  it('leaves what comes after the twentieth where it was', async () => {
    const result = (await order(22, lastFirst)).split(' ');
    assert.deepEqual([result[0], result[19], result[20], result[21]], ['19', '0', '20', '21']);
  });

  const failures: Readonly<Record<string, Rerank>> = {
    'is late': () => new Promise(() => {}),
    fails: () => Promise.reject(new Error('gone')),
    'answers too little': async () => [1],
    'answers nonsense': async (_question, passages) => passages.map(() => Number.NaN),
  };
  for (const [what, rerank] of Object.entries(failures))
    it(`keeps the order when the model ${what}`, async () => assert.equal(await order(3, rerank), '0 1 2'));

  it('tells a late model to stop', async () => {
    let stopped: boolean | undefined;
    await order(2, (_question, _passages, signal) => {
      signal.addEventListener('abort', () => (stopped = true));
      return new Promise(() => {});
    });
    assert.equal(stopped, true);
  });

  it('rejects when the search is no longer wanted', async () => {
    await assert.rejects(
      order(2, () => new Promise(() => {}), AbortSignal.abort()),
      { name: 'AbortError' },
    );
  });
});
