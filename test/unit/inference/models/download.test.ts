import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { delay } from '../../../../src/base/aborts.ts';
import type { DownloadableModel } from '../../../../src/inference/models/catalogueRow.ts';
import { type DownloadOptions, downloadModel } from '../../../../src/inference/models/download.ts';
import type { DownloadProgress } from '../../../../src/protocol/messages.ts';
import { type Problem, ProblemError } from '../../../../src/protocol/problems.ts';
import { fileServer, serving, servingUntil } from './fileServer.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const bytes = randomBytes(600_000);
const half = bytes.length / 2;
const modulePath = new URL('../../../../src/inference/models/download.ts', import.meta.url).href;

describe('downloadModel', () => {
  const folder = temporaryFolder();
  const server = fileServer();
  const model = (change: Partial<DownloadableModel> = {}): DownloadableModel => ({
    id: 'toy',
    name: 'Toy',
    use: 'completion',
    parametersB: 1,
    quantisation: 'Q8_0',
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: bytes.length,
    exactSize: true,
    memoryBytes: 1e6,
    url: `${server.origin()}/files/toy.gguf?download=true`,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    contextTokens: 1024,
    ...change,
  });
  const finalPath = () => join(folder(), 'toy.gguf');
  const partBytes = () =>
    stat(`${finalPath()}.part`).then(
      ({ size }) => size,
      () => 0,
    );
  const untilPartHas = async (count: number) => {
    while ((await partBytes()) < count) await delay(5);
  };
  /** Leaves the first half as an earlier download would. */
  const leaveHalf = async () => {
    server.answerWith(servingUntil(half, { bytes }, 'wait'));
    const controller = new AbortController();
    const download = downloadModel(model(), folder(), { signal: controller.signal });
    await Promise.all([untilPartHas(half).then(() => controller.abort()), assert.rejects(download)]);
  };
  const assertWhole = async () => {
    assert.ok((await readFile(finalPath())).equals(bytes));
    assert.deepEqual(await readdir(folder()), ['toy.gguf']);
  };
  const problemWith = (change: Partial<DownloadableModel> = {}, options: DownloadOptions = {}) =>
    problemOf(downloadModel(model(change), folder(), options));

  it('fetches a file, tells its progress and leaves nothing else behind', async () => {
    server.answerWith(serving({ bytes }));
    const progress: DownloadProgress[] = [];
    const path = await downloadModel(model(), folder(), { onProgress: (each) => progress.push(each) });
    assert.equal(path, finalPath());
    await assertWhole();
    assert.deepEqual(
      { ...progress.at(-1), bytesPerSecond: 0 },
      {
        id: 'toy',
        receivedBytes: bytes.length,
        totalBytes: bytes.length,
        bytesPerSecond: 0,
      },
    );
  });

  it('sends nothing that could tell who asks', async () => {
    server.answerWith(serving({ bytes }));
    await downloadModel(model(), folder());
    assert.deepEqual(Object.keys(server.requests()[0]?.headers ?? {}).toSorted(), [
      'accept-encoding',
      'connection',
      'host',
    ]);
  });

  it('keeps what has arrived when cancelled, and later asks only for the rest', async () => {
    server.answerWith(servingUntil(half, { bytes }, 'wait'));
    const controller = new AbortController();
    const download = problemWith({}, { signal: controller.signal });
    await untilPartHas(half);
    controller.abort();
    assert.deepEqual(await download, { code: 'download.cancelled', name: 'Toy' });
    assert.deepEqual((await readdir(folder())).toSorted(), ['toy.gguf.part', 'toy.gguf.part.json']);

    server.answerWith(serving({ bytes }));
    await downloadModel(model(), folder());
    await assertWhole();
    const { range, 'if-range': ifRange } = server.requests().at(-1)?.headers ?? {};
    assert.deepEqual([range, ifRange], [`bytes=${half}-`, '"v1"']);
  });

  it('goes on after its process was killed, lock and all', async () => {
    server.answerWith(servingUntil(half, { bytes }, 'wait'));
    const script = `import { downloadModel } from ${JSON.stringify(modulePath)};
      await downloadModel(${JSON.stringify(model())}, ${JSON.stringify(folder())});`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
    const exited = once(child, 'exit');
    await untilPartHas(half);
    child.kill('SIGKILL');
    await exited;
    assert.ok((await readdir(folder())).includes('toy.gguf.lock'));

    server.answerWith(serving({ bytes }));
    await downloadModel(model(), folder());
    await assertWhole();
    assert.equal(server.requests().at(-1)?.headers.range, `bytes=${half}-`);
  });

  it('starts over when the server ignores ranges', async () => {
    await leaveHalf();
    server.answerWith((_, response) => response.writeHead(200, { 'content-length': bytes.length }).end(bytes));
    await downloadModel(model(), folder());
    await assertWhole();
  });

  it('starts over when the server has another version', async () => {
    await leaveHalf();
    server.answerWith(serving({ bytes, etag: '"v2"' }));
    await downloadModel(model(), folder());
    await assertWhole();
  });

  it('starts over when the server counts from elsewhere', async () => {
    await leaveHalf();
    server.answerWith((request, response) => {
      if (!request.headers.range) return serving({ bytes })(request, response);
      response
        .writeHead(206, { 'content-range': `bytes 7-${bytes.length - 1}/${bytes.length}` })
        .end(bytes.subarray(7));
    });
    await downloadModel(model(), folder());
    await assertWhole();
  });

  it('starts over when the part is of another file', async () => {
    await leaveHalf();
    server.answerWith(serving({ bytes }));
    await downloadModel(model({ url: `${server.origin()}/other/toy.gguf` }), folder());
    await assertWhole();
    assert.equal(server.requests().at(-1)?.headers.range, undefined);
  });

  it('asks for nothing when everything has arrived but was not yet checked', async () => {
    await leaveHalf();
    await writeFile(`${finalPath()}.part`, bytes);
    const asked = server.requests().length;
    await downloadModel(model(), folder());
    await assertWhole();
    assert.equal(server.requests().length, asked);
  });

  it('lets the server say that a file of unknown size is complete', async () => {
    await leaveHalf();
    await writeFile(`${finalPath()}.part`, bytes);
    server.answerWith(serving({ bytes }));
    await downloadModel(model({ exactSize: false, downloadBytes: bytes.length + 1000 }), folder());
    await assertWhole();
  });

  it('deletes a file of the right size with one wrong byte', async () => {
    const wrong = Buffer.from(bytes);
    wrong[half] = (wrong[half] ?? 0) ^ 1;
    server.answerWith(serving({ bytes: wrong }));
    assert.deepEqual(await problemWith(), { code: 'download.checksum', name: 'Toy' });
    assert.deepEqual(await readdir(folder()), []);
  });

  it('notices a wrong byte in a part that was kept', async () => {
    await leaveHalf();
    const part = await readFile(`${finalPath()}.part`);
    part[1000] = (part[1000] ?? 0) ^ 1;
    await writeFile(`${finalPath()}.part`, part);
    server.answerWith(serving({ bytes }));
    assert.equal((await problemWith()).code, 'download.checksum');
    assert.deepEqual(await readdir(folder()), []);
  });

  for (const status of [401, 403, 404, 429, 500])
    it(`says that the server refused with ${status}`, async () => {
      server.answerWith((_, response) => response.writeHead(status).end('no'));
      assert.deepEqual(await problemWith(), {
        code: 'download.refused',
        host: new URL(server.origin()).host,
        status,
      });
    });

  it('takes a page instead of the file for a refusal, and keeps what it has', async () => {
    await leaveHalf();
    server.answerWith((_, response) => response.end('<html>Please log in to this network</html>'));
    assert.equal((await problemWith()).code, 'download.refused');
    assert.equal(await partBytes(), half);
  });

  it('stops an answer without length that does not end', async () => {
    server.answerWith((_, response) => {
      const more = () => !response.destroyed && response.write(Buffer.alloc(65_536), () => setImmediate(more));
      more();
    });
    assert.equal((await problemWith()).code, 'download.refused');
    assert.ok((await partBytes()) <= bytes.length);
  });

  it('asks again by itself when the connection breaks on the way', async () => {
    server.answerWith((request, response) =>
      server.requests().length === 1
        ? servingUntil(half, { bytes }, 'hangUp')(request, response)
        : serving({ bytes })(request, response),
    );
    await downloadModel(model(), folder());
    await assertWhole();
    assert.equal(server.requests().length, 2);
    assert.match(server.requests()[1]?.headers.range ?? '', /^bytes=\d+-$/);
  });

  it('gives up, and keeps what it has, when asking again brings nothing more', async () => {
    server.answerWith(servingUntil(half, { bytes }, 'hangUp'));
    assert.deepEqual(await problemWith(), { code: 'download.offline', host: new URL(server.origin()).host });
    assert.ok((await partBytes()) > 0);
  });

  it('gives up on a server that says nothing', async () => {
    server.answerWith(() => {});
    assert.equal((await problemWith({}, { stallMs: 50 })).code, 'download.offline');
    server.answerWith(servingUntil(0, { bytes }, 'wait'));
    assert.equal((await problemWith({}, { stallMs: 50 })).code, 'download.offline');
  });

  it('names the host that cannot be reached', async () => {
    // Port 1 belongs to nobody who would listen.
    const problem = await problemWith({ url: 'http://127.0.0.1:1/toy.gguf' });
    assert.deepEqual(problem, { code: 'download.offline', host: '127.0.0.1:1' });
  });

  it('follows redirects, relative ones too, and carries the range along', async () => {
    await leaveHalf();
    server.answerWith((request, response) =>
      request.url === '/cdn'
        ? serving({ bytes })(request, response)
        : response.writeHead(302, { location: '/cdn' }).end(),
    );
    await downloadModel(model(), folder());
    await assertWhole();
    assert.equal(server.requests().at(-1)?.headers.range, `bytes=${half}-`);
  });

  it('does not follow a redirect to plain http', async () => {
    server.answerWith((_, response) => response.writeHead(302, { location: 'http://192.0.2.1/toy.gguf' }).end());
    assert.deepEqual(await problemWith(), { code: 'download.refused', host: '192.0.2.1', status: 302 });
  });

  it('does not ask over plain http in the first place', async () => {
    const problem = await problemWith({ url: 'http://192.0.2.1/toy.gguf' });
    assert.equal(problem.code, 'download.refused');
  });

  it('leaves a circle of redirects after the fifth', async () => {
    server.answerWith((_, response) => response.writeHead(307, { location: '/again' }).end());
    assert.equal((await problemWith()).code, 'download.refused');
    assert.equal(server.requests().length, 6);
  });

  it('asks for nothing when the disk is too full for the rest', async () => {
    await leaveHalf();
    const asked = server.requests().length;
    const problem = await problemWith({}, { freeBytes: () => Promise.resolve(half) });
    assert.deepEqual(problem, { code: 'download.diskFull', needBytes: half + 100e6, freeBytes: half });
    assert.equal(server.requests().length, asked);
  });

  it('fetches once for two who ask at the same time', async () => {
    server.answerWith(serving({ bytes }));
    const paths = await Promise.all([1, 2].map(() => downloadModel(model(), folder())));
    assert.deepEqual(paths, [finalPath(), finalPath()]);
    assert.equal(server.requests().length, 1);
    await assertWhole();
  });

  it('shows another’s progress while it waits, and can be cancelled', async () => {
    server.answerWith(servingUntil(half, { bytes }, 'wait'));
    const first = new AbortController();
    const download = problemWith({}, { signal: first.signal });
    await untilPartHas(half);
    const second = new AbortController();
    const received: number[] = [];
    const waiting = problemWith(
      {},
      {
        signal: second.signal,
        onProgress: ({ receivedBytes }) => {
          received.push(receivedBytes);
          second.abort();
        },
      },
    );
    assert.equal((await waiting).code, 'download.cancelled');
    assert.deepEqual(received, [half]);
    assert.equal(server.requests().length, 1);
    first.abort();
    await download;
  });

  it('fetches nothing that is already there, unless it is damaged', async () => {
    server.answerWith(serving({ bytes }));
    await writeFile(finalPath(), bytes);
    await downloadModel(model(), folder());
    assert.equal(server.requests().length, 0);
    await writeFile(finalPath(), bytes.subarray(1));
    await downloadModel(model(), folder());
    await assertWhole();
  });

  it('says why when the folder cannot be made', async () => {
    await writeFile(join(folder(), 'file'), '');
    const problem = await problemOf(downloadModel(model(), join(folder(), 'file')));
    assert.equal(problem.code, 'model.loadFailed');
  });
});

async function problemOf(download: Promise<string>): Promise<Problem> {
  const cause: unknown = await download.then(
    () => assert.fail('the download succeeded'),
    (error: unknown) => error,
  );
  assert.ok(cause instanceof ProblemError, `not a problem: ${String(cause)}`);
  return cause.problem;
}
