import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { Message } from '../../src/protocol/messages.ts';
import { encoderDouble } from '../unit/inference/models/encoderDouble.ts';
import { BareClient, type BareClientOptions } from './bareClient.ts';

const cart = `import { taxOn } from './tax.js';

/** Adds up what everything in the cart costs. */
export function sumOfCart(items) {
  return items.reduce((sum, item) => sum + item.price * item.count, 0);
}
`;
const tax = `const rates = { kr: 0.1, de: 0.19 };

/** The tax that has to be paid on an amount in a country. */
export function taxOn(amount, country) {
  return amount * rates[country];
}
`;
const checkout = `export function totalOf(items, country) {
  const sum = sumOfCart(items);
  const tax = taxOn(█
`;
const shop = { 'src/cart.js': cart, 'src/tax.js': tax, 'README.md': '# Shop\n\nSells things.\n' };
/** Made up, and put together here so that no scanner takes this file for a leak. */
const awsKey = ['AKIA', 'Z3MHPQX7', 'TLW5RKVN'].join('');

const indexFolderFile = fileURLToPath(new URL('../../dist/indexFolder.js', import.meta.url));

/** What a team runs on its build server. */
async function indexForOthers(folder: string, to: string): Promise<void> {
  const env = { ...process.env, HEARTH_HOME: `${to}-server` };
  await promisify(execFile)(process.execPath, [indexFolderFile, '--folder', folder, '--to', to], { env });
}

/** The index hosts that an engine has started. */
function indexPids({ server }: BareClient): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const stat = textOf(`/proc/${pid}/stat`);
      return stat.includes('(hearth-index)') && stat.split(') ')[1]?.split(' ')[1] === String(server.pid);
    })
    .map(Number);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function socketOf(path: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(path))?.[1];
  } catch {
    return undefined;
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

async function paths(client: BareClient, text: string): Promise<readonly string[]> {
  return (await client.search(text)).hits.map(({ path }) => path);
}

async function until(happened: () => Promise<boolean>, what: string): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await happened()); await setTimeout(30))
    assert.ok(Date.now() < deadline, what);
}

