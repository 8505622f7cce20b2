import assert from 'node:assert/strict';
import { lstat, mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { checkAgain, resolveTarget } from '../../../../src/edits/target/resolveTarget.ts';
import { isTarget } from '../../../../src/edits/target/target.ts';
import { pathInside } from '../../../../src/privacy/exclusion.ts';
import { type OpenedFolder, openFolder } from './openedFolder.ts';

/** Making links needs rights on Windows that a test run does not have. */
const describeOnLinks = process.platform === 'win32' ? () => {} : describe;

const names = fc.oneof(
  fc.constantFrom('src', 'SRC', 'a.ts', 'b', 'out', 'up', 'in', 'loop', 'link.ts', 'project', 'outside', 'etc', 'proc'),
  fc.constantFrom('..', '.', '...', '', ' ', '~', 'C:', 'c:', '\\\\?', 'nul', 'con.ts', 'a.ts:x', 'a.', '\0', '\u200d'),
  fc.constantFrom(
    '.git',
    '.GIT',
    '.g\u200cit',
    'git~1',
    '.vscode',
    'caf\u00e9',
    'cafe\u0301',
    'CAF\u00c9',
    '\uff0e\uff0e',
    '\u2024',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const paths = fc
  .tuple(
    fc.constantFrom('', '/', '\\', '//', './', 'C:\\', '@/', '@/../'),
    fc.array(fc.tuple(names, fc.constantFrom('/', '\\', '//'))),
    names,
  )
  .map(([start, middle, last]) => start + middle.map((each) => each.join('')).join('') + last);

describeOnLinks('any path', () => {
  let folder: OpenedFolder;
  beforeEach(async () => {
    folder = await openFolder({ 'src/a.ts': '', '.git/config': '', '.vscode/x': '', 'caf\u00e9/a.ts': '' });
    await writeFile(join(folder.outside, 'a.ts'), '');
    await symlink(folder.outside, join(folder.path, 'out'));
    await symlink('../..', join(folder.path, 'src', 'up'));
    await symlink('src', join(folder.path, 'in'));
    await symlink('loop', join(folder.path, 'loop'));
    await symlink('../outside/a.ts', join(folder.path, 'link.ts'));
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  it('leads into the workspace or nowhere, and by no link', async () => {
    await fc.assert(
      fc.asyncProperty(paths, async (path) => {
        const asked = path.replace('@', folder.path);
        const target = await resolveTarget(asked, folder.workspace);
        if (!isTarget(target)) return;
        const real = await realPlace(target.path);
        assert.equal(pathInside(folder.path, real), target.inside, asked);
        const stats = await lstat(target.path).catch(() => undefined);
        assert.equal(stats?.isFile(), target.exists ? true : undefined);
        if (/^\.(git|vscode)\//i.test(target.inside)) assert.ok(target.confirm, asked);
      }),
      { numRuns: 1_000 },
    );
  });

  it('that still holds at the time of writing still leads there', async () => {
    const swaps: readonly ((path: string) => Promise<void>)[] = [
      async () => {},
      (path) => rm(path, { recursive: true, force: true }),
      (path) => replaced(path, () => symlink(folder.outside, path)),
      (path) => replaced(path, () => symlink(join(folder.outside, 'a.ts'), path)),
      (path) => replaced(path, () => symlink(join(folder.path, 'src'), path)),
      (path) => replaced(path, () => mkdir(path)),
      (path) => replaced(path, () => writeFile(path, '')),
    ];
    const places = fc.constantFrom('x/y/z.ts', 'x/y', 'x');
    await fc.assert(
      fc.asyncProperty(places, fc.nat(swaps.length - 1), fc.boolean(), async (place, swap, isThere) => {
        await rm(join(folder.path, 'x'), { recursive: true, force: true });
        await mkdir(join(folder.path, 'x', 'y'), { recursive: true });
        if (isThere) await writeFile(join(folder.path, 'x/y/z.ts'), '');
        const target = await resolveTarget('x/y/z.ts', folder.workspace);
        assert.ok(isTarget(target));
        await swaps[swap]?.(join(folder.path, place));
        if ((await checkAgain(target, folder.workspace)) !== undefined) return;
        assert.equal(await realPlace(target.path), join(folder.path, 'x/y/z.ts'));
      }),
      { numRuns: 100 },
    );
  });
});

async function replaced(path: string, make: () => Promise<unknown>): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await mkdir(dirname(path), { recursive: true });
  await make();
}

/** Where a file would be written, with all links followed. */
async function realPlace(path: string): Promise<string> {
  return realpath(path).catch(async () => join(await realPlace(dirname(path)), basename(path)));
}
