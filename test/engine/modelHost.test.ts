import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Message, type ModelList, type SelectModelResult } from '../../src/protocol/messages.ts';
import { BareClient } from './bareClient.ts';

const loop = 'function sum(values) {\n  let total = 0;\n  for (let i = 0; i < █\n  return total;\n}\n';

describe('the engine and its model process', () => {
  let client: BareClient;
  beforeEach(async () => {
    client = await BareClient.start();
    await client.ready();
  });
  afterEach(() => client[Symbol.asyncDispose]());

  it('survives kill -9 of the model host during a completion, and completes again by itself', async () => {
    const { uri, position } = await client.open('loop.js', 'javascript', loop);
    assert.ok((await client.complete(uri, position, { triggerKind: 1 })).length > 0);
    const next = await client.type(uri, position, 'x');
    const interrupted = client.complete(uri, next, { triggerKind: 1 });
    for (const pid of hostPids(client.home)) process.kill(pid, 'SIGKILL');
    const began = performance.now();
    await interrupted;
    assert.ok(performance.now() - began < 1_000, 'typing never waits for a dead model');
    await client.until((status) => status.state === 'loading');
    await client.ready();
    const { uri: other, position: there } = await client.open('again.js', 'javascript', loop);
    assert.ok((await client.complete(other, there, { triggerKind: 1 })).length > 0);
  });

  it('shares one model host between several engines', async () => {
    await using second = await BareClient.start({ home: client.home });
    await second.ready();
    assert.equal(hostPids(client.home).length, 1);
  });

  it('refuses a file that is no model within a second, says why, and goes on with the old one', async () => {
    const file = join(client.home, 'wrong.gguf');
    writeFileSync(file, 'this is no model');
    const began = performance.now();
    const result = await client.connection.sendRequest<SelectModelResult>(Message.selectModel, { idOrPath: file });
    assert.ok(performance.now() - began < 1_000);
    assert.equal(result.ok, false);
    assert.equal(!result.ok && result.problem.code, 'model.notGguf');
    const { uri, position } = await client.open('loop.js', 'javascript', loop);
    assert.ok((await client.complete(uri, position, { triggerKind: 1 })).length > 0);
  });

  it('lists the starter as embedded and selected', async () => {
    const list = await client.connection.sendRequest<ModelList>(Message.models);
    assert.equal(list.selectedId, 'starter');
    assert.equal(list.choices.find(({ id }) => id === 'starter')?.state, 'embedded');
    assert.ok(list.hardware.memoryBytes > 0);
  });

  it('falls back to the starter, and says so, when the setting names a model that is not there', async () => {
    await using other = await BareClient.start({ settings: { model: '/nowhere/model.gguf' } });
    const status = await other.ready();
    assert.equal(status.model?.id, 'starter');
    assert.equal(other.problems[0]?.code, 'model.missing');
  });

  it('is silent when it is switched off', async () => {
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { hearth: { enable: false } },
    });
    await client.until((status) => status.state === 'off');
    const { uri, position } = await client.open('loop.js', 'javascript', loop);
    assert.deepEqual(await client.complete(uri, position, { triggerKind: 1 }), []);
  });

  it('opens no network socket: engine and model host hold unix sockets only', () => {
    const pids = [client.server.pid, ...hostPids(client.home)].map(String);
    const inodes = pids.flatMap((pid) => [...openSockets(pid)]);
    assert.ok(inodes.length > 0, 'the engine talks to its host over a socket');
    const internet = ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) =>
      readFileSync(`/proc/${pids[0]}/net/${kind}`, 'utf8')
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(/\s+/)[9]),
    );
    assert.deepEqual(
      inodes.filter((inode) => internet.includes(inode)),
      [],
    );
  });
});

/** Every model host that was started with this data folder. */
function hostPids(home: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => textOf(`/proc/${pid}/comm`).startsWith('hearth-model') && heldPaths(pid).includes(home))
    .map(Number);
}

/** The paths of everything a process has open; a host holds its log in the data folder. */
function heldPaths(pid: string): string {
  return openTargets(pid).join('\n');
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function openTargets(pid: string): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((fd) => {
    try {
      return [readlinkSync(join(folder, fd))];
    } catch {
      return [];
    }
  });
}

function openSockets(pid: string): Set<string> {
  return new Set(openTargets(pid).flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []));
}
