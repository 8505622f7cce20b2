import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbandoned, isTemporary, moveDurably, temporaryPath, writeAtomically } from '../../../src/base/atomicFile.ts';
import { temporaryFolder } from '../inference/models/temporaryFolder.ts';

const hourMs = 3_600_000;
const nameOf = (pid: number) => `use.json.${pid}-0123abcd.new`;

describe('a file written atomically', () => {
  const folder = temporaryFolder();
  const path = () => join(folder(), 'file.json');

  it('takes the place of the old one, alone and for this user only', async () => {
    for (const text of ['old', 'new']) await writeAtomically(path(), (file) => file.writeFile(text));
    assert.equal(await readFile(path(), 'utf8'), 'new');
    assert.deepEqual(await readdir(folder()), ['file.json']);
    if (process.platform !== 'win32') assert.equal((await stat(path())).mode & 0o777, 0o600);
  });

  it('is the old one until the new one is whole', async () => {
    await writeFile(path(), 'old');
    await writeAtomically(path(), async (file) => {
      await file.writeFile('ne');
      assert.equal(await readFile(path(), 'utf8'), 'old');
      await file.writeFile('w');
    });
    assert.equal(await readFile(path(), 'utf8'), 'new');
  });

  it('leaves everything as it was when writing fails', async () => {
    await writeFile(path(), 'old');
    const failure = new Error('disk full');
    await assert.rejects(
      writeAtomically(path(), () => Promise.reject(failure)),
      failure,
    );
    assert.equal(await readFile(path(), 'utf8'), 'old');
    assert.deepEqual(await readdir(folder()), ['file.json']);
  });

  it('may be written by several at once: one of them wins as a whole', async () => {
    const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(100_000));
    await Promise.all(texts.map((text) => writeAtomically(path(), (file) => file.writeFile(text))));
    assert.ok(texts.includes(await readFile(path(), 'utf8')));
    assert.deepEqual(await readdir(folder()), ['file.json']);
  });

  it('needs its folder', () =>
    assert.rejects(
      writeAtomically(join(path(), 'x'), async () => {}),
      { code: 'ENOENT' },
    ));
});

describe('moveDurably', () => {
  const folder = temporaryFolder();

  it('moves a folder with what is in it, and between folders', async () => {
    const from = join(folder(), 'from');
    await mkdir(join(folder(), 'inner'));
    await mkdir(from);
    await writeFile(join(from, 'x'), 'x');
    await moveDurably(from, join(folder(), 'inner', 'to'));
    assert.equal(await readFile(join(folder(), 'inner', 'to', 'x'), 'utf8'), 'x');
    assert.deepEqual(await readdir(folder()), ['inner']);
  });
});

describe('what a killed writer leaves behind', () => {
  const folder = temporaryFolder();

  async function leftover(name: string, ageMs: number): Promise<string> {
    const path = join(folder(), name);
    await writeFile(path, 'half');
    const time = new Date(Date.now() - ageMs);
    await utimes(path, time, time);
    return path;
  }
  it('is known by its name, its age and its dead process', async () => {
    const gone = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
    assert.equal(await isAbandoned(await leftover(nameOf(gone), hourMs), hourMs / 2), true);
    assert.equal(await isAbandoned(await leftover(nameOf(gone), hourMs), 2 * hourMs), false, 'young');
    assert.equal(await isAbandoned(await leftover(nameOf(process.pid), hourMs), 0), false, 'its process lives');
    assert.equal(await isAbandoned(await leftover('use.json', hourMs), 0), false, 'a name of somebody else');
    assert.equal(await isAbandoned(join(folder(), nameOf(gone + 1)), 0), false, 'not there');
  });

  it('has the name that writers give', () => {
    assert.ok(isTemporary(temporaryPath('/a/use.json')));
    assert.notEqual(temporaryPath('/a/use.json'), temporaryPath('/a/use.json'));
    for (const name of ['/a/use.json', '/a/use.new', '/a.1-0123abcd.new/use.json']) assert.ok(!isTemporary(name), name);
  });
});
