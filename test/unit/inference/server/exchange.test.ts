import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { exchange, type ExchangeRequest, type Patience } from '../../../../src/inference/server/exchange.ts';
import { parseServerAddress } from '../../../../src/inference/server/serverAddress.ts';
import { type Problem, ProblemError } from '../../../../src/protocol/problems.ts';
import { freePort, portOf } from '../../../freePort.ts';
import { allOf, answerJson, ScriptedServer } from './scriptedServer.ts';

const run = promisify(execFile);
const patient: Patience = { connectMs: 5_000, answerMs: 5_000, silenceMs: 5_000 };

function request(url: string, more: Partial<ExchangeRequest> = {}): ExchangeRequest {
  const signal = new AbortController().signal;
  return { address: parseServerAddress(url), path: '/v1/models', key: undefined, signal, patience: patient, ...more };
}

async function bodyOf(asked: ExchangeRequest): Promise<string> {
  const reply = await exchange(asked);
  return Buffer.concat(await allOf(reply.pieces())).toString();
}

async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  try {
    await promise;
  } catch (cause) {
    assert.ok(cause instanceof ProblemError, String(cause));
    return cause.problem;
  }
  throw new assert.AssertionError({ message: 'it went well' });
}

const host = (server: ScriptedServer) => `127.0.0.1:${server.port}`;

async function until(fits: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 2_000; !fits(); await delay(5)) assert.ok(Date.now() < deadline, 'in time');
}

