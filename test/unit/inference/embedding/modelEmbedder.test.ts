import assert from 'node:assert/strict';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import { promptsOf } from '../../../../src/inference/embedding/embeddingModels.ts';
import {
  createModelEmbedder,
  type ModelEmbedder,
  type ModelEmbedderOptions,
} from '../../../../src/inference/embedding/modelEmbedder.ts';
import { ModelUnavailable } from '../../../../src/inference/generate.ts';
import { ProblemError } from '../../../../src/protocol/problems.ts';
import { entry, Hosts, isAlive, starter, until } from '../host/hosts.ts';
import { doubleDimensions, encoderDouble } from '../models/encoderDouble.ts';

const never = new AbortController().signal;
const plain = { question: '', passage: '' };

describe('a model embedder', () => {
  const hosts = new Hosts();
  const embedders: ModelEmbedder[] = [];
  let folder = '';
  before(async () => {
    folder = await hosts.folder();
    await writeFile(join(folder, 'double.gguf'), encoderDouble());
  });
  afterEach(async () => {
    const pids = embedders.flatMap(({ hostPid }) => hostPid ?? []);
    for (const embedder of embedders.splice(0)) await embedder[Symbol.asyncDispose]();
    await until(() => !pids.some(isAlive), 'the hosts left');
  });
  after(() => hosts.clean());

  const open = async (options: Partial<ModelEmbedderOptions> = {}): Promise<ModelEmbedder> => {
    const runner = { entry, dataFolder: folder, gpu: 'off', threads: 1, fimFormats: [], log: silentLogger } as const;
    const file = { id: 'double', name: 'Double', path: join(folder, 'double.gguf') };
    const made = { runner: { ...runner, lingerMs: 50 }, file, prompts: plain, ...options };
    const embedder = await createModelEmbedder(made, never);
    embedders.push(embedder);
    return embedder;
  };

  for (const [what, options, dimensions] of [
    ['an encoder', {}, doubleDimensions],
    ['a model made to write', { file: starter }, 384],
  ] as const)
    it(`turns texts into vectors of length 1, each as if it were alone, with ${what}`, async () => {
      const embedder = await open(options);
      assert.equal(embedder.dimensions, dimensions);
      const texts = Array.from({ length: 40 }, (_, at) => `const name${at} = read(${at});`);
      const vectors = await embedder.embed(texts, 'passage', never);
      assert.equal(vectors.length, texts.length);
      for (const vector of vectors) {
        assert.equal(vector.length, dimensions);
        assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-5);
      }
      assert.deepEqual(await embedder.embed(texts.slice(35, 36), 'passage', never), vectors.slice(35, 36));
      assert.ok(cosine(vectors[0], vectors[1]) < 0.999999, 'different texts, different vectors');
      assert.deepEqual(await embedder.embed(['', ' \n'], 'passage', never), [
        new Float32Array(dimensions),
        new Float32Array(dimensions),
      ]);
      assert.deepEqual(await embedder.embed([], 'passage', never), []);
    });

  it('writes before a text what its role asks for', async () => {
    const bare = await open();
    const prompted = await open({ prompts: promptsOf(['nomic-embed-text']) });
    const [question, passage] = await bare.embed(['search_query: map', 'search_document: map'], 'passage', never);
    assert.deepEqual(await prompted.embed(['map'], 'question', never), [question]);
    assert.deepEqual(await prompted.embed(['map'], 'passage', never), [passage]);
    assert.notDeepEqual(question, passage);
    assert.deepEqual(await prompted.embed([' '], 'question', never), [new Float32Array(doubleDimensions)]);
    assert.notEqual(prompted.id, bare.id);
  });

  it('cuts a text to what the model can see', async () => {
    const embedder = await open();
    const long = 'a '.repeat(100_000);
    const [cut, otherEnd, otherStart] = await embedder.embed([long, `${long}b`, `b ${long}`], 'passage', never);
    assert.deepEqual(otherEnd, cut);
    assert.notDeepEqual(otherStart, cut);
  });

  it('has an id that goes with the content of the file, on any machine', async () => {
    const copy = join(folder, 'copy.gguf');
    await copyFile(join(folder, 'double.gguf'), copy);
    const ids = [(await open()).id, (await open({ file: { id: 'copy', name: 'Copy', path: copy } })).id];
    assert.equal(ids[1], ids[0]);
    await writeFile(copy, encoderDouble({ seed: 2 }));
    const changed = await open({ file: { id: 'copy', name: 'Copy', path: copy } });
    assert.notEqual(changed.id, ids[0]);
    // Vectors of two models must never meet under one id.
    await writeFile(copy, encoderDouble({ seed: 3, contextTokens: 64 }));
    await assert.rejects(changed.embed(['text'], 'passage', never), ModelUnavailable);
  });

  it('stops at once when aborted, and answers the next', async () => {
    const embedder = await open({ file: starter });
    const stopped = new AbortController();
    const long = Array.from({ length: 200 }, (_, at) => `${at} ${'return value; '.repeat(400)}`);
    const embedding = embedder.embed(long, 'passage', stopped.signal);
    setTimeout(() => stopped.abort(), 20);
    const startMs = performance.now();
    await assert.rejects(embedding, { name: 'AbortError' });
    assert.ok(performance.now() - startMs < 1000);
    assert.equal((await embedder.embed(['next'], 'question', never)).length, 1);
    await assert.rejects(embedder.embed(['x'], 'passage', AbortSignal.abort()), { name: 'AbortError' });
  });

  it('rejects what was under way when the host dies, and comes back with the same vectors', async () => {
    const embedder = await open({ file: starter });
    const before = await embedder.embed(['function add(a, b)'], 'passage', never);
    const pid = embedder.hostPid ?? 0;
    const lost = embedder.embed(
      Array.from({ length: 64 }, () => 'return value; '.repeat(400)),
      'passage',
      never,
    );
    setTimeout(() => process.kill(pid, 'SIGKILL'), 20);
    await assert.rejects(lost, ModelUnavailable);
    assert.deepEqual(await embedder.embed(['function add(a, b)'], 'passage', never), before);
    assert.notEqual(embedder.hostPid, pid);
  });

  it('lets the model go when nobody asks, and loads it again for the next', async () => {
    const embedder = await open({ idleMs: 30 });
    const pid = embedder.hostPid ?? 0;
    await until(() => embedder.state.kind === 'none', 'it was let go');
    await until(() => !isAlive(pid), 'the host left');
    assert.equal((await embedder.embed(['text'], 'question', never)).length, 1);
    assert.equal(embedder.state.kind, 'ready');
  });

  it('says what is wrong with a file that does not load', async () => {
    const path = join(folder, 'garbage.gguf');
    await writeFile(path, 'GGUF, or so it says. '.repeat(100));
    await assert.rejects(
      open({ file: { id: path, name: 'garbage', path } }),
      (error) => error instanceof ProblemError && error.problem.code === 'model.loadFailed',
    );
  });
});

function cosine(a: Float32Array | undefined, b: Float32Array | undefined): number {
  return [...(a ?? [])].reduce((sum, value, at) => sum + value * (b?.[at] ?? 0), 0);
}
