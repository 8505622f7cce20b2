import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bucket, environmentFor, type S3Server, startS3Server } from '../../tools/s3Server/server.mjs';
import { BareClient } from '../engine/bareClient.ts';
import { gitIn } from '../unit/codeIndex/indexer/gitIn.ts';
import { contentsBelow, objectsBelow, until } from './bucketContents.ts';
import { cuttableLine } from './cuttableLine.ts';

const indexFolderFile = fileURLToPath(new URL('../../dist/indexFolder.js', import.meta.url));
/** Made up, and put together here so that no scanner takes this file for a leak. */
const awsKey = ['AKIA', 'Z3MHPQX7', 'TLW5RKVN'].join('');
const shop = {
  'src/cart.js': `import { taxOn } from './tax.js';

/** Adds up what everything in the cart costs. */
export function sumOfCart(items) {
  return items.reduce((sum, item) => sum + item.price * item.count, 0);
}
`,
  'src/tax.js': `const rates = { kr: 0.1, de: 0.19 };

/** The tax that has to be paid on an amount in a country. */
export function taxOn(amount, country) {
  return amount * rates[country];
}
`,
  'src/keys.js': `export const region = 'eu';\nexport const awsKey = '${awsKey}';\n`,
  'build/out.js': 'export function builtThing() {}\n',
  'private/plan.js': 'export function privatePlan() {}\n',
  '.gitignore': 'build/\n',
  '.hearthignore': 'private/\n',
  '.env': 'PASSWORD_OF_SHOP=hunter2hunter2\n',
};