// The server is a double: what is tested is what we do, and no real server redirects, stalls or breaks on demand.
describe('exchange', () => {
  it('asks below the address, with JSON and a key, and tells nothing else of itself', async () => {
    await using server = await ScriptedServer.start((_, response) => answerJson(response, { ok: true }));
    const asked = request(`${server.url}/llm/v1`, { path: '/v1/chat', body: { text: '한' }, key: 'secret' });
    assert.equal(await bodyOf(asked), '{"ok":true}');
    const [{ method, url, body, headers } = assert.fail('nothing came')] = server.asked;
    assert.deepEqual([method, url, body], ['POST', '/llm/v1/chat', '{"text":"한"}']);
    assert.deepEqual(headers, {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      'content-length': '14',
      authorization: 'Bearer secret',
      host: `127.0.0.1:${server.port}`,
      connection: 'close',
    });
  });

  it('follows no redirect, and sends nothing where it leads', async () => {
    await using other = await ScriptedServer.start((_, response) => answerJson(response, {}));
    for (const status of [301, 302, 303, 307, 308]) {
      await using server = await ScriptedServer.start((_, response) => {
        response.writeHead(status, { location: `${other.url}/v1/models` }).end();
      });
      const problem = await problemOf(exchange(request(server.url, { body: { secret: 1 }, key: 'secret' })));
      assert.deepEqual(problem, {
        code: 'server.redirected',
        host: `127.0.0.1:${server.port}`,
        to: `127.0.0.1:${other.port}`,
      });
    }
    assert.deepEqual(other.asked, []);
  });

  it('uses no proxy, where everything else in the process does', async () => {
    await using proxy = await ScriptedServer.start((_, response) => answerJson(response, { proxied: true }));
    await using server = await ScriptedServer.start((_, response) => answerJson(response, { direct: true }));
    // Node reads these when it starts.
    const env = { ...process.env, NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy.url, http_proxy: proxy.url, NO_PROXY: '' };
    const script = join(import.meta.dirname, 'asking.ts');
    assert.equal(
      (await run(process.execPath, [script, server.url, 'as Node does'], { env })).stdout,
      '{"proxied":true}',
    );
    assert.equal((await run(process.execPath, [script, server.url], { env })).stdout, '{"direct":true}');
    assert.equal(proxy.asked.length, 1);
  });

  it('closes the connection when it is aborted: before the answer, and in the middle of it', async () => {
    for (const begins of [false, true]) {
      await using server = await ScriptedServer.start((_, response) => {
        if (begins) response.writeHead(200).write('some');
      });
      const abort = new AbortController();
      const whole = bodyOf(request(server.url, { signal: abort.signal }));
      await until(() => server.asked.length === 1);
      await delay(20);
      assert.equal(server.sockets.size, 1);
      abort.abort();
      await assert.rejects(whole, { name: 'AbortError' });
      await until(() => server.sockets.size === 0);
    }
  });

  it('closes the connection when the rest is not wanted, and when it is read', async () => {
    await using server = await ScriptedServer.start((_, response) => {
      response.writeHead(200).write('some');
    });
    const reply = await exchange(request(server.url));
    for await (const piece of reply.pieces()) {
      assert.equal(piece.toString(), 'some');
      break;
    }
    await until(() => server.sockets.size === 0);
    await using done = await ScriptedServer.start((_, response) => answerJson(response, {}));
    await bodyOf(request(done.url));
    await until(() => done.sockets.size === 0);
  });

  it('does nothing at all for a signal that was aborted', async () => {
    await using server = await ScriptedServer.start((_, response) => answerJson(response, {}));
    await assert.rejects(exchange(request(server.url, { signal: AbortSignal.abort() })), { name: 'AbortError' });
    assert.deepEqual(server.asked, []);
  });

  it('waits no longer than it was told: for the head, and between two pieces', async () => {
    await using mute = await ScriptedServer.start(() => {});
    const short = { ...patient, answerMs: 60, silenceMs: 60 };
    assert.deepEqual(await problemOf(exchange(request(mute.url, { patience: short }))), {
      code: 'server.silent',
      host: host(mute),
      seconds: 0,
    });
    await until(() => mute.sockets.size === 0);
    await using stalls = await ScriptedServer.start((_, response) => {
      response.writeHead(200).write('some');
    });
    assert.equal((await problemOf(bodyOf(request(stalls.url, { patience: short })))).code, 'server.silent');
    await using slow = await ScriptedServer.start(async (_, response) => {
      response.writeHead(200);
      for (const word of ['a', 'b', 'c', 'd', 'e']) {
        response.write(word);
        await delay(200);
      }
      response.end();
    });
    const patience = { ...patient, answerMs: 800, silenceMs: 800 };
    assert.equal(await bodyOf(request(slow.url, { patience })), 'abcde');
  });

  it('says who cannot be reached, once and without trying again', async () => {
    const problem = await problemOf(exchange(request(`http://127.0.0.1:${await freePort()}`)));
    assert.ok(problem.code === 'server.unreachable' && problem.reason.includes('ECONNREFUSED'));
    await using server = await ScriptedServer.start(() => {
      throw new Error('breaks off');
    });
    assert.equal((await problemOf(exchange(request(server.url, { body: {} })))).code, 'server.unreachable');
    assert.equal(server.asked.length, 1);
  });

  it('sees when an answer breaks off', async () => {
    await using server = await ScriptedServer.start(async (_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('some');
      await delay(20);
      response.destroy();
    });
    assert.equal((await problemOf(bodyOf(request(server.url)))).code, 'server.unreachable');
  });

  it('takes an answer that is no HTTP for what it is', async () => {
    const server = createServer((socket) => socket.end('220 mail.example.org ESMTP\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      assert.equal((await problemOf(exchange(request(`http://127.0.0.1:${portOf(server)}`)))).code, 'server.malformed');
    } finally {
      server.close();
    }
  });

  it('trusts no certificate that nobody vouches for, and sends no key to it', async () => {
    await using server = await ScriptedServer.start((_, response) => answerJson(response, {}), 'https');
    const problem = await problemOf(exchange(request(server.url, { key: 'secret' })));
    assert.ok(problem.code === 'server.tls' && /SELF_SIGNED/.test(problem.reason), JSON.stringify(problem));
    assert.deepEqual(server.asked, []);
  });

  it('trusts one that the user vouches for', async () => {
    await using server = await ScriptedServer.start((_, response) => answerJson(response, { ok: true }), 'https');
    const folder = mkdtempSync(join(tmpdir(), 'hearth-ca-'));
    const file = join(folder, 'ca.pem');
    try {
      writeFileSync(file, server.certificate);
      const env = { ...process.env, NODE_EXTRA_CA_CERTS: file };
      const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'asking.ts'), server.url], { env });
      assert.equal(stdout, '{"ok":true}');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('says what is wrong with https where there is none', async () => {
    await using server = await ScriptedServer.start((_, response) => answerJson(response, {}));
    assert.equal((await problemOf(exchange(request(server.url.replace('http:', 'https:'))))).code, 'server.tls');
  });
});
