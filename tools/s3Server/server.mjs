// Runs a real S3-compatible server on this machine for as long as this process lives: Ceph's object gateway before one
// monitor and one store in memory. By hand: `node tools/s3Server/server.mjs` prints what to set and runs until Ctrl-C.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { command } from '../command.mjs';
import { request } from './request.mjs';
import { environmentBelow, libraryFolder, setUpS3Server } from './setup.mjs';

const startWithinMs = 120_000;
/** `reader` may look and fetch, but not change anything. */
const users = {
  writer: { accessKeyId: 'writerKey', secretAccessKey: 'writerSecret' },
  reader: { accessKeyId: 'readerKey', secretAccessKey: 'readerSecret' },
};
export const bucket = 'hearth';

/** Starts it, with one bucket, in a new folder. See server.d.mts. */
export async function startS3Server() {
  const root = await setUpS3Server();
  const folder = mkdtempSync(join(tmpdir(), 'hearth-s3-'));
  const children = [];
  const stop = async () => {
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(children.map(({ ended }) => ended));
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    const port = await startAll(root, folder, children);
    const endpoint = `http://127.0.0.1:${port}`;
    const ask = (method, path, options) => request({ endpoint, keys: users.writer, method, path, ...options });
    await expectOk(ask('PUT', `/${bucket}`));
    await expectOk(ask('PUT', `/${bucket}`, { query: { policy: '' }, body: JSON.stringify(readersPolicy) }));
    return { endpoint, users, request: ask, [Symbol.asyncDispose]: stop };
  } catch (cause) {
    const logs = ['mon', 'osd', 'rgw', 'admin'].map((name) => `${name}: ${endOf(join(folder, `${name}.out`))}`);
    await stop();
    throw new Error(`The S3 server did not start.\n${logs.join('\n')}`, { cause });
  }
}

/** For the environment of whoever is to reach it. */
export function environmentFor(endpoint, { accessKeyId, secretAccessKey }) {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
}

const readersPolicy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: ['arn:aws:iam:::user/reader'] },
      Action: ['s3:GetObject', 's3:ListBucket'],
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    },
  ],
};

async function startAll(root, folder, children) {
  const [port, monitorPort] = await freePorts(2);
  const configuration = join(folder, 'ceph.conf');
  const env = { ...environmentBelow(root), CEPH_CONF: configuration };
  const run = (program, ...args) => command(program, args, { env, stdout: 'quiet' });
  const start = (name, program, ...args) => {
    const child = daemon(program, args, { env, log: join(folder, `${name}.out`) });
    children.push(child);
    return child;
  };
  const id = randomUUID();
  for (const name of ['mon', 'osd', 'run']) mkdirSync(join(folder, name));
  writeFileSync(configuration, configurationOf({ id, folder, port, monitorPort, libraries: libraryFolder(root) }));
  const keyring = join(folder, 'keyring');
  const map = join(folder, 'monmap');
  await run('ceph-authtool', '--create-keyring', keyring, '--gen-key', '-n', 'mon.', '--cap', 'mon', 'allow *');
  for (const name of ['client.admin', 'osd.0'])
    await run('ceph-authtool', keyring, '--gen-key', '-n', name, '--cap', 'mon', 'allow *', '--cap', 'osd', 'allow *');
  await run('monmaptool', '--create', '--fsid', id, '--addv', 'a', `[v2:127.0.0.1:${monitorPort}]`, map);
  await run('ceph-mon', '--mkfs', '-i', 'a', '--mon-data', join(folder, 'mon'), '--monmap', map, '--keyring', keyring);
  start('mon', 'ceph-mon', '-i', 'a', '--mon-data', join(folder, 'mon'), '-f');
  // Waits for the monitor.
  const disk = ['-i', '0', '--osd-data', join(folder, 'osd')];
  await succeeds(start('admin', 'ceph-osd', '--mkfs', ...disk, '--osd-uuid', randomUUID()));
  start('osd', 'ceph-osd', ...disk, '-f');
  const gateway = start('rgw', 'radosgw', '-n', 'client.admin', '-f');
  for (const [name, { accessKeyId, secretAccessKey }] of Object.entries(users)) {
    const keys = [`--access-key=${accessKeyId}`, `--secret-key=${secretAccessKey}`];
    const user = [`--uid=${name}`, `--display-name=${name}`, ...keys];
    await succeeds(start('admin', 'radosgw-admin', 'user', 'create', ...user));
  }
  await answers(`http://127.0.0.1:${port}`, gateway);
  return port;
}

/** What bites: `auth … = none` leaves the gateway searching for ever, and a full disk stops the monitor. */
function configurationOf({ id, folder, port, monitorPort, libraries }) {
  return `[global]
fsid = ${id}
mon host = v2:127.0.0.1:${monitorPort}
mon initial members = a
keyring = ${folder}/keyring
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
run dir = ${folder}/run
admin socket = ${folder}/run/$name.$pid.asok
log file =
mon cluster log file =
pid file =
plugin dir = ${libraries}/ceph
erasure code dir = ${libraries}/ceph/erasure-code
osd class dir = ${libraries}/rados-classes
osd class load list = *
osd class default list = *
osd objectstore = memstore
memstore device bytes = 1073741824
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon data avail crit = 1
mon max pg per osd = 1000
paxos propose interval = 0.02
paxos min wait = 0.02
mon tick interval = 1
rgw frontends = beast endpoint=127.0.0.1:${port}
rgw gc max objs = 1
rgw lc max objs = 1
`;
}

/** A program that the kernel ends when this process does, however that happens. */
function daemon(program, args, { env, log }) {
  const output = openSync(log, 'a');
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  child.ended = new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 128));
  });
  return child;
}

async function succeeds(child) {
  const code = await child.ended;
  if (code !== 0) throw new Error(`"${child.spawnargs.slice(3).join(' ')}" ended with exit code ${code}`);
}

async function answers(url, child) {
  for (const deadline = Date.now() + startWithinMs; ; await delay(100)) {
    if (await fetch(url).catch(() => undefined)) return;
    if (child.exitCode !== null) throw new Error(`The gateway ended with exit code ${child.exitCode}`);
    if (Date.now() > deadline) throw new Error(`No answer at ${url} within ${startWithinMs} ms`);
  }
}

async function expectOk(answer) {
  const { status, bytes } = await answer;
  if (status >= 300) throw new Error(`The gateway answered ${status}: ${bytes.toString()}`);
}

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  const ports = await Promise.all(
    servers.map((server) => new Promise((resolve) => server.once('listening', () => resolve(server.address().port)))),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function endOf(file) {
  try {
    return readFileSync(file, 'utf8').slice(-2_000);
  } catch {
    return 'not started';
  }
}

if (process.argv[1] === import.meta.filename) {
  const server = await startS3Server();
  for (const [name, keys] of Object.entries(server.users)) {
    console.log(`\n# ${name} of s3://${bucket}`);
    for (const [variable, value] of Object.entries(environmentFor(server.endpoint, keys)))
      console.log(`export ${variable}=${value}`);
  }
  console.log('\nRunning until Ctrl-C.');
  const stop = async () => {
    await server[Symbol.asyncDispose]();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop());
}