describe('a team’s index on object storage', function () {
  this.timeout(60_000);
  let server: S3Server;
  let scratch = '';
  /** The build server's copy of the repository, indexed at `shop`. */
  let built = '';
  before(async function () {
    this.timeout(180_000);
    scratch = realpathSync(mkdtempSync(join(tmpdir(), 'team-')));
    server = await startS3Server();
    built = copyOf('built');
    await index(built, 'shop');
  });
  after(async () => {
    await server?.[Symbol.asyncDispose]();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  });

  /** A new copy of the repository. */
  const copyOf = (name: string, files: Readonly<Record<string, string>> = shop): string => {
    const folder = mkdtempSync(join(scratch, `${name}-`));
    write(folder, files);
    return folder;
  };
  const index = (folder: string, prefix: string) =>
    new Promise<{ readonly code: number; readonly said: string }>((resolve) => {
      const env = { ...process.env, ...environmentFor(server.endpoint, server.users.writer) };
      const args = [indexFolderFile, '--folder', folder, '--to', `s3://${bucket}/${prefix}`];
      execFile(process.execPath, args, { env }, (error, _, said) => {
        resolve({ code: error === null ? 0 : Number(error.code), said });
      });
    });
  const read = (
    folder: string,
    prefix: string,
    { endpoint = server.endpoint, keys = server.users.reader, env = {} } = {},
  ) =>
    BareClient.start({
      folder,
      settings: { teamIndex: `s3://${bucket}/${prefix}` },
      env: { ...environmentFor(endpoint, keys), ...env },
    });

  it('serves readers that cannot write: they cite their own copies, and keep nothing themselves', async () => {
    const before = await objectsBelow(server, 'shop/');
    assert.ok(before.size > 0);
    const folders = [copyOf('reader'), copyOf('reader')];
    await using first = await read(folders[0] ?? '', 'shop');
    await using second = await read(folders[1] ?? '', 'shop');
    for (const client of [first, second]) {
      const { files } = await reading(client);
      assert.equal(files, 5, 'what is not ignored');
      const [hit] = (await client.search('adds up what everything costs')).hits;
      assert.equal(hit?.uri, pathToFileURL(join(client.folder, 'src/cart.js')).href);
      assert.match(hit?.text ?? '', /function sumOfCart/);
      assert.equal((await paths(client, 'taxOn'))[0], 'src/tax.js');
      assert.equal(existsSync(join(client.home, 'index')), false);
      assert.deepEqual(client.problems, []);
    }
    assert.deepEqual(await objectsBelow(server, 'shop/'), before);
    const { reader } = server.users;
    assert.equal((await server.request('PUT', `/${bucket}/shop/x`, { body: 'x', keys: reader })).status, 403);
  });

  it('shows readers what the indexer changes, while they read', async () => {
    const folder = copyOf('indexed');
    commit(folder);
    await index(folder, 'changing');
    await using client = await read(copyOf('reader'), 'changing');
    await reading(client);
    assert.ok((await paths(client, 'sumOfCart')).includes('src/cart.js'));
    write(folder, { 'src/gift.js': 'export function wrapGift() {}\n' });
    rmSync(join(folder, 'src/cart.js'));
    commit(folder);
    const { code, said } = await index(folder, 'changing');
    assert.equal(code, 0, said);
    await until(async () => (await paths(client, 'wrapGift'))[0] === 'src/gift.js', 'what is new is found');
    assert.ok(!(await paths(client, 'sumOfCart')).includes('src/cart.js'), 'what is gone is not');
    for await (const bytes of contentsBelow(server, 'changing'))
      assert.doesNotMatch(bytes.toString('latin1'), /sumofcart/i, 'neither in the storage');
    assert.deepEqual(client.problems, []);
  });

  it('says once that the keys are wrong; the folder is indexed here, and completions go on', async () => {
    await using client = await read(copyOf('reader'), 'shop', {
      keys: { ...server.users.reader, secretAccessKey: 'no' },
    });
    await Promise.all([client.indexed(), client.ready()]);
    assert.equal((await paths(client, 'taxOn'))[0], 'src/tax.js');
    assert.ok(await completes(client));
    assert.deepEqual(
      client.problems.map(({ code }) => code),
      ['index.team'],
    );
    const reason = client.problems.map((problem) => (problem.code === 'index.team' ? problem.reason : ''))[0] ?? '';
    assert.match(reason, /SignatureDoesNotMatch/);
    assert.ok(reason.length < 200 && !reason.includes('readerKey'), reason);
  });

  it('goes on alone when the server is gone: says so once, indexes here, and completes meanwhile', async () => {
    await using line = await cuttableLine(server.endpoint);
    await using client = await read(copyOf('reader'), 'shop', { endpoint: line.endpoint });
    await Promise.all([reading(client), client.ready()]);
    await line.cut();
    await setTimeout(1_100);
    const answer = client.search('taxOn');
    assert.ok(await completes(client));
    await answer;
    await client.indexed();
    assert.equal((await paths(client, 'taxOn'))[0], 'src/tax.js');
    assert.deepEqual(
      client.problems.map(({ code }) => code),
      ['index.team'],
    );
  });

  it('is written by one indexer after the other, however many start at once', async () => {
    const folders = ['one', 'two'].map((name) => copyOf(name));
    const ended = await Promise.all(folders.map((folder) => index(folder, 'contended')));
    assert.deepEqual(
      ended.map(({ code }) => code),
      [0, 0],
      ended.map(({ said }) => said).join('\n'),
    );
    await using client = await read(copyOf('reader'), 'contended');
    const { files } = await reading(client);
    assert.equal(files, 5);
    const found = (await client.search('taxOn', { limit: 100 })).hits.filter(({ text }) =>
      text.includes('function taxOn'),
    );
    assert.equal(found.length, 1, 'nothing is there twice');
    const { said } = await index(folders[0] ?? '', 'contended');
    assert.doesNotMatch(said, /in the middle of a change|set aside/);
  });

  it('holds nothing that is ignored or secret: in no object, and no row of no version', async () => {
    const contents: Buffer[] = [];
    for await (const bytes of contentsBelow(server, 'shop')) contents.push(bytes);
    const holds = (text: string) => contents.some((bytes) => bytes.includes(text));
    assert.ok(holds('sumOfCart') && holds('src/keys.js'), 'what is indexed is found in this way');
    for (const text of [
      awsKey,
      'hunter2hunter2',
      'builtThing',
      'privatePlan',
      'private/plan.js',
      server.users.writer.secretAccessKey,
    ])
      assert.ok(!holds(text), text);
    for (const key of (await objectsBelow(server, '')).keys()) assert.match(key, /^(shop|changing|contended)\//);
  });

  it('gives keys to the one process that reads, and to none when the index is not on object storage', async () => {
    const canary = randomUUID();
    const env = { AWS_HEARTH_CANARY: canary };
    const holders = () => processesWith(canary);
    await using local = await BareClient.start({ folder: copyOf('reader'), env });
    await Promise.all([local.indexed(), local.ready()]);
    assert.deepEqual(holders(), [local.server.pid]);
    await using remote = await read(copyOf('reader'), 'shop', { env });
    await Promise.all([reading(remote), remote.ready()]);
    const others = holders().filter((pid) => pid !== local.server.pid && pid !== remote.server.pid);
    assert.deepEqual(
      others.map((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim()),
      ['hearth-index'],
    );
  });
});

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** All that is there now. */
function commit(folder: string): void {
  const git = gitIn(folder);
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'all');
}

function reading(client: BareClient) {
  return client.untilIndex(({ state, files }) => state === 'reading' && files > 0);
}

async function paths(client: BareClient, text: string): Promise<readonly string[]> {
  return (await client.search(text)).hits.map(({ path }) => path);
}

async function completes(client: BareClient): Promise<boolean> {
  const { uri, position } = await client.open('loop.js', 'javascript', 'for (let i = 0; i < █\n');
  return (await client.complete(uri, position, { triggerKind: 1 })).length > 0;
}

/** Ids of the processes that have a text in their environment. */
function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(text);
      } catch {
        return false;
      }
    })
    .map(Number);
}
