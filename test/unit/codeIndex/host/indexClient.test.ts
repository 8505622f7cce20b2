import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { silentLogger } from '../../../../src/base/logger.ts';
import { IndexClient } from '../../../../src/codeIndex/host/indexClient.ts';
import type { IndexWishes } from '../../../../src/codeIndex/host/indexProtocol.ts';
import type { Problem } from '../../../../src/protocol/problems.ts';

const never = new AbortController().signal;
const wishesFor = (folder: string, teamIndex = ''): IndexWishes => ({
  folders: [folder],
  paused: false,
  embedder: { kind: 'static' },
  reranks: false,
  teamIndex,
});

const until = async (happened: () => boolean, what: string) => {
  for (const deadline = Date.now() + 10_000; !happened(); await setTimeout(5)) assert.ok(Date.now() < deadline, what);
};

describe('the engine’s side of the index host', () => {
  let folder = '';
  let problems: Problem[] = [];
  let client: IndexClient;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'client-'));
    problems = [];
    client = new IndexClient({
      entry: join(import.meta.dirname, 'fakeIndexHost.ts'),
      paths: { indexFolder: folder, grammarFolder: '', embedderPath: '', workerPath: '' },
      log: silentLogger,
      onProblem: (problem) => problems.push(problem),
      embed: async () => [Float32Array.of(0.5, 0.25)],
      rerank: async () => [],
      firstDelayMs: 1,
    });
  });
  afterEach(async () => {
    await client[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  const ask = async (text: string, signal = never) => {
    const { hits } = await client.search({ text, kind: 'question', limit: 1 }, signal);
    return JSON.parse(hits[0]?.text ?? '{}');
  };

  it('has no process without wishes, and answers nothing', async () => {
    client.follow(undefined);
    assert.deepEqual(await client.search({ text: 'x', kind: 'question', limit: 1 }, never), {
      hits: [],
      complete: false,
    });
    assert.equal(client.pid, undefined);
    assert.equal(client.status.state, 'off');
  });

  it('passes on wishes, changes and statuses, and vectors the other way', async () => {
    client.follow(wishesFor('/a'));
    client.follow(wishesFor('/b'));
    await until(() => client.status.state === 'ready', 'it is ready');
    client.changed(['/b/x', '/b/y']);
    const said = await ask('embed');
    assert.deepEqual(said.folders, ['/b']);
    assert.equal(said.changes, 2);
    assert.deepEqual(said.vector, [0.5, 0.25]);
  });

  it('starts it again when it was killed, as it was', async () => {
    client.follow(wishesFor('/a'));
    await until(() => client.status.state === 'ready', 'it is ready');
    const { pid } = client;
    assert.deepEqual(await ask('die'), {}, 'nothing, rather than an error');
    assert.equal(client.status.state, 'starting');
    assert.deepEqual((await ask('x')).folders, ['/a'], 'it waits for the next');
    assert.notEqual(client.pid, pid);
    assert.deepEqual(problems, []);
  });

  it('rejects at once when the caller has no more use for the answer', async () => {
    client.follow(wishesFor('/a'));
    const abort = new AbortController();
    const answer = ask('wait', abort.signal);
    await until(() => client.status.state === 'ready', 'it is ready');
    abort.abort();
    await assert.rejects(answer, { name: 'AbortError' });
  });

  it('gives up, once, where it cannot run at all', async () => {
    client.follow(wishesFor('/unsupported'));
    await until(() => client.status.state === 'error', 'it gives up');
    client.follow(wishesFor('/a'));
    assert.equal(client.pid, undefined);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['index.unsupported'],
    );
  });

  it('gives up after too many deaths, until the user gives an order', async () => {
    client.follow(wishesFor('/dies'));
    await until(() => client.status.state === 'error', 'it gives up');
    assert.deepEqual(problems, [{ code: 'index.crashing', crashes: 5 }]);
    client.follow(wishesFor('/a'));
    assert.equal(client.pid, undefined);
    await client.order({ action: 'rebuild' });
    assert.ok(existsSync(join(folder, 'ordered')));
  });

  it('tells it of object storage only when the team’s index lies there', async () => {
    process.env['AWS_SECRET_ACCESS_KEY'] = 'secret';
    process.env['OPENAI_API_KEY'] = 'secret';
    try {
      client.follow(wishesFor('/a', '/mnt/team'));
      assert.ok(!(await ask('x')).env.includes('AWS_SECRET_ACCESS_KEY'));
      client.follow(wishesFor('/a', 's3://team/project'));
      const { env } = await ask('x');
      assert.ok(env.includes('AWS_SECRET_ACCESS_KEY'));
      assert.ok(!env.includes('OPENAI_API_KEY'));
    } finally {
      delete process.env['AWS_SECRET_ACCESS_KEY'];
      delete process.env['OPENAI_API_KEY'];
    }
  });

  it('has it leave by itself when it is disposed', async () => {
    client.follow(wishesFor('/a'));
    await until(() => client.status.state === 'ready', 'it is ready');
    await client[Symbol.asyncDispose]();
    assert.ok(existsSync(join(folder, 'left')), 'it was told, not killed');
    assert.equal(client.status.state, 'off');
  });
});
