import assert from 'node:assert/strict';
import { link, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join, win32 } from 'node:path';
import { checkAgain, resolveTarget } from '../../../../src/edits/target/resolveTarget.ts';
import { isTarget, type Target } from '../../../../src/edits/target/target.ts';
import { type OpenedFolder, openFolder } from './openedFolder.ts';

/** Making links needs rights on Windows that a test run does not have. */
const itOnLinks = process.platform === 'win32' ? () => {} : it;

describe('the target of an edit', () => {
  let folder: OpenedFolder;
  beforeEach(async () => {
    folder = await openFolder({ 'src/a.ts': 'a', 'README.md': '', '.hearthignore': 'hidden/\n', 'hidden/x.md': '' });
  });
  afterEach(() => folder[Symbol.asyncDispose]());
  const ask = (path: string) => folder.ask(path);

  async function found(path: string): Promise<Target> {
    const target = await resolveTarget(path, folder.workspace);
    assert.ok(isTarget(target), path);
    return target;
  }

  it('is a file of the workspace, there or not, however its path is written', async () => {
    for (const path of [
      'src/a.ts',
      './src/a.ts',
      'src//a.ts',
      'src\\a.ts',
      join(folder.path, 'src', 'a.ts'),
      'project/src/a.ts',
    ])
      assert.equal(await ask(path), 'src/a.ts', path);
    assert.equal(await ask('src/b/c.ts'), 'src/b/c.ts new');
    assert.equal(await ask('project/new.ts'), 'project/new.ts new');
    assert.equal((await found('src/b.ts')).path, join(folder.path, 'src', 'b.ts'));
  });

  const refused: Readonly<Record<string, string>> = {
    '': 'its path is empty.',
    '.': 'its path is that of a folder.',
    'src/': 'its path is that of a folder.',
    '../outside/x': 'its path leads upwards with ...',
    'src/../src/a.ts': 'its path leads upwards with ...',
    'src/.\u{2025}/x': 'its path has letters that look like separators.',
    '/etc/passwd': 'it is outside of the workspace.',
    '~/.bashrc': 'its path begins with a home folder.',
    '~root/.bashrc': 'its path begins with a home folder.',
    '//server/share/x': 'its path is on another machine or device.',
    '\\\\server\\share\\x': 'its path is on another machine or device.',
    '\\\\?\\C:\\x': 'its path is on another machine or device.',
    'C:\\Windows\\x': 'its path begins at another root.',
    'C:x': 'its path has a colon, which names a data stream on Windows.',
    'src/a.ts::$DATA': 'its path has a colon, which names a data stream on Windows.',
    'file:///etc/passwd': 'its path is an address.',
    'src/con': 'its path has the name of a device.',
    'src/NUL.ts': 'its path has the name of a device.',
    'lpt\u00b9': 'its path has the name of a device.',
    'src/a.ts.': 'its path has a name that ends with a dot or blank, which Windows ignores.',
    '.git /config': 'its path has a name that ends with a dot or blank, which Windows ignores.',
    '.vscode./settings.json': 'its path has a name that ends with a dot or blank, which Windows ignores.',
    'GIT~1/config': 'its path has a short name of Windows.',
    'src/a\0.ts': 'its path has control characters.',
    'src/a\n.ts': 'its path has control characters.',
    '.g\u200cit/config': 'its path has invisible letters.',
    'src/\u202est.a': 'its path has invisible letters.',
    'src/a?.ts': 'its path has a letter that names cannot have on Windows.',
    [`${'x'.repeat(300)}.ts`]: 'its path has a name that is too long.',
    [`${'x/'.repeat(3_000)}y`]: 'its path is too long.',
    src: 'src is in the way.',
    'src/a.ts/b.ts': 'src/a.ts is in the way.',
    'hidden/x.md': 'the user excluded it, or it holds secrets.',
    'hidden/new.md': 'the user excluded it, or it holds secrets.',
    '.env': 'the user excluded it, or it holds secrets.',
    'deploy/id_rsa': 'the user excluded it, or it holds secrets.',
    'readme.md': 'it differs only in its case from README.md.',
    'SRC/b.ts': 'it differs only in its case from src.',
  };
  // A disk that ignores case finds the file itself.
  for (const [path, reason] of Object.entries(refused))
    it(`is not ${JSON.stringify(path.slice(0, 30))}`, async () => {
      const answer = await ask(path);
      const isCase = reason.includes('case') && process.platform !== 'linux';
      if (!isCase) assert.equal(answer.slice(-reason.length), reason);
    });

  it('has the letters of the disk, composed or not', async () => {
    await folder.write({ 'caf\u00e9/a.ts': '' });
    assert.equal(await ask('cafe\u0301/a.ts'), 'caf\u00e9/a.ts');
    assert.equal(await ask('cafe\u0301/b.ts'), 'caf\u00e9/b.ts new');
  });

  itOnLinks('is no link, and behind none that leads out', async () => {
    await writeFile(join(folder.outside, 'x.ts'), '');
    await symlink(join(folder.outside, 'x.ts'), join(folder.path, 'link.ts'));
    await symlink(join(folder.path, 'src', 'a.ts'), join(folder.path, 'inner.ts'));
    await symlink(join(folder.outside, 'new.ts'), join(folder.path, 'dangling.ts'));
    await symlink(folder.outside, join(folder.path, 'out'));
    await symlink('../..', join(folder.path, 'src', 'up'));
    await symlink(join(folder.path, 'src'), join(folder.path, 'in'));
    await symlink(join(folder.path, 'loop'), join(folder.path, 'loop'));
    for (const path of ['link.ts', 'inner.ts', 'dangling.ts', 'loop'])
      assert.equal(await ask(path), `${path} is a link.`);
    for (const path of ['out/x.ts', 'out/new.ts', 'out/a/b/c.ts']) assert.equal(await ask(path), 'out is a link.');
    assert.equal(await ask('src/up/outside/x.ts'), 'src/up is a link.');
    assert.equal(await ask('in/a.ts'), 'src/a.ts');
    assert.equal(await ask('in/b.ts'), 'src/b.ts new');
    assert.match(await ask('loop/x.ts'), /ELOOP/);
  });

  itOnLinks('behind a link is judged by what it is', async () => {
    await folder.write({ '.vscode/settings.json': '' });
    await symlink('.vscode', join(folder.path, 'config'));
    await symlink('hidden', join(folder.path, 'open'));
    assert.equal(await ask('config/settings.json'), '.vscode/settings.json editor');
    assert.equal(await ask('open/x.md'), 'the user excluded it, or it holds secrets.');
  });

  itOnLinks('that a link makes a protected file of needs a yes as well', async () => {
    await folder.write({ 'config/settings.json': '', 'docs/notes.md': '', '.github/x': '', 'flow/ci.yml': '' });
    await symlink('config', join(folder.path, '.vscode'));
    await symlink('docs/notes.md', join(folder.path, 'AGENTS.md'));
    await symlink('../flow', join(folder.path, '.github', 'workflows'));
    assert.equal(await ask('config/settings.json'), 'config/settings.json editor');
    assert.equal(await ask('config/tasks.json'), 'config/tasks.json new editor');
    assert.equal(await ask('docs/notes.md'), 'docs/notes.md agent');
    assert.equal(await ask('docs/more.md'), 'docs/more.md new');
    assert.equal(await ask('flow/ci.yml'), 'flow/ci.yml pipeline');
  });

  itOnLinks('with a second name needs a yes', async () => {
    await writeFile(join(folder.outside, 'x.ts'), '');
    await link(join(folder.outside, 'x.ts'), join(folder.path, 'x.ts'));
    assert.equal(await ask('x.ts'), 'x.ts hardLink');
  });

  itOnLinks('is found in a folder that was opened by a link, and by the name of the disk', async () => {
    await symlink(folder.path, join(folder.outside, 'opened'));
    const workspace = { ...folder.workspace, folders: [join(folder.outside, 'opened')] };
    for (const path of ['src/a.ts', join(folder.path, 'src/a.ts'), join(folder.outside, 'opened/src/a.ts')]) {
      const target = await resolveTarget(path, workspace);
      assert.ok(isTarget(target));
      assert.equal(target.path, join(folder.outside, 'opened', 'src', 'a.ts'));
    }
  });

  itOnLinks('is not what the system only shows as files', async () => {
    const workspace = { ...folder.workspace, folders: ['/', '/proc/self'] };
    for (const path of ['/proc/self/environ', '/dev/null', '/sys/x', '/proc/self/new'])
      assert.ok(!isTarget(await resolveTarget(path, workspace)), path);
  });

  it('is in the folder that has it, or that the path names', async () => {
    await mkdir(join(folder.outside, 'src'));
    await writeFile(join(folder.outside, 'only.ts'), '');
    await writeFile(join(folder.outside, 'src', 'a.ts'), '');
    const workspace = { ...folder.workspace, folders: [folder.path, folder.outside] };
    const where = async (path: string) => {
      const target = await resolveTarget(path, workspace);
      return isTarget(target) ? target.path : target.problem.code;
    };
    assert.equal(await where('only.ts'), join(folder.outside, 'only.ts'));
    assert.equal(await where('src/a.ts'), 'whichFolder');
    assert.equal(await where('outside/src/a.ts'), join(folder.outside, 'src', 'a.ts'));
    assert.equal(await where('outside/new.ts'), join(folder.outside, 'new.ts'));
    assert.equal(await where('new.ts'), 'whichFolder');
    assert.equal(await where(join(folder.path, 'new.ts')), join(folder.path, 'new.ts'));
    assert.ok(!isTarget(await resolveTarget('a.ts', { ...workspace, folders: [] })));
  });

  it('on Windows has the drive of its folder', async () => {
    const workspace = { ...folder.workspace, folders: ['C:\\work'], flavour: win32 };
    for (const path of [
      'D:\\work\\a.ts',
      'C:\\workshop\\a.ts',
      'C:\\work',
      'c:/',
      '\\work\\a.ts',
      '/work/a.ts',
      'C:a.ts',
    ]) {
      const target = await resolveTarget(path, workspace);
      assert.ok(!isTarget(target) && ['outside', 'path'].includes(target.problem.code), path);
    }
  });

  it('is checked again before it is written', async () => {
    const [there, next] = [await found('src/a.ts'), await found('src/b.ts')];
    assert.equal(await checkAgain(there, folder.workspace), undefined);
    assert.equal(await checkAgain(next, folder.workspace), undefined);
    await folder.write({ 'src/b.ts': '' });
    assert.equal((await checkAgain(next, folder.workspace))?.problem.code, 'changed');
    await rm(join(folder.path, 'src/a.ts'));
    assert.equal((await checkAgain(there, folder.workspace))?.problem.code, 'changed');
  });

  itOnLinks('is refused when a link was put in its way meanwhile', async () => {
    const [there, next] = [await found('src/a.ts'), await found('src/deep/b.ts')];
    await rename(join(folder.path, 'src'), join(folder.outside, 'src'));
    await symlink(join(folder.outside, 'src'), join(folder.path, 'src'));
    for (const target of [there, next])
      assert.deepEqual((await checkAgain(target, folder.workspace))?.problem, { code: 'link', at: 'src' });
  });
});
