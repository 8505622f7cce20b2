import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostEnvironment } from '../../../../src/inference/host/hostEnvironment.ts';
import { endpointFor, identityHash, openRunFolder } from '../../../../src/inference/host/runFolder.ts';
import { listenAlone } from '../../../../src/inference/host/soleListener.ts';

describe('where hosts and clients meet', () => {
  let folder: string;
  const servers: Server[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hearth-run-'));
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const place = () =>
    process.platform === 'win32' ? `\\\\.\\pipe\\hearth-${randomBytes(8).toString('hex')}` : join(folder, 'host.sock');
  const listen = async (endpoint: string) => {
    const server = await listenAlone(endpoint, join(folder, 'lock'), (socket) => socket.destroy());
    if (server !== undefined) servers.push(server);
    return server;
  };

  it('lets exactly one of many listen', async () => {
    const endpoint = place();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => listen(endpoint)));
    assert.equal(outcomes.filter((server) => server !== undefined).length, 1);
    assert.equal((await readdir(folder)).includes('lock'), false);
  });

  it('clears away what a crash left: a dead socket, the lock of a dead process, an empty lock', async () => {
    const endpoint = place();
    // No process has this id: it is beyond what any system gives out.
    await writeFile(join(folder, 'lock'), '999999999');
    if (process.platform !== 'win32') await writeFile(endpoint, '');
    assert.notEqual(await listen(endpoint), undefined);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.startsWith('lock')),
      [],
    );
  });

  it('creates one key, whoever is first, and keeps it', async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, () => openRunFolder(folder)));
    assert.equal(new Set(opened.map(({ key }) => key)).size, 1);
    assert.match(opened[0]?.key ?? '', /^[0-9a-f]{64}$/);
    assert.deepEqual(await readdir(join(folder, 'run')), ['key']);
    assert.equal((await openRunFolder(folder)).key, opened[0]?.key);
  });

  it('takes back rights that others have on the run folder', async function () {
    if (process.platform === 'win32') this.skip();
    await mkdir(join(folder, 'run'), { mode: 0o755 });
    await openRunFolder(folder);
    assert.equal((await stat(join(folder, 'run'))).mode & 0o777, 0o700);
  });

  it('keeps socket paths within what systems allow, and apart for different data folders', async function () {
    if (process.platform === 'win32') this.skip();
    const long = (name: string) => join(folder, 'long'.repeat(20), name);
    const [one, two] = await Promise.all([openRunFolder(long('one')), openRunFolder(long('two'))]);
    const endpoints = [await endpointFor(one, 'host'), await endpointFor(two, 'host')];
    assert.notEqual(endpoints[0], endpoints[1]);
    for (const endpoint of endpoints) assert.ok(Buffer.byteLength(endpoint) <= 103, endpoint);
    assert.notEqual(await listen(endpoints[0] ?? ''), undefined);
    assert.equal(await endpointFor(await openRunFolder(folder), 'host'), join(folder, 'run', 'host.sock'));
  });

  it('names a host after all that makes it different', async () => {
    const modelPath = join(folder, 'model.gguf');
    const entry = join(folder, 'host.js');
    await Promise.all([writeFile(modelPath, 'one'), writeFile(entry, 'code')]);
    const identity = { modelPath, purpose: 'generate', entry, gpu: 'off', threads: 0 } as const;
    const name = await identityHash(identity);
    assert.equal(await identityHash(identity), name);
    const others = [
      await identityHash({ ...identity, gpu: 'auto' }),
      await identityHash({ ...identity, threads: 2 }),
      await identityHash({ ...identity, purpose: 'embed' }),
      await identityHash({ ...identity, modelPath: entry }),
      await writeFile(modelPath, 'other').then(() => identityHash(identity)),
    ];
    assert.equal(new Set([name, ...others]).size, 6);
    assert.match(await readFile(modelPath, 'utf8'), /other/);
  });
});

describe('the environment of a host', () => {
  it('has what finding libraries and GPUs takes, and nothing that redirects or tells', () => {
    const given = {
      PATH: '/bin',
      HOME: '/home/me',
      XDG_DATA_HOME: '/data',
      CUDA_VISIBLE_DEVICES: '0',
      VK_ICD_FILENAMES: '/icd',
      LD_LIBRARY_PATH: '/lib',
      TMPDIR: '/tmp',
    };
    const dropped = {
      HTTPS_PROXY: 'http://evil',
      https_proxy: 'http://evil',
      OPENAI_BASE_URL: 'http://evil',
      NODE_OPTIONS: '--require evil',
      LD_PRELOAD: 'evil.so',
      NODE_LLAMA_CPP_REPO: 'evil',
      GITHUB_TOKEN: 'secret',
    };
    assert.deepEqual(hostEnvironment({ ...given, ...dropped }), {
      ...given,
      ELECTRON_RUN_AS_NODE: '1',
      MALLOC_MMAP_THRESHOLD_: '4194304',
    });
  });
});
