import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import fc from 'fast-check';
import { temporaryWorkspace } from './workspace.ts';

describe('gitRules', () => {
  const { at, write, found } = temporaryWorkspace();

  function git(...args: readonly string[]): string {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
    return execFileSync('git', args, { cwd: at(), env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  }

  /** What Git itself would take: everything that its rules do not leave out. */
  function taken(): string[] {
    return git('-c', 'core.quotePath=false', 'ls-files', '-z', '--others', '--exclude-standard')
      .split('\0')
      .filter((path) => path !== '')
      .toSorted();
  }

  const tree = [
    'a.ts',
    'b.ts',
    'x.py',
    'gen/a.ts',
    'gen/keep.ts',
    'src/a.ts',
    'src/gen/b.ts',
    'src/gen/deep/x.py',
    'src/[a]/b.ts',
    'src/sp ace/a.ts',
    'src/UP/a.ts',
  ];

  it('agrees with Git about random rules on every level', async () => {
    const line = fc.constantFrom(
      '*.ts',
      '!a.ts',
      'a.ts',
      '/a.ts',
      'gen',
      'gen/',
      '/gen/',
      '!gen/',
      'src/gen',
      '**/gen',
      'gen/**',
      '!gen/keep.ts',
      'deep',
      '*.p?',
      '[ab].ts',
      '#x',
      '',
      '\\#a',
      'b.ts  ',
      'src/*/a.ts',
      '!/src',
      'sp ace/',
      'up/',
      '*',
      '!*/',
      'src/[[]a]',
    );
    const rules = fc.array(line, { maxLength: 4 }).map((lines) => `${lines.join('\n')}\n`);
    git('init', '-q');
    await write(Object.fromEntries(tree.map((path) => [path, ''])));
    await fc.assert(
      fc.asyncProperty(rules, rules, rules, rules, async (top, src, deep, exclude) => {
        await write({
          '.gitignore': top,
          'src/.gitignore': src,
          'src/gen/.gitignore': deep,
          '.git/info/exclude': exclude,
        });
        assert.deepEqual(await found(), taken());
      }),
      { numRuns: 25, seed: 9 },
    );
  });

  it('obeys the repository around a workspace folder', async () => {
    await write({
      '.gitignore': '*.py\n/app/gen/\n',
      '.git/info/exclude': 'own.ts',
      'app/a.ts': '',
      'app/own.ts': '',
      'app/b.py': '',
      'app/gen/c.ts': '',
    });
    assert.deepEqual(await found({ folder: at('app') }), ['a.ts']);
  });

  it('opens a folder that the repository around it leaves out', async () => {
    await write({
      '.gitignore': 'app/\n*.ts',
      '.git/HEAD': '',
      'app/deep/a.ts': '',
      'app/deep/.gitignore': 'b.ts',
      'app/deep/b.ts': '',
    });
    assert.deepEqual(await found({ folder: at('app', 'deep') }), ['.gitignore', 'a.ts']);
  });

  it('looks above only inside a repository', async () => {
    await write({ '.gitignore': '*.ts', 'app/a.ts': '' });
    assert.deepEqual(await found({ folder: at('app') }), ['a.ts']);
  });

  it('begins anew in a repository inside another', async () => {
    await write({
      '.gitignore': '*.py',
      '.git/HEAD': '',
      'sub/.git': 'gitdir: ../.git/modules/sub\n',
      '.git/modules/sub/info/exclude': 'own.py',
      'sub/a.py': '',
      'sub/own.py': '',
      'b.py': '',
    });
    assert.deepEqual(await found(), ['.gitignore', 'sub/a.py']);
  });

  it('finds what a worktree leaves out', async () => {
    await write({
      'main/.git/info/exclude': 'own.ts',
      'main/.git/worktrees/tree/commondir': '../..\n',
      'tree/.git': `gitdir: ${at('main/.git/worktrees/tree')}\n`,
      'tree/a.ts': '',
      'tree/own.ts': '',
    });
    assert.deepEqual(await found({ folder: at('tree') }), ['a.ts']);
  });

  it('reads rules that are no UTF-8, with a mark or with other line ends', async () => {
    await write({
      '.gitignore': new Uint8Array([...Buffer.from('# caf'), 0xe9, ...Buffer.from('\r\na.ts\r\n')]),
      'a.ts': '',
      'sub/.gitignore': '\ufeffb.ts',
      'sub/b.ts': '',
      'sub/c.ts': '',
    });
    assert.deepEqual(await found(), ['.gitignore', 'sub/.gitignore', 'sub/c.ts']);
  });

  it('takes a folder called .gitignore for no rules', async () => {
    await mkdir(at('.gitignore'));
    await write({ 'a.ts': '' });
    assert.deepEqual(await found(), ['a.ts']);
    await rm(at('.gitignore'), { recursive: true });
  });
});
