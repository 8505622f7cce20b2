import assert from 'node:assert/strict';
import * as library from 'node-llama-cpp';
import type { GenerateRequest } from '../../../../src/inference/generate.ts';
import { loadModel } from '../../../../src/inference/host/loadModel.ts';
import type { Session } from '../../../../src/inference/host/session.ts';
import { request, starter, until } from './hosts.ts';

const never = new AbortController().signal;
const unused = { endpoint: '', lockPath: '', keyPath: '', lingerMs: 0 };
const { prototype } = library.LlamaContextSequence;
const adapt: typeof prototype.adaptStateToTokens = Reflect.get(prototype, 'adaptStateToTokens');

/** Watches from inside what no client of a host can see. */
describe('KV caches', () => {
  let session: Session;
  /** How many tokens were erased from one, each time that it was lent. */
  const erased: number[] = [];

  before(async () => {
    const config = { modelPath: starter.path, gpu: 'off', threads: 1, level: 0, ...unused } as const;
    const host = await loadModel(library, { ...config, purpose: 'generate' });
    assert.ok('work' in host && host.work.purpose === 'generate');
    ({ session } = host.work);
    prototype.adaptStateToTokens = async function (...asked) {
      const before = this.nextTokenIndex;
      await adapt.apply(this, asked);
      erased.push(before - this.nextTokenIndex);
    };
  });
  after(() => {
    prototype.adaptStateToTokens = adapt;
  });

  function begin(asked: GenerateRequest) {
    const progress = { chunks: 0, isOver: false };
    const done = (async () => {
      await session.generate(asked, () => progress.chunks++, never);
      progress.isOver = true;
    })();
    return { progress, done };
  }

  it('of chats that make way for typing are left alone, also by chats that wait for one', async () => {
    const chats = [1, 2, 3].map((number) =>
      begin(request({ prefix: `x${number} = [1,`, suffix: '', maxTokens: 400, priority: 'chat', room: 'long' })),
    );
    await until(() => chats.filter(({ progress }) => progress.chunks > 8).length === 2, 'two are under way');
    erased.length = 0;
    for (let keys = 0; keys < 3; keys++) {
      const typing = begin(request({ prefix: `y${keys} = [1,`, maxTokens: 10 }));
      await typing.done;
    }
    assert.ok(chats.every(({ progress }) => !progress.isOver));
    assert.ok(erased.length >= 3 && erased.every((tokens) => tokens === 0), `erased ${erased.join()}`);
    await Promise.all(chats.map(({ done }) => done));
  });
});
