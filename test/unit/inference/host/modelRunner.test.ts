import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { ModelUnavailable } from '../../../../src/inference/generate.ts';
import type { ModelRunner } from '../../../../src/inference/host/modelRunner.ts';
import { ProblemError } from '../../../../src/protocol/problems.ts';
import { answer, entry, Hosts, isAlive, request, starter, until } from './hosts.ts';

describe('the model runner', () => {
  const hosts = new Hosts();
  afterEach(() => hosts.clean());

  it('does not wait while no model is ready, and lets the host leave when nobody needs it', async () => {
    const runner = hosts.runner(await hosts.folder(), { lingerMs: 200 });
    assert.deepEqual(runner.state, { kind: 'none' });
    await assert.rejects(answer(runner, request()), ModelUnavailable);
    const states: string[] = [];
    runner.onState.on(({ kind }) => states.push(kind));
    const loading = runner.use(starter);
    await assert.rejects(answer(runner, request()), ModelUnavailable);
    await loading;
    assert.deepEqual(states, ['loading', 'ready']);
    const pid = runner.hostPid ?? 0;
    await runner[Symbol.asyncDispose]();
    await assert.rejects(answer(runner, request()), ModelUnavailable);
    assert.ok(isAlive(pid));
    await until(() => !isAlive(pid), 'the host left');
  });

  it('comes back smaller when the host is killed during a generation', async () => {
    const runner = hosts.runner(await hosts.folder());
    await runner.use(starter);
    const killed = runner.hostPid ?? 0;
    let killedAtMs = 0;
    const generating = async () => {
      for await (const chunk of runner.generate(request({ maxTokens: 1500 }), new AbortController().signal)) {
        if (chunk && killedAtMs === 0) {
          killedAtMs = performance.now();
          process.kill(killed, 'SIGKILL');
        }
      }
    };
    await assert.rejects(generating(), ModelUnavailable);
    assert.ok(performance.now() - killedAtMs < 1000);
    assert.equal(runner.state.kind, 'restarting');
    await until(() => runner.state.kind === 'ready', 'the model came back');
    assert.notEqual(runner.hostPid, killed);
    assert.equal((await runner.info())?.level, 1);
    assert.notEqual((await answer(runner, request({ typed: '    ret' }))).text, '');
  });

  it('gives up when the host dies again and again, until it is restarted', async () => {
    const runner = hosts.runner(await hosts.folder());
    await runner.use(starter);
    for (let crash = 1; crash <= 5; crash++) {
      process.kill(runner.hostPid ?? 0, 'SIGKILL');
      await until(() => runner.state.kind !== 'ready', 'the crash was seen');
      await until(() => runner.state.kind !== 'restarting', 'it came back or gave up');
    }
    assert.deepEqual(runner.state, { kind: 'failed', problem: { code: 'host.crashing', crashes: 5 } });
    await assert.rejects(answer(runner, request()), ModelUnavailable);
    await runner.restart();
    assert.equal(runner.state.kind, 'ready');
    assert.equal((await runner.info())?.level, 0);
    assert.notEqual((await answer(runner, request({ typed: '    ret' }))).text, '');
  });

  it('shares one host between windows, also between those that start at once', async () => {
    const folder = await hosts.folder();
    const runners = [hosts.runner(folder), hosts.runner(folder), hosts.runner(folder)];
    await Promise.all(runners.map((runner) => runner.use(starter)));
    assert.equal(new Set(runners.map((runner) => runner.hostPid)).size, 1);
    assert.equal((await runners[0]?.info())?.clients, 3);
    // A crash under all of them counts once.
    process.kill(runners[0]?.hostPid ?? 0, 'SIGKILL');
    await until(() => runners.every(({ state }) => state.kind === 'restarting'), 'all saw the crash');
    await until(() => runners.every(({ state }) => state.kind === 'ready'), 'all came back');
    assert.equal(new Set(runners.map((runner) => runner.hostPid)).size, 1);
    assert.equal((await runners[2]?.info())?.level, 1);
  });

  it('shares one host between processes, which outlives the one that started it', async () => {
    const folder = await hosts.folder();
    const script = `
      import { createModelRunner } from ${JSON.stringify(pathToFileURL(resolve('src/inference/host/modelRunner.ts')))};
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      const options = { entry: ${JSON.stringify(entry)}, dataFolder: ${JSON.stringify(folder)}, fimFormats: [], log };
      const runner = createModelRunner({ ...options, gpu: 'off', threads: 1, lingerMs: 10000 });
      await runner.use(${JSON.stringify(starter)});
      process.stdout.write(String(runner.hostPid));
      await runner[Symbol.asyncDispose]();`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    assert.ok(isAlive(Number(stdout)), 'the host lingers');
    const runner = hosts.runner(folder);
    await runner.use(starter);
    assert.equal(runner.hostPid, Number(stdout));
    // Leaving for good ends it at once, although it was told to linger.
    const other = join(folder, 'other.gguf');
    await copyFile(starter.path, other);
    await runner.use({ ...starter, id: 'other', path: other });
    assert.notEqual(runner.hostPid, Number(stdout));
    await until(() => !isAlive(Number(stdout)), 'the first host left');
  });

  it('keeps the old model when the new one cannot be loaded', async () => {
    const folder = await hosts.folder();
    const runner = hosts.runner(folder);
    await runner.use(starter);
    const pid = runner.hostPid;
    const states: string[] = [];
    runner.onState.on(({ kind }) => states.push(kind));
    const bytes = await readFile(starter.path);
    for (const [name, content] of [
      ['garbage', Buffer.from('GGUF, or so it says. '.repeat(1000))],
      ['truncated', bytes.subarray(0, 400_000)],
    ] as const) {
      const path = join(folder, `${name}.gguf`);
      await writeFile(path, content);
      await assert.rejects(runner.use({ id: name, name, path }), (error) => {
        assert.ok(error instanceof ProblemError);
        assert.equal(error.problem.code, 'model.loadFailed');
        return true;
      });
      assert.equal(runner.hostPid, pid);
      assert.notEqual((await answer(runner, request({ typed: '    ret' }))).text, '');
    }
    await assert.rejects(runner.use({ id: 'none', name: 'none', path: join(folder, 'none') }), ProblemError);
    assert.deepEqual(states, []);
  });

  it('tells a machine that cannot run models from a model that cannot be run', async () => {
    const folder = await hosts.folder();
    for (const [signal, code] of [
      ['SIGILL', 'host.unsupported'],
      ['SIGABRT', 'model.loadFailed'],
    ] as const) {
      const dying = join(folder, `${signal}.mjs`);
      await writeFile(dying, `process.kill(process.pid, '${signal}');`);
      const runner = hosts.runner(folder, { entry: dying });
      await assert.rejects(
        runner.use(starter),
        (error) => error instanceof ProblemError && error.problem.code === code,
      );
      assert.equal(stateOf(runner), 'failed');
      await assert.rejects(runner.restart(), ProblemError);
    }
  });

  it('says why there is no model, and loads the newest choice when choices come fast', async () => {
    const folder = await hosts.folder();
    const runner = hosts.runner(folder);
    const path = join(folder, 'garbage.gguf');
    await writeFile(path, 'GGUF');
    await assert.rejects(runner.use({ id: 'x', name: 'x', path }), ProblemError);
    assert.equal(stateOf(runner), 'failed');
    const first = runner.use({ ...starter, id: 'first' });
    const second = runner.use({ ...starter, id: 'second' });
    await assert.rejects(first, { name: 'AbortError' });
    assert.equal((await second).id, 'second');
    assert.equal(stateOf(runner), 'ready second');
    await assert.rejects(runner.use(starter, AbortSignal.abort()), { name: 'AbortError' });
    assert.equal(stateOf(runner), 'ready second');
  });
});

function stateOf({ state }: ModelRunner): string {
  return state.kind === 'ready' ? `ready ${state.model.id}` : state.kind;
}
