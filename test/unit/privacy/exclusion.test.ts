import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, win32 } from 'node:path';
import { silentLogger } from '../../../src/base/logger.ts';
import { createExclusion, type Exclusion, pathInside } from '../../../src/privacy/exclusion.ts';

/** Making links needs rights on Windows that a test run does not have. */
const itOnLinks = process.platform === 'win32' ? () => {} : it;

describe('exclusion', () => {
  let folder: string;
  let warnings: string[];

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'hearth-exclusion-')));
    warnings = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const log = { ...silentLogger, warn: (message: string) => void warnings.push(message) };
  const at = (...path: string[]) => join(folder, ...path);

  async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(at(path)), { recursive: true });
      await writeFile(at(path), text);
    }
  }

  async function open(files: Readonly<Record<string, string | Uint8Array>>, ...roots: string[]): Promise<Exclusion> {
    await write(files);
    return createExclusion({ folders: roots.length > 0 ? roots.map((root) => at(root)) : [folder], log });
  }

  /** Which of the paths are excluded. */
  async function excluded(exclusion: Exclusion, ...paths: string[]): Promise<string[]> {
    const verdicts = await Promise.all(paths.map((path) => exclusion.isExcluded(at(path))));
    return paths.filter((_, i) => verdicts[i]);
  }

  // Each verified against `git check-ignore` with `core.ignoreCase`.
  const fixtures: readonly {
    readonly rules: string;
    readonly files: Readonly<Record<string, string>>;
    readonly out: readonly string[];
    readonly in: readonly string[];
  }[] = [
    { rules: 'a name, everywhere', files: { '.hearthignore': 'x' }, out: ['x', 'a/x', 'x/b'], in: ['xy', 'a/y'] },
    { rules: 'a tied name', files: { '.hearthignore': '/x\na/y' }, out: ['x', 'a/y'], in: ['a/x', 'b/a/y'] },
    { rules: 'a folder', files: { '.hearthignore': 'gen/' }, out: ['gen/a', 'b/gen/a/c'], in: ['gen', 'regen/a'] },
    {
      rules: 'a wildcard',
      files: { '.hearthignore': '*.lock\nq?.c' },
      out: ['a/b.lock', 'q1.c'],
      in: ['q12.c', 'lock'],
    },
    { rules: 'a globstar', files: { '.hearthignore': 'a/**/z' }, out: ['a/z', 'a/b/c/z'], in: ['b/a/z', 'a/zz'] },
    { rules: 'a class', files: { '.hearthignore': 'v[0-9].ts' }, out: ['v1.ts'], in: ['va.ts'] },
    {
      rules: 'a negation',
      files: { '.hearthignore': '*.sql\n!seed.sql' },
      out: ['a.sql'],
      in: ['seed.sql', 'd/seed.sql'],
    },
    { rules: 'no way back in an excluded folder', files: { '.hearthignore': 'd/\n!d/x' }, out: ['d/x'], in: ['x'] },
    {
      rules: 'the deeper file wins',
      files: { '.hearthignore': '*.md', 'a/.hearthignore': '!keep.md', 'a/b/.hearthignore': 'keep.md' },
      out: ['keep.md', 'a/other.md', 'a/b/keep.md', 'a/b/c/keep.md'],
      in: ['a/keep.md', 'a/c/keep.md'],
    },
    {
      rules: 'a deeper file does not open an excluded folder',
      files: { '.hearthignore': 'a/', 'a/.hearthignore': '!*' },
      out: ['a/x'],
      in: ['b'],
    },
    {
      rules: 'rules tied to their folder',
      files: { 'a/.hearthignore': '/x\ny' },
      out: ['a/x', 'a/b/y'],
      in: ['x', 'y', 'a/b/x'],
    },
    {
      rules: 'a folder named like a pattern',
      files: { '[a]*/.hearthignore': 'x' },
      out: ['[a]*/x'],
      in: ['ab/x', 'x'],
    },
    {
      rules: 'comments, blanks, escapes, CRLF',
      files: { '.hearthignore': '\uFEFF# x\r\n\r\n\\#y\r\n\\!z\r\n!\r\n/\r\n' },
      out: ['#y', '!z'],
      in: ['x', 'y', 'a/b'],
    },
    { rules: 'any case', files: { '.hearthignore': 'Private/' }, out: ['private/a', 'PRIVATE/a'], in: ['privat/a'] },
    {
      rules: 'any Unicode form',
      files: { '.hearthignore': 'caf\u00e9' },
      out: ['cafe\u0301', 'caf\u00e9'],
      in: ['cafe'],
    },
    {
      rules: 'a dotted detour',
      files: { '.hearthignore': '/x' },
      out: ['a/../x', 'a/b/../../x', './x'],
      in: ['x/../y'],
    },
  ];

  for (const fixture of fixtures) {
    it(`follows ${fixture.rules}`, async () => {
      const exclusion = await open(fixture.files);
      // Joined by hand: path.join would resolve the detours before the exclusion sees them.
      const judge = (path: string) => exclusion.isExcluded(`${folder}/${path}`);
      for (const path of fixture.out) assert.equal(await judge(path), true, `${path} is excluded`);
      for (const path of fixture.in) assert.equal(await judge(path), false, `${path} is not excluded`);
      assert.deepEqual(warnings, []);
    });
  }

  it('excludes secrets files anywhere, whatever a .hearthignore takes back', async () => {
    const exclusion = await open({ '.hearthignore': '!.env\n!*' });
    assert.deepEqual(await excluded(exclusion, '.env', 'a/.env.local', '.env.example', '../elsewhere/.env'), [
      '.env',
      'a/.env.local',
      '../elsewhere/.env',
    ]);
  });

  it('gives each workspace folder its own rules, and files outside none', async () => {
    const exclusion = await open({ 'a/.hearthignore': 'x', 'b/.hearthignore': 'y', '.hearthignore': 'z' }, 'a', 'b');
    assert.deepEqual(await excluded(exclusion, 'a/x', 'a/y', 'a/z', 'b/x', 'b/y', 'x', 'ab/x'), ['a/x', 'b/y']);
    exclusion.setFolders([at('b')]);
    assert.deepEqual(await excluded(exclusion, 'a/x', 'b/y'), ['b/y']);
  });

  it('obeys both folders where one workspace folder lies in another', async () => {
    const exclusion = await open({ '.hearthignore': 'x', 'a/.hearthignore': '!x\ny' }, '.', 'a');
    assert.deepEqual(await excluded(exclusion, 'a/y', 'a/z', 'x'), ['a/y', 'x']);
  });

  itOnLinks('judges a link by what it leads to', async () => {
    const exclusion = await open({ '.hearthignore': 'hidden/', 'hidden/plan.md': '', '.env': '', 'open/a.md': '' });
    await symlink(at('.env'), at('open/notes.md'));
    await symlink(at('hidden'), at('open/dir'));
    await symlink(at('nowhere'), at('open/dangling'));
    await symlink(at('open/loop'), at('open/loop'));
    assert.deepEqual(
      await excluded(exclusion, 'open/a.md', 'open/notes.md', 'open/dir/plan.md', 'open/dir/new.md', 'open/new.md'),
      ['open/notes.md', 'open/dir/plan.md', 'open/dir/new.md'],
    );
    assert.deepEqual(await excluded(exclusion, 'open/dangling', 'open/loop'), ['open/dangling', 'open/loop']);
  });

  itOnLinks('knows a workspace folder opened through a link under both names', async () => {
    await write({ 'real/.hearthignore': 'x' });
    await symlink(at('real'), at('link'));
    const exclusion = createExclusion({ folders: [at('link')], log });
    assert.deepEqual(await excluded(exclusion, 'link/x', 'real/x', 'link/y'), ['link/x', 'real/x']);
  });

  describe('fails closed', () => {
    const malformed: Readonly<Record<string, Uint8Array>> = {
      'bytes that are no UTF-8': Uint8Array.of(0x61, 0xff, 0xfe),
      'UTF-16': Buffer.from('\ufeffsecret/', 'utf16le'),
      'a NUL': Buffer.from('a\0b'),
      'a megabyte and more': Buffer.alloc(1_000_001, 'a\n'),
    };
    for (const [what, bytes] of Object.entries(malformed)) {
      it(`on ${what}`, async () => {
        const exclusion = await open({ 'a/.hearthignore': bytes });
        assert.deepEqual(await excluded(exclusion, 'a/x', 'a/b/y', 'x'), ['a/x', 'a/b/y']);
        assert.equal(warnings.length, 1, 'one log line');
        assert.match(warnings[0] ?? '', /\.hearthignore/);
      });
    }

    it('on a .hearthignore that is a folder', async () => {
      const exclusion = await open({ '.hearthignore/x': '' });
      assert.deepEqual(await excluded(exclusion, 'y'), ['y']);
    });

    it('on a path with a NUL', async () => {
      assert.equal(await (await open({})).isExcluded(`${folder}/a\0b`), true);
    });
  });

  it('sees a changed, a deleted and a mended .hearthignore as soon as it is told', async () => {
    const exclusion = await open({ '.hearthignore': 'x', 'a/y': '' });
    assert.deepEqual(await excluded(exclusion, 'x', 'a/y'), ['x']);
    await write({ 'a/.hearthignore': 'y' });
    assert.deepEqual(await excluded(exclusion, 'x', 'a/y'), ['x'], 'cached until told');
    exclusion.changed(at('a/.hearthignore'));
    assert.deepEqual(await excluded(exclusion, 'x', 'a/y'), ['x', 'a/y']);
    await rm(at('.hearthignore'));
    await write({ 'a/.hearthignore': Uint8Array.of(0xff) });
    exclusion.changed(at('.hearthignore'));
    assert.deepEqual(await excluded(exclusion, 'x', 'a/b'), ['a/b']);
  });

  itOnLinks('sees a file that became a link as soon as it is told', async () => {
    const exclusion = await open({ '.env': '', 'notes.md': '' });
    assert.deepEqual(await excluded(exclusion, 'notes.md'), []);
    await rm(at('notes.md'));
    await symlink(at('.env'), at('notes.md'));
    exclusion.changed(at('notes.md'));
    assert.deepEqual(await excluded(exclusion, 'notes.md'), ['notes.md']);
  });

  it('answers a known path without going to the disk', async () => {
    const exclusion = await open({ '.hearthignore': 'x' });
    assert.equal(exclusion.isExcluded(at('a/b')), exclusion.isExcluded(at('a/b')));
  });

  it('separates Windows paths by their own rules', () => {
    assert.equal(pathInside('C:\\w', 'c:\\W\\a\\b.ts', win32), 'a/b.ts');
    assert.equal(pathInside('C:\\w', 'D:\\w\\a', win32), undefined);
    assert.equal(pathInside('C:\\w', 'C:\\work\\a', win32), undefined);
    assert.equal(pathInside('C:\\w\\a', 'C:\\w\\b', win32), undefined);
    assert.equal(pathInside('\\\\host\\share\\w', '\\\\host\\share\\w\\a\\b', win32), 'a/b');
    assert.equal(pathInside('/w', '/w/..a/b'), '..a/b');
  });
});
