import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { silentLogger } from '../../../../src/base/logger.ts';
import { IndexedFolder } from '../../../../src/codeIndex/host/indexedFolder.ts';
import { comeBack, type IndexLocation, locateIndex, stayAway } from '../../../../src/codeIndex/host/indexLocation.ts';
import type { Problem } from '../../../../src/protocol/problems.ts';
import { FakeTools, Fault } from './fakeTools.ts';

describe('the life of a folder’s index', () => {
  let root = '';
  let tools = new FakeTools();
  let problems: Problem[] = [];
  let location: IndexLocation;
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'folder-'));
    mkdirSync(join(root, 'project'));
    tools = new FakeTools();
    problems = [];
    const located = await locateIndex(join(root, 'index'), join(root, 'project'));
    assert.ok(located);
    location = located;
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const open = (teamIndex = '') =>
    new IndexedFolder({
      folder: join(root, 'project'),
      otherFolders: [],
      location,
      teamIndex,
      paused: false,
      tools,
      log: silentLogger,
      onProblem: (problem) => problems.push(problem),
      pollMs: 5,
      retryMs: 5,
      patienceMs: 50,
    });
  const until = async (happened: () => boolean, what: string) => {
    for (const deadline = Date.now() + 2_000; !happened(); await setTimeout(2))
      assert.ok(Date.now() < deadline, `${what}; done so far: ${tools.done.join(', ')}`);
  };

  it('writes when nobody else does, and leaves the lock to the next when it ends', async () => {
    const folder = open();
    await until(() => folder.status.state === 'ready', 'the indexer speaks for it');
    assert.equal(folder.store?.folder, 'writer');
    folder.changed(['/a']);
    await folder[Symbol.asyncDispose]();
    assert.deepEqual(tools.done, ['writing', 'changed /a', 'indexer ended', 'writer closed', 'released']);
    assert.equal(folder.store, undefined);
  });

  it('reads while another window writes, and takes over when that one is gone', async () => {
    tools.locked.add(location.path);
    await using folder = open();
    await until(() => folder.store?.folder === 'reader', 'it reads');
    assert.equal(folder.status.state, 'reading');
    tools.locked.delete(location.path);
    await until(() => folder.store?.folder === 'writer', 'it writes');
    assert.ok(tools.done.includes('reader closed'));
  });

  it('waits for a writer that has only begun', async () => {
    tools.locked.add(location.path);
    tools.unreadable.set(location.storePath, new Error('nothing there'));
    await using folder = open();
    await until(() => folder.status.state === 'reading', 'it waits');
    assert.equal(folder.store, undefined);
    tools.unreadable.clear();
    await until(() => folder.store?.folder === 'reader', 'it reads');
    assert.deepEqual(problems, []);
  });

  it('deletes everything when it is forgotten, whoever says so, and begins anew when called back', async () => {
    await using folder = open();
    await until(() => existsSync(location.storePath), 'it writes');
    await stayAway(location);
    await until(() => folder.status.state === 'off', 'it is off');
    assert.equal(existsSync(location.path), false);
    assert.equal(folder.store, undefined);
    await comeBack(location);
    await until(() => folder.store !== undefined, 'it is back');
  });

  it('sets a broken store aside, says so once, and begins anew', async () => {
    await using folder = open();
    await until(() => folder.store !== undefined, 'it writes');
    tools.breakIndexer(new Fault('broken'));
    await until(() => tools.done.filter((each) => each === 'writing').length === 2, 'it writes again');
    assert.ok(tools.done.indexOf('set aside') < tools.done.indexOf('released'), 'while it held the lock');
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['index.rebuilt'],
    );
  });

  it('notices a broken store when a search fails', async () => {
    await using folder = open();
    await until(() => folder.store !== undefined, 'it writes');
    tools.searchFault = new Fault('broken');
    await assert.rejects(async () => folder.store?.byTerms(['a'], 1));
    await until(() => tools.done.includes('set aside'), 'it is set aside');
  });

  it('tries again after a failure of something else, and keeps the store', async () => {
    tools.unreadable.set(location.storePath, new Fault('diskFull'));
    await using folder = open();
    await until(() => folder.status.state === 'error', 'it says what is wrong');
    tools.unreadable.clear();
    await until(() => folder.status.state === 'ready', 'it goes on');
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['index.diskFull'],
    );
    assert.ok(!tools.done.includes('set aside'));
  });

  it('reads a team’s index instead of making one', async () => {
    await using folder = open('s3://team/project');
    await until(() => folder.store !== undefined, 'it reads');
    assert.equal(folder.store?.folder, 'reader');
    assert.equal(existsSync(location.path), false);
  });

  it('makes its own, and says why, when the team’s cannot be read', async () => {
    tools.unreadable.set('s3://team/project', new Error('access denied'));
    await using folder = open('s3://team/project');
    await until(() => folder.store?.folder === 'writer', 'it writes');
    assert.deepEqual(problems, [{ code: 'index.team', location: 's3://team/project', reason: 'access denied' }]);
  });

  it('makes its own when the team’s does not open in time', async () => {
    tools.hanging.add('s3://team/project');
    await using folder = open('s3://team/project');
    await until(() => folder.store?.folder === 'writer', 'it writes');
    const reason = 'no answer within 0.05 seconds';
    assert.deepEqual(problems, [{ code: 'index.team', location: 's3://team/project', reason }]);
  });

  it('opens the team’s anew when a search does not reach it, and makes its own when that fails, too', async () => {
    await using folder = open('s3://team/project');
    const search = () => folder.store?.byTerms(['a'], 1);
    await until(() => folder.store !== undefined, 'it reads');
    tools.searchFault = new Fault('unreachable');
    await assert.rejects(async () => search());
    await until(() => tools.done.filter((each) => each === 'reading').length === 2, 'it is opened anew');
    assert.deepEqual(problems, []);
    tools.unreadable.set('s3://team/project', new Fault('unreachable'));
    await until(() => folder.store !== undefined, 'it reads again');
    await assert.rejects(async () => search());
    await until(() => folder.store?.folder === 'writer', 'it writes');
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['index.team'],
    );
  });
});
