import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import {
  comeBack,
  isAway,
  locateIndex,
  removeAllIndexes,
  removeIndex,
  stayAway,
} from '../../../../src/codeIndex/host/indexLocation.ts';

describe('where the index of a folder lies', () => {
  let root = '';
  let indexFolder = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'location-'));
    indexFolder = join(root, 'data', 'index');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const folder = (name: string): string => {
    mkdirSync(join(root, name), { recursive: true });
    return join(root, name);
  };
  const locate = async (path: string) => {
    const location = await locateIndex(indexFolder, path);
    assert.ok(location, `${path} is a folder`);
    return location;
  };

  it('is named after the folder, and is another for another of the same name', async () => {
    const one = await locate(folder('a/my project'));
    const other = await locate(folder('b/my project'));
    assert.match(basename(one.path), /^my-project-[0-9a-f]{16}$/);
    assert.notEqual(one.path, other.path);
    assert.equal((await locate(folder('a/my project'))).path, one.path);
  });

  it('is the same through a link', async () => {
    const real = folder('real');
    symlinkSync(real, join(root, 'link'), 'junction');
    assert.equal((await locate(join(root, 'link'))).path, (await locate(real)).path);
  });

  it('is nowhere for a folder that does not exist, and for a file', async () => {
    assert.equal(await locateIndex(indexFolder, join(root, 'nowhere')), undefined);
    writeFileSync(join(root, 'file'), '');
    assert.equal(await locateIndex(indexFolder, join(root, 'file')), undefined);
  });

  it('stays away until it is called back, without saying whose it was', async () => {
    const location = await locate(folder('secret-name'));
    assert.equal(await isAway(location), false);
    mkdirSync(location.storePath, { recursive: true });
    await stayAway(location);
    await removeIndex(location);
    assert.equal(await isAway(location), true);
    const left = readdirSync(join(root, 'data'), { recursive: true }).map(String);
    assert.ok(!left.some((name) => name.includes('secret-name')), left.join(' '));
    await comeBack(location);
    assert.equal(await isAway(location), false);
  });

  it('deletes the indexes of all folders, and has each stay away', async () => {
    const locations = await Promise.all(['one', 'two'].map((name) => locate(folder(name))));
    for (const { storePath } of locations) mkdirSync(storePath, { recursive: true });
    await removeAllIndexes(indexFolder);
    assert.equal(existsSync(indexFolder), false);
    for (const location of locations) assert.equal(await isAway(location), true);
    assert.equal(await isAway(await locate(folder('three'))), false);
  });
});