describe('the workspace index', () => {
  let folder = '';
  let home = '';
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'indexed-')));
    home = mkdtempSync(join(tmpdir(), 'home-'));
  });
  afterEach(() => {
    for (const each of [folder, home]) rmSync(each, { recursive: true, force: true, maxRetries: 5 });
  });
  const write = (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  const open = async (options: BareClientOptions = {}) => BareClient.start({ folder, home, ...options });

  it('finds code by what it does, and says where and why', async () => {
    write(shop);
    await using client = await open();
    await client.indexed();
    const { hits, complete } = await client.search('adds up what everything costs', {
      fromUri: client.uri('src/tax.js'),
    });
    const [best] = hits;
    assert.equal(complete, true);
    assert.equal(best?.path, 'src/cart.js');
    assert.equal(best?.uri, client.uri('src/cart.js'));
    assert.deepEqual(cart.split('\n').slice(best?.startLine, best?.endLine).join('\n'), best?.text);
    const kinds = best?.reasons.map(({ kind }) => kind) ?? [];
    assert.ok(kinds.includes('words') && kinds.includes('meaning') && kinds.includes('near'), kinds.join());
  });

  it('finds what was just saved, and no longer what it replaced', async () => {
    write(shop);
    await using client = await open();
    await client.indexed();
    await client.open('src/tax.js', 'javascript', tax);
    write({ 'src/tax.js': 'export function customsDuty(weight) {\n  return weight * 3;\n}\n' });
    await client.connection.sendNotification('textDocument/didSave', {
      textDocument: { uri: client.uri('src/tax.js') },
    });
    await until(
      async () => (await client.search('customsDuty')).hits[0]?.text.includes('customsDuty') === true,
      'it is found',
    );
    const { hits } = await client.search('taxOn');
    assert.ok(!hits.some(({ text }) => text.includes('function taxOn')));
  });

  it('keeps nothing of what is ignored or secret', async () => {
    write({
      ...shop,
      '.gitignore': 'build/\n',
      '.hearthignore': 'private/\n',
      'build/out.js': 'export function builtThing() {}\n',
      'private/plan.js': 'export function privatePlan() {}\n',
      '.env': 'PASSWORD_OF_SHOP=hunter2hunter2\n',
      'src/keys.js': `export const region = 'eu';\nexport const awsKey = '${awsKey}';\n`,
    });
    await using client = await open();
    await client.indexed();
    for (const text of ['builtThing', 'privatePlan', 'PASSWORD_OF_SHOP', 'awsKey region'])
      for (const { path, text: found } of (await client.search(text, { limit: 100 })).hits) {
        assert.match(path, /^(src\/|README|\.(git|hearth)ignore$)/);
        assert.ok(!found.includes(awsKey), path);
      }
    assert.ok((await paths(client, 'awsKey region')).includes('src/keys.js'), 'without the key, the file is found');
    for (const file of filesBelow(home))
      for (const secret of [awsKey, 'hunter2hunter2', 'privatePlan', 'builtThing'])
        assert.ok(!readFileSync(file).includes(secret), `${secret} in ${file}`);
  });

  it('leaves out at once what is ignored from now on', async () => {
    write(shop);
    await using client = await open();
    await client.indexed();
    write({ '.hearthignore': 'src/\n' });
    await client.changed('.hearthignore');
    assert.ok(!(await paths(client, 'taxOn')).includes('src/tax.js'));
    await client.untilIndex(({ state, files }) => state === 'ready' && files < 3);
  });

  it('survives kill -9: completions go on, and it comes back by itself', async () => {
    write(shop);
    await using client = await open();
    await Promise.all([client.indexed(), client.ready()]);
    const [pid = 0] = indexPids(client);
    process.kill(pid, 'SIGKILL');
    const { uri, position } = await client.open('loop.js', 'javascript', 'for (let i = 0; i < █\n');
    assert.ok((await client.complete(uri, position, { triggerKind: 1 })).length > 0);
    await until(async () => (await paths(client, 'taxOn'))[0] === 'src/tax.js', 'it is found again');
    assert.notEqual(indexPids(client)[0], pid);
    assert.deepEqual(client.problems, []);
  });

  it('deletes everything it knows, and stays away until it is called back', async () => {
    write(shop);
    await using client = await open();
    await client.indexed();
    assert.ok(existsSync(join(home, 'index')));
    await client.controlIndex({ action: 'delete' });
    assert.equal(existsSync(join(home, 'index')), false);
    assert.deepEqual((await client.search('taxOn')).hits, []);
    await client.changed('src/tax.js');
    await client.untilIndex(({ state }) => state === 'off');
    await client.controlIndex({ action: 'rebuild' });
    await client.indexed();
    assert.equal((await paths(client, 'taxOn'))[0], 'src/tax.js');
  });

  it('forgets a subfolder, from the disk as well', async () => {
    write({ ...shop, 'old/legacy.js': 'export function legacyDiscount() {}\n' });
    await using client = await open();
    await client.indexed();
    assert.ok((await paths(client, 'legacyDiscount')).includes('old/legacy.js'));
    await client.controlIndex({ action: 'forget', uri: client.uri('old') });
    assert.ok(!(await paths(client, 'legacyDiscount')).includes('old/legacy.js'));
    for (const file of filesBelow(join(home, 'index'))) assert.ok(!readFileSync(file).includes('legacyDiscount'), file);
  });

  it('pauses and goes on', async () => {
    write(shop);
    await using client = await open();
    await client.indexed();
    await client.controlIndex({ action: 'pause' });
    await client.untilIndex(({ state }) => state === 'paused');
    write({ 'src/later.js': 'export function muchLater() {}\n' });
    await client.changed('src/later.js');
    await client.controlIndex({ action: 'resume' });
    await until(async () => (await paths(client, 'muchLater'))[0] === 'src/later.js', 'it is found');
  });

  it('is written by one window and read by another, which takes over when the first dies', async () => {
    write(shop);
    await using first = await open();
    await first.indexed();
    await using second = await open();
    await second.untilIndex(({ state, files }) => state === 'reading' && files > 0);
    assert.equal((await paths(second, 'taxOn'))[0], 'src/tax.js');
    write({ 'src/coupon.js': 'export function redeemCoupon() {}\n' });
    await first.changed('src/coupon.js');
    await until(async () => (await paths(second, 'redeemCoupon'))[0] === 'src/coupon.js', 'the reader sees it');
    first.server.kill('SIGKILL');
    await second.indexed();
    write({ 'src/refund.js': 'export function refundOrder() {}\n' });
    await second.changed('src/refund.js');
    await until(async () => (await paths(second, 'refundOrder'))[0] === 'src/refund.js', 'it writes now');
  });

  it('forgets in every window, whichever is told to', async () => {
    write({ ...shop, 'old/legacy.js': 'export function legacyDiscount() {}\n' });
    await using writer = await open();
    await writer.indexed();
    await using reader = await open();
    await reader.untilIndex(({ state, files }) => state === 'reading' && files > 0);
    await reader.controlIndex({ action: 'forget', uri: reader.uri('old') });
    for (const client of [reader, writer]) {
      await until(async () => (await paths(client, 'taxOn'))[0] === 'src/tax.js', 'the rest is found again');
      assert.ok(!(await paths(client, 'legacyDiscount')).includes('old/legacy.js'));
    }
    await reader.controlIndex({ action: 'delete' });
    await Promise.all([reader, writer].map((client) => client.untilIndex(({ state }) => state === 'off')));
    assert.equal(existsSync(join(home, 'index')), false);
  });

  it('starts no process and keeps nothing when it is switched off', async () => {
    write(shop);
    await using client = await open({ settings: { index: false } });
    await client.ready();
    await setTimeout(2_500);
    assert.deepEqual(indexPids(client), []);
    assert.equal(existsSync(join(home, 'index')), false);
    assert.deepEqual(await client.search('taxOn'), { hits: [], complete: false });
    await client.configure({ index: true });
    await client.indexed();
    await client.configure({ index: false });
    await client.untilIndex(({ state }) => state === 'off');
    await until(async () => indexPids(client).length === 0, 'its process is gone');
  });

  it('deletes everything also when it is switched off', async () => {
    write(shop);
    await using client = await open();
    await client.indexed();
    await client.configure({ index: false });
    await client.untilIndex(({ state }) => state === 'off');
    await client.controlIndex({ action: 'delete' });
    assert.equal(existsSync(join(home, 'index')), false);
  });

  it('gives completions the definitions they need, and says which', async () => {
    write(shop);
    await using client = await open();
    await Promise.all([client.indexed(), client.ready()]);
    assert.deepEqual(await client.lastContext(), {});
    const ask = async (name: string) => {
      const { uri, position } = await client.open(name, 'javascript', checkout);
      await client.connection.sendNotification(Message.cursorMoved, { uri, position });
      await setTimeout(500);
      await client.complete(uri, position, { triggerKind: 1 });
      return (await client.lastContext()).completion;
    };
    let completion = await ask('src/checkout.js');
    // On a machine that is busy with other things the index may be late, for which no completion waits.
    for (let at = 0; at < 10 && !completion?.snippets.some(({ source }) => source === 'index'); at++)
      completion = await ask(`src/checkout${at}.js`);
    assert.match(completion?.path ?? '', /^src\/checkout/);
    assert.equal(completion?.line, 2);
    const given = completion?.snippets.find(({ path }) => path === 'src/tax.js');
    assert.match(given?.text ?? '', /function taxOn\(amount, country\)/);
    assert.equal(given?.uri, client.uri('src/tax.js'));
    assert.ok(given?.reasons.some(({ kind }) => kind === 'name'));
  });

  it('follows the workspace folders: several, nested, missing, opened and closed', async () => {
    write(shop);
    const other = realpathSync(mkdtempSync(join(home, 'other-')));
    writeFileSync(join(other, 'wheel.js'), 'export function turnWheel() {}\n');
    await using client = await open();
    await client.indexed();
    await client.setFolders(folder, join(folder, 'src'), other, join(home, 'nowhere'));
    await until(
      async () => (await paths(client, 'turnWheel'))[0] === 'wheel.js',
      'the other folder is searched as well',
    );
    const [wheel] = (await client.search('turnWheel')).hits;
    assert.equal(wheel?.uri, pathToFileURL(join(other, 'wheel.js')).href);
    await until(async () => (await client.search('taxOn')).complete, 'everything is indexed');
    const found = (await client.search('taxOn')).hits.filter(({ text }) => text.includes('function taxOn'));
    assert.equal(found.length, 1, 'once, although it lies in two workspace folders');
    await client.setFolders(folder);
    await until(
      async () => !(await paths(client, 'turnWheel')).includes('wheel.js'),
      'a closed folder is not searched',
    );
  });

  it('reads the index that a build server made, and follows it', async () => {
    write(shop);
    const team = join(home, 'team');
    await indexForOthers(folder, team);
    await using client = await open({ settings: { teamIndex: team } });
    await client.untilIndex(({ state, files }) => state === 'reading' && files > 0);
    const [hit] = (await client.search('taxOn')).hits;
    assert.equal(hit?.uri, client.uri('src/tax.js'));
    assert.equal(existsSync(join(home, 'index')), false, 'nothing is kept here');
    write({ 'src/gift.js': 'export function wrapGift() {}\n' });
    await indexForOthers(folder, team);
    await until(async () => (await paths(client, 'wrapGift'))[0] === 'src/gift.js', 'what the server adds is found');
    assert.deepEqual(client.problems, []);
  });

  it('makes its own index, and says why, when the team’s cannot be read', async () => {
    write(shop);
    await using client = await open({ settings: { teamIndex: join(home, 'nowhere') } });
    await client.indexed();
    assert.deepEqual(
      client.problems.map(({ code }) => code),
      ['index.team'],
    );
    assert.equal((await paths(client, 'taxOn'))[0], 'src/tax.js');
  });

  it('has an embedding model make the vectors when the setting names one, and says when it cannot', async () => {
    write(shop);
    const model = join(home, 'embeds.gguf');
    writeFileSync(model, encoderDouble());
    await using client = await open({ settings: { embedder: model } });
    await client.indexed();
    assert.ok(
      client.log.some((line) => line.includes('embeds for the index')),
      client.log.join('\n'),
    );
    const [hit] = (await client.search('taxOn')).hits;
    assert.equal(hit?.path, 'src/tax.js');
    assert.ok(hit?.reasons.some(({ kind }) => kind === 'meaning'));
    await client.configure({ embedder: join(home, 'nowhere.gguf') });
    await until(async () => client.problems.some(({ code }) => code === 'index.embedder'), 'it says so');
    await until(async () => (await paths(client, 'taxOn'))[0] === 'src/tax.js', 'the embedded one is used');
  });

  it('opens no network socket', async () => {
    write(shop);
    await using client = await open();
    await client.indexed();
    await client.search('taxOn');
    const [pid = 0] = indexPids(client);
    const inodes = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => socketOf(`/proc/${pid}/fd/${fd}`) ?? []);
    assert.ok(inodes.length > 0, 'it talks to the engine over a socket pair');
    const internet = ['tcp', 'tcp6', 'udp', 'udp6'].map((kind) => readFileSync(`/proc/${pid}/net/${kind}`, 'utf8'));
    assert.deepEqual(
      inodes.filter((inode) => internet.some((table) => table.split(/\s+/).includes(inode))),
      [],
    );
  });
});
