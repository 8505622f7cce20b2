import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { ModelRunner } from '../../../../src/inference/host/modelRunner.ts';
import { openRunFolder } from '../../../../src/inference/host/runFolder.ts';
import { answer, Hosts, request, starter, until } from './hosts.ts';

async function modes(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8);
}

describe('the socket of a model host', function () {
  const hosts = new Hosts();
  let runner: ModelRunner;
  let socketPath: string;

  before(async function () {
    // A named pipe has no path to look at; its secrecy is that of its name.
    if (process.platform === 'win32') this.skip();
    const folder = await hosts.folder();
    runner = hosts.runner(folder);
    await runner.use(starter);
    const run = join(folder, 'run');
    socketPath = join(run, (await readdir(run)).find((name) => name.endsWith('.sock')) ?? '');
  });
  after(() => hosts.clean());

  it('belongs to its user alone', async () => {
    const folder = hosts.folders[0] ?? '';
    assert.equal(await modes(socketPath), '600');
    assert.equal(await modes(join(folder, 'run')), '700');
    assert.equal(await modes(join(folder, 'run', 'key')), '600');
    assert.equal(await modes(join(folder, 'logs', 'modelHost.log')), '600');
  });

  const hello = 'Content-Length: 46\r\n\r\n{"jsonrpc":"2.0","id":1,"method":"info"}      ';
  for (const [what, sent] of [
    ['a wrong key', `${randomBytes(32).toString('hex')}\n${hello}`],
    ['no key', hello],
    ['a short key', 'abc\n'],
    ['silence ended', ''],
  ] as const)
    it(`is closed to ${what}`, async () => {
      const socket = connect(socketPath);
      let received = '';
      socket.on('data', (data) => (received += data)).on('error', () => {});
      const startMs = performance.now();
      if (sent === '') socket.end();
      else socket.write(sent);
      await until(() => socket.destroyed, 'the host closed the connection');
      assert.equal(received, '');
      assert.ok(performance.now() - startMs < 1500, 'at once, not after a timeout');
    });

  it('answers whoever has the key, and goes on answering the others', async () => {
    const { key } = await openRunFolder(hosts.folders[0] ?? '');
    const socket = connect(socketPath);
    let received = '';
    socket.on('data', (data) => (received += data));
    // In pieces, as a slow client might.
    for (const piece of [key.slice(0, 10), key.slice(10), '\n', hello]) {
      await new Promise<void>((resolve) => socket.write(piece, () => resolve()));
    }
    await until(() => received.includes(`"pid":${runner.hostPid}`), 'the answer came');
    socket.destroy();
    assert.notEqual((await answer(runner, request({ typed: '    ret' }))).text, '');
  });
});
