import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import { createModelReranker, type ModelReranker } from '../../../../src/inference/embedding/modelReranker.ts';
import { ModelUnavailable } from '../../../../src/inference/generate.ts';
import { entry, Hosts } from '../host/hosts.ts';
import { encoderDouble } from '../models/encoderDouble.ts';

const never = new AbortController().signal;

describe('a model reranker', () => {
  const hosts = new Hosts();
  let folder = '';
  before(async () => (folder = await hosts.folder()));
  after(() => hosts.clean());

  const reranker = async (double: Parameters<typeof encoderDouble>[0]): Promise<ModelReranker> => {
    const path = join(folder, `${JSON.stringify(double).length}.gguf`);
    await writeFile(path, encoderDouble(double));
    const runner = { entry, dataFolder: folder, gpu: 'off', threads: 1, fimFormats: [], log: silentLogger } as const;
    return createModelReranker({ runner: { ...runner, lingerMs: 0 }, file: { id: 'x', name: 'x', path } });
  };

  it('scores passages one by one, however long they and the question are', async () => {
    await using model = await reranker({ ranks: true, pooling: 4 });
    const passages = ['function read() {}', 'class Reader', 'x '.repeat(5000), ''];
    const scores = await model.rank('where is it read?', passages, never);
    assert.equal(scores.length, 4);
    for (const score of scores) assert.ok(score >= 0 && score <= 1);
    assert.equal(new Set(scores).size, 4);
    assert.deepEqual(await model.rank('where is it read?', passages.slice(1, 2), never), scores.slice(1, 2));
    assert.equal((await model.rank('why '.repeat(5000), ['text'], never)).length, 1);
    await assert.rejects(model.rank('q', passages, AbortSignal.abort()), { name: 'AbortError' });
  });

  it('is unavailable when the model cannot rank', async () => {
    await using model = await reranker({ ranks: false });
    await assert.rejects(model.rank('q', ['p'], never), ModelUnavailable);
  });
});
