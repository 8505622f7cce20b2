import assert from 'node:assert/strict';
import { chmod, link, mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { temporaryWorkspace, walked } from './workspace.ts';

/** Making links and taking rights away are not for every system or user that a test runs as. */
const onUnix = process.platform === 'win32' ? () => {} : it;
const isRoot = process.getuid?.() === 0;

describe('discovery', () => {
  const { at, write, open, found, lines } = temporaryWorkspace();

  /** The verdict about each path, asked one by one. */
  async function judged(...paths: readonly string[]): Promise<(string | undefined)[]> {
    const discovery = open();
    return Promise.all(
      paths.map(async (path) => {
        const verdict = await discovery.find(at(path));
        return verdict === 'folder' ? 'folder' : verdict?.path;
      }),
    );
  }

  it('says of each file where it is, its language, size and age', async () => {
    await write({ 'src/a.ts': 'let a;\n' });
    const { mtimeMs } = await stat(at('src/a.ts'));
    const file = {
      path: 'src/a.ts',
      absolutePath: at('src', 'a.ts'),
      languageId: 'typescript',
      bytes: 7,
      modifiedMs: mtimeMs,
    };
    assert.deepEqual(await walked(open()), [file]);
    assert.deepEqual(await open().find(at('src', 'a.ts')), file);
  });

  it('takes text that people write: no data, no pictures, no empty or huge files, nothing generated', async () => {
    await write({
      'a.py': '',
      'README.md': '',
      'b.png': '',
      'c.csv': '',
      'no.idea': '',
      'yarn.lock': '',
      'x.min.js': '',
    });
    await write({ 'huge.ts': 'a'.repeat(1_000_001), 'just.ts': 'a'.repeat(1_000_000) });
    await writeFile(at('empty.ts'), '');
    assert.deepEqual(await found(), ['README.md', 'a.py', 'just.ts']);
    assert.deepEqual(await judged('b.png', 'yarn.lock', 'huge.ts', 'empty.ts', 'a.py'), [
      undefined,
      undefined,
      undefined,
      undefined,
      'a.py',
    ]);
  });

  it('knows scripts without an ending by their first line', async () => {
    await write({ 'bin/tool': '#!/usr/bin/env node\nx', 'bin/data': 'x\ny', 'bin/old': '#!/bin/sh' });
    const files = await walked(open());
    assert.deepEqual(Object.fromEntries(files.map(({ path, languageId }) => [path, languageId])), {
      'bin/tool': 'javascript',
      'bin/old': 'shellscript',
    });
  });

  it('leaves out what .hearthignore names and secrets files, walking and asked', async () => {
    await write({
      '.hearthignore': 'mine/\n',
      'mine/a.ts': '',
      'b.ts': '',
      '.env': '',
      'secrets.json': '',
      'sub/.hearthignore': '*.ts',
      'sub/c.ts': '',
      'sub/d.py': '',
    });
    assert.deepEqual(await found(), ['.hearthignore', 'b.ts', 'sub/.hearthignore', 'sub/d.py']);
    assert.deepEqual(await judged('mine/a.ts', '.env', 'secrets.json', 'sub/c.ts'), [
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('goes by the rules as they are now', async () => {
    await write({ 'a.ts': '', 'b.ts': '' });
    const discovery = open();
    const sources = async () =>
      (await walked(discovery))
        .map(({ path }) => path)
        .filter((path) => path.endsWith('.ts'))
        .toSorted();
    assert.deepEqual(await sources(), ['a.ts', 'b.ts']);
    await write({ '.gitignore': 'a.ts' });
    assert.deepEqual(await sources(), ['b.ts']);
    assert.equal(await discovery.find(at('a.ts')), undefined);
    await write({ '.gitignore': '#', '.hearthignore': 'b.ts' });
    assert.deepEqual(await sources(), ['a.ts']);
    assert.equal(await discovery.find(at('b.ts')), undefined);
    await rm(at('.hearthignore'));
    assert.deepEqual(await sources(), ['a.ts', 'b.ts']);
  });

  it('knows which files are rules', () => {
    const discovery = open();
    for (const path of ['.gitignore', 'a/.hearthignore', '.git/info/exclude'])
      assert.ok(discovery.isRuleFile(at(path)), path);
    for (const path of ['a.ts', 'exclude', 'a/gitignore']) assert.ok(!discovery.isRuleFile(at(path)), path);
  });

  it('skips folders of dependencies and builds without being told', async () => {
    await write({
      'node_modules/a/a.js': '',
      'pkg/node_modules/b.js': '',
      '.git/hooks/c.sh': '',
      '__pycache__/d.py': '',
      'x/e.py': '',
      'x/pyvenv.cfg': '',
      'cache/f.ts': '',
      'cache/CACHEDIR.TAG': '',
      'g.ts': '',
    });
    assert.deepEqual(await found(), ['g.ts']);
    assert.deepEqual(await judged('node_modules/a/a.js', 'x/e.py', 'cache', 'pkg'), [
      undefined,
      undefined,
      undefined,
      'folder',
    ]);
  });

  it('skips a folder with the name of a source folder only beside what makes a tool fill it', async () => {
    await write({
      'target/a.rs': '',
      'r/Cargo.toml': '',
      'r/target/b.rs': '',
      'dist/c.js': '',
      'j/package.json': '',
      'j/dist/d.js': '',
      'j/build/e.js': '',
    });
    await write({ 'n/App.csproj': '', 'n/obj/f.cs': '', 'obj/g.cs': '' });
    assert.deepEqual(await found(), [
      'dist/c.js',
      'j/build/e.js',
      'j/package.json',
      'n/App.csproj',
      'obj/g.cs',
      'r/Cargo.toml',
      'target/a.rs',
    ]);
  });

  it('leaves an inner workspace folder to its own index', async () => {
    await write({ 'a.ts': '', 'inner/b.ts': '', 'inner2/c.ts': '' });
    const otherFolders = [at('inner')];
    assert.deepEqual(await found({ otherFolders }), ['a.ts', 'inner2/c.ts']);
    assert.deepEqual(await found({ folder: at('inner'), otherFolders: [at()] }), ['b.ts']);
    assert.equal(await open({ otherFolders }).find(at('inner', 'b.ts')), undefined);
  });

  it('names files in NFC, whatever the disk has', async () => {
    await write({ ['u\u0308ber/cafe\u0301.ts']: '' });
    const [file] = await walked(open());
    assert.equal(file?.path, '\u00fcber/caf\u00e9.ts');
    assert.ok((await stat(file?.absolutePath ?? '')).isFile());
  });

  onUnix('follows no link out of the workspace folder, and loops in no circle', async () => {
    await write({ 'in/a.ts': '', 'out/b.ts': '', 'out/c.ts': '' });
    const folder = at('in');
    await symlink(at('out'), at('in', 'away'));
    await symlink(at('out', 'c.ts'), at('in', 'c.ts'));
    await symlink(at('in'), at('in', 'again'));
    await symlink('nowhere', at('in', 'lost.ts'));
    assert.deepEqual(await found({ folder }), ['a.ts']);
    for (const path of ['away/b.ts', 'c.ts', 'away', 'lost.ts'])
      assert.equal(await open({ folder }).find(at('in', path)), undefined, path);
  });

  onUnix('takes a file once, under its own path, however many links lead to it', async () => {
    await write({ 'lib/a.ts': '' });
    await symlink(at('lib'), at('alias'));
    await symlink(at('lib', 'a.ts'), at('b.ts'));
    assert.deepEqual(await found(), ['lib/a.ts']);
    assert.deepEqual(await judged('alias/a.ts', 'b.ts', 'alias'), ['lib/a.ts', 'lib/a.ts', 'folder']);
  });

  onUnix('opens a workspace folder that is itself a link', async () => {
    await write({ 'real/a.ts': '' });
    await symlink(at('real'), at('link'));
    const folder = at('link');
    assert.deepEqual(await found({ folder }), ['a.ts']);
    const file = await open({ folder }).find(at('link', 'a.ts'));
    assert.deepEqual(file, await open({ folder }).find(at('real', 'a.ts')));
    assert.equal(file !== 'folder' && file?.absolutePath, at('link', 'a.ts'));
  });

  onUnix('leaves out a link to an ignored file under both names', async () => {
    await write({ '.gitignore': 'made/', 'made/a.ts': '' });
    await symlink(at('made', 'a.ts'), at('a.ts'));
    assert.deepEqual(await found(), ['.gitignore']);
    assert.equal(await open().find(at('a.ts')), undefined);
  });

  onUnix('takes both names of a file that has two', async () => {
    await write({ 'a.ts': '' });
    await link(at('a.ts'), at('b.ts'));
    assert.deepEqual(await found(), ['a.ts', 'b.ts']);
  });

  onUnix('pays for what cannot be read with that alone, and says it once', async () => {
    await write({ 'a.ts': '', 'shut/b.ts': '', 'odd/.gitignore': '#'.repeat(1_000_001), 'odd/c.ts': '' });
    if (!isRoot) await chmod(at('shut'), 0);
    const discovery = open();
    for (let round = 0; round < 2; round++) {
      const files = await walked(discovery);
      assert.deepEqual(files.map(({ path }) => path).toSorted(), isRoot ? ['a.ts', 'shut/b.ts'] : ['a.ts']);
    }
    assert.equal(lines.filter((line) => line.includes(at('odd'))).length, 1);
    if (!isRoot) await chmod(at('shut'), 0o700);
  });

  onUnix('waits for no pipe', async () => {
    const { execFileSync } = await import('node:child_process');
    await mkdir(at('sub'));
    for (const name of ['a.ts', 'sub/.gitignore']) execFileSync('mkfifo', [at(name)]);
    await write({ 'sub/b.ts': '' });
    assert.deepEqual(await found(), ['sub/b.ts']);
  });

  it('rejects when the workspace folder is gone: nobody shall think that all its files were deleted', async () => {
    await assert.rejects(found({ folder: at('gone') }), { code: 'ENOENT' });
    assert.equal(await open({ folder: at('gone') }).find(at('gone', 'a.ts')), undefined);
  });

  it('stops when nobody wants to know any more', async () => {
    await write(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f${i}/a.ts`, ''])));
    const abort = new AbortController();
    let count = 0;
    await assert.rejects(
      async () => {
        for await (const _ of open().walk(abort.signal)) if (++count === 3) abort.abort();
      },
      { name: 'AbortError' },
    );
    assert.ok(count < 60, `${count} files`);
  });
});
