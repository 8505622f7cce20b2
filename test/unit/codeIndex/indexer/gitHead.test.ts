import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  findGit,
  isGitBusy,
  packedRef,
  parseSymbolicRef,
  readGitHead,
} from '../../../../src/codeIndex/indexer/gitHead.ts';
import { temporaryFolder } from '../../inference/models/temporaryFolder.ts';
import { gitIn } from './gitIn.ts';

const id = 'a'.repeat(40);
const otherId = 'b'.repeat(40);

async function headOf(folder: string): Promise<string | undefined> {
  const git = await findGit(folder);
  return git && readGitHead(git);
}

describe('what git has checked out', () => {
  const folder = temporaryFolder();
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(join(folder(), path, '..'), { recursive: true });
    await writeFile(join(folder(), path), text);
  };

  it('is found from a branch, loose or packed, and from a detached head', async () => {
    await write('.git/HEAD', 'ref: refs/heads/main\n');
    assert.equal(await headOf(folder()), '');
    await write('.git/packed-refs', `# pack-refs with: peeled\n${otherId} refs/heads/main\n^${id}\n`);
    assert.equal(await headOf(folder()), otherId);
    await write('.git/refs/heads/main', `${id}\n`);
    assert.equal(await headOf(folder()), id);
    await write('.git/HEAD', `${otherId}\n`);
    assert.equal(await headOf(folder()), otherId);
  });

  it('is that of the repository around a subfolder, and of none outside', async () => {
    assert.equal(await findGit(join(folder(), 'deep')), undefined);
    await write('.git/HEAD', `${id}\n`);
    await write('deep/er/file', '');
    assert.equal(await headOf(join(folder(), 'deep/er')), id);
  });

  it('changes with the tables of a reftable repository', async () => {
    await write('.git/HEAD', 'ref: refs/heads/.invalid\n');
    await write('.git/reftable/tables.list', 'one.ref\n');
    const before = await headOf(folder());
    await write('.git/reftable/tables.list', 'one.ref\ntwo.ref\n');
    assert.notEqual(await headOf(folder()), before);
  });

  it('is what git itself says, in working trees of one repository, too', async () => {
    const main = join(folder(), 'main');
    const linked = join(folder(), 'linked');
    await mkdir(main);
    const git = gitIn(main);
    git('init', '-q');
    git('commit', '-q', '--allow-empty', '-m', 'one');
    git('worktree', 'add', '-q', '-b', 'other', linked);
    gitIn(linked)('commit', '-q', '--allow-empty', '-m', 'two');
    git('pack-refs', '--all');
    assert.equal(await headOf(main), git('rev-parse', 'HEAD'));
    assert.equal(await headOf(linked), gitIn(linked)('rev-parse', 'HEAD'));
    assert.notEqual(await headOf(main), await headOf(linked));

    const found = await findGit(linked);
    assert.ok(found);
    assert.equal(await isGitBusy(found), false);
    execFileSync('touch', [join(main, '.git/worktrees/linked/index.lock')]);
    assert.equal(await isGitBusy(found), true);
  }).timeout(5000);

  it('is parsed without trusting the text', () => {
    assert.equal(parseSymbolicRef('ref: refs/heads/feature/x\r\n'), 'refs/heads/feature/x');
    assert.equal(parseSymbolicRef(id), undefined);
    assert.equal(packedRef(`${id} refs/heads/main2\n`, 'refs/heads/main'), '');
    assert.equal(packedRef('nonsense refs/heads/main\n', 'refs/heads/main'), '');
  });
});
