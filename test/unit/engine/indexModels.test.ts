import assert from 'node:assert/strict';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { silentLogger } from '../../../src/base/logger.ts';
import { IndexModelChoice } from '../../../src/engine/indexModels.ts';
import { ModelUnavailable } from '../../../src/inference/generate.ts';
import { createModelStore } from '../../../src/inference/models/modelStore.ts';
import { describeProblem, type Problem } from '../../../src/protocol/problems.ts';
import { entry, Hosts, starter } from '../inference/host/hosts.ts';
import { doubleDimensions, encoderDouble } from '../inference/models/encoderDouble.ts';

const never = new AbortController().signal;

describe('the models of the index', () => {
  const hosts = new Hosts();
  let folder = '';
  let problems: Problem[] = [];
  let changes = 0;
  let models: IndexModelChoice;
  const inFolder = (name: string) => join(folder, 'models', name);

  beforeEach(async () => {
    folder = await hosts.folder();
    await mkdir(join(folder, 'models'));
    await writeFile(inFolder('embeds.gguf'), encoderDouble());
    problems = [];
    changes = 0;
    models = new IndexModelChoice({
      store: createModelStore({ starterPath: starter.path, modelsFolder: join(folder, 'models'), log: silentLogger }),
      runner: { entry, dataFolder: folder, gpu: 'off', threads: 1, fimFormats: [], log: silentLogger, lingerMs: 0 },
      log: silentLogger,
      onProblem: (problem) => problems.push(problem),
    });
    models.onChange.on(() => changes++);
  });
  afterEach(async () => {
    await models[Symbol.asyncDispose]();
    await hosts.clean();
  });

  it('are the embedded one and no reranker unless asked for', async () => {
    await models.follow('');
    assert.deepEqual([models.embedder, models.reranks, changes], [{ kind: 'static' }, false, 0]);
    await assert.rejects(models.embed({ id: 'x', texts: ['text'], role: 'passage' }, never), ModelUnavailable);
    await assert.rejects(models.rerank({ question: 'q', passages: ['p'] }, never), ModelUnavailable);
  });

  it('follow the setting there and back, and answer only for the model in use', async () => {
    await models.follow(inFolder('embeds.gguf'));
    const { embedder } = models;
    assert.ok(embedder.kind === 'model');
    assert.deepEqual([embedder.name, embedder.dimensions, changes], ['embeds', doubleDimensions, 1]);
    const call = { id: embedder.id, texts: ['where?'], role: 'question' } as const;
    assert.equal((await models.embed(call, never))[0]?.length, doubleDimensions);
    await assert.rejects(models.embed({ ...call, id: 'gguf-of-before' }, never), ModelUnavailable);
    const pid = models.hostPid;
    await models.follow(inFolder('embeds.gguf'));
    assert.deepEqual([changes, models.hostPid], [1, pid]);
    assert.equal((await models.embed(call, never)).length, 1);
    await models.follow('');
    assert.deepEqual([models.embedder, changes, problems], [{ kind: 'static' }, 2, []]);
  });

  it('say why a model cannot be used, and fall back to the embedded one', async () => {
    await copyFile(starter.path, inFolder('writes.gguf'));
    const told: string[] = [];
    for (const wanted of ['gpt-9', 'qwen3-embedding-0.6b', inFolder('writes.gguf'), inFolder('none.gguf')]) {
      await models.follow(wanted);
      assert.deepEqual(models.embedder, { kind: 'static' });
      const problem = problems.pop();
      assert.ok(problem?.code === 'index.embedder');
      told.push(problem.problem.code);
      assert.ok(describeProblem(problem).message.includes(describeProblem(problem.problem).message));
    }
    assert.deepEqual(told, ['model.unknownEmbedder', 'model.notDownloaded', 'model.notEmbedding', 'model.missing']);
  });

  it('take the newest choice when choices come fast', async () => {
    await Promise.all([models.follow(inFolder('embeds.gguf')), models.follow('')]);
    assert.deepEqual([models.embedder, problems], [{ kind: 'static' }, []]);
  });

  it('put passages in order once a reranker lies in the folder', async () => {
    await writeFile(inFolder('ranks.gguf'), encoderDouble({ ranks: true, pooling: 4 }));
    await models.follow('');
    assert.deepEqual([models.reranks, changes], [true, 1]);
    const scores = await models.rerank({ question: 'where?', passages: ['here', 'there'] }, never);
    assert.equal(new Set(scores).size, 2);
  });

  it('give up a model that dies again and again, and say so', async function () {
    this.timeout(20_000);
    await models.follow(inFolder('embeds.gguf'));
    assert.ok(models.embedder.kind === 'model');
    const { id } = models.embedder;
    for (let crash = 0; crash < 20 && models.embedder.kind === 'model'; crash++) {
      const { hostPid } = models;
      if (hostPid !== undefined) process.kill(hostPid, 'SIGKILL');
      await models.embed({ id, texts: ['text'], role: 'passage' }, never).catch(() => undefined);
    }
    assert.deepEqual(models.embedder, { kind: 'static' });
    assert.ok(problems[0]?.code === 'index.embedder' && problems[0].problem.code === 'host.crashing');
    assert.equal(changes, 2);
  });
});
