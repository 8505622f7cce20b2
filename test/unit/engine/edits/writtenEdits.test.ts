import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { PlannedFile } from '../../../../src/edits/plan/editPlan.ts';
import { Checkpoints } from '../../../../src/engine/edits/checkpoints.ts';
import { KeptPlans } from '../../../../src/engine/edits/keptPlans.ts';
import { planForClient } from '../../../../src/engine/edits/planForClient.ts';
import { WrittenEdits } from '../../../../src/engine/edits/writtenEdits.ts';
import type { EditPlanView } from '../../../../src/protocol/editMessages.ts';
import { type EditedFolder, editFolder } from './editedFolder.ts';

const block = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;

describe('writing what was planned', () => {
  let data: string;
  let opened: EditedFolder;
  let plans: KeptPlans;
  let written: WrittenEdits;
  let taught: { readonly file: PlannedFile; readonly model: string | undefined }[];
  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'hearth-data-'));
    opened = await editFolder({ 'a.ts': 'one\ntwo\nthree\n', 'b.ts': 'b\n', 'package.json': '{}\n' });
    plans = new KeptPlans();
    taught = [];
    written = new WrittenEdits({
      sources: opened.sources,
      plans,
      checkpoints: new Checkpoints({ folder: data, log: silentLogger, now: () => Date.now() }),
      onWritten: (file, model) => taught.push({ file, model }),
    });
  });
  afterEach(async () => {
    rmSync(data, { recursive: true, force: true });
    await opened[Symbol.asyncDispose]();
  });

  const plan = (text: string): Promise<EditPlanView> =>
    planForClient({ kind: 'answer', text, model: 'm' }, opened.sources, plans);
  const twoFiles = `${block('a.ts', 'two', 'TWO')}\n${block('b.ts', 'b', 'B')}`;

  /** Plans, checks, writes and says so, as a client does. */
  async function write(text: string, confirmed: readonly string[] = []): Promise<string> {
    const { id } = await plan(text);
    const checked = await written.check({ plan: id, confirmed });
    assert.ok(checked.ok, JSON.stringify(checked));
    await opened.carryOut(plans.get(id)?.plan.files ?? []);
    await written.applied({ plan: id, checkpoint: checked.checkpoint, isWritten: true });
    return checked.checkpoint;
  }

  async function writePlan({ id }: EditPlanView): Promise<void> {
    const checked = await written.check({ plan: id, confirmed: [] });
    assert.ok(checked.ok, JSON.stringify(checked));
    await opened.carryOut(plans.get(id)?.plan.files ?? []);
  }

  it('is checked, kept, told, and rolled back', async () => {
    const checkpoint = await write(twoFiles);
    assert.equal(await opened.text('a.ts'), 'one\nTWO\nthree\n');
    assert.deepEqual(
      taught.map(({ file, model }) => [file.target.inside, model]),
      [
        ['a.ts', 'm'],
        ['b.ts', 'm'],
      ],
    );
    assert.deepEqual(
      (await written.list()).checkpoints.map(({ paths }) => paths),
      [['a.ts', 'b.ts']],
    );
    const back = await written.rollBack({ checkpoint });
    assert.deepEqual(back.changedSince, []);
    await writePlan(back.plan);
    assert.equal(await opened.text('a.ts'), 'one\ntwo\nthree\n');
    assert.equal(await opened.text('b.ts'), 'b\n');
  });

  it('does not happen when a file was changed, is gone, or has appeared', async () => {
    const { id } = await plan(`${twoFiles}\n\`\`\`ts new.ts\nx\n\`\`\``);
    await opened.folder.write({ 'a.ts': 'one\ntwo\nfour\n', 'new.ts': 'there\n' });
    await rm(join(opened.folder.path, 'b.ts'));
    const checked = await written.check({ plan: id, confirmed: [] });
    // What is there or not is a matter of the path, and paths are asked first.
    assert.deepEqual(checked, {
      ok: false,
      stale: [
        { path: 'b.ts', why: 'moved' },
        { path: 'new.ts', why: 'moved' },
      ],
    });
    await opened.folder.write({ 'b.ts': 'b\n' });
    await rm(join(opened.folder.path, 'new.ts'));
    assert.deepEqual(await written.check({ plan: id, confirmed: [] }), {
      ok: false,
      stale: [{ path: 'a.ts', why: 'changed' }],
    });
    assert.deepEqual((await written.list()).checkpoints, []);
  });

  it('does not happen through a link that was put there meanwhile', async function () {
    if (process.platform === 'win32') this.skip();
    const { path, outside } = opened.folder;
    const { id } = await plan(block('a.ts', 'two', 'TWO'));
    await writeFile(join(outside, 'a.ts'), 'one\ntwo\nthree\n');
    await rm(join(path, 'a.ts'));
    await symlink(join(outside, 'a.ts'), join(path, 'a.ts'));
    assert.deepEqual(await written.check({ plan: id, confirmed: [] }), {
      ok: false,
      stale: [{ path: 'a.ts', why: 'moved' }],
    });
  });

  it('does not happen through a folder that became a link', async function () {
    if (process.platform === 'win32') this.skip();
    const { path, outside } = opened.folder;
    await opened.folder.write({ 'src/c.ts': 'c\n' });
    const { id } = await plan(block('src/c.ts', 'c', 'C'));
    await rename(join(path, 'src'), join(outside, 'src'));
    await symlink(join(outside, 'src'), join(path, 'src'));
    const checked = await written.check({ plan: id, confirmed: [] });
    assert.deepEqual(checked, { ok: false, stale: [{ path: 'src/c.ts', why: 'moved' }] });
  });

  it('needs a yes to each protected file', async () => {
    const text = `${block('package.json', '{}', '{"scripts":{}}')}\n\`\`\`json .vscode/settings.json\n{}\n\`\`\``;
    const { id, files } = await plan(text);
    assert.deepEqual(
      files.map(({ path, confirm }) => [path, confirm]),
      [
        ['package.json', 'packages'],
        ['.vscode/settings.json', 'editor'],
      ],
    );
    assert.deepEqual(await written.check({ plan: id, confirmed: ['package.json'] }), {
      ok: false,
      unconfirmed: ['.vscode/settings.json'],
    });
    const checked = await written.check({ plan: id, confirmed: ['package.json', '.vscode/settings.json'] });
    assert.ok(checked.ok);
  });

  it('does not happen for a plan with a refusal, or one that is unknown', async () => {
    const { id, refused } = await plan(`${block('a.ts', 'two', 'TWO')}\n${block('a.ts', 'nowhere', 'x')}`);
    assert.equal(refused.length, 1);
    for (const each of [id, 'unknown'])
      assert.deepEqual(await written.check({ plan: each, confirmed: [] }), {
        ok: false,
        problem: { code: 'edits.gone' },
      });
  });

  it('leaves no checkpoint when nothing was written', async () => {
    const { id } = await plan(twoFiles);
    const checked = await written.check({ plan: id, confirmed: [] });
    assert.ok(checked.ok);
    await written.applied({ plan: id, checkpoint: checked.checkpoint, isWritten: false });
    assert.deepEqual((await written.list()).checkpoints, []);
    assert.deepEqual(taught, []);
  });

  it('goes back file by file: what was changed since is told, and only forced', async () => {
    const checkpoint = await write(twoFiles);
    await opened.folder.write({ 'a.ts': 'mine\n' });
    const back = await written.rollBack({ checkpoint });
    assert.deepEqual(back.changedSince, ['a.ts']);
    assert.deepEqual(
      back.plan.files.map(({ path }) => path),
      ['b.ts'],
    );
    const forced = await written.rollBack({ checkpoint, force: true });
    await writePlan(forced.plan);
    assert.equal(await opened.text('a.ts'), 'one\ntwo\nthree\n');
    assert.equal(await opened.text('b.ts'), 'b\n');
  });

  it('goes back from created, deleted and renamed files, and has nothing to do when all is as before', async () => {
    const diff = [
      '```diff',
      '--- /dev/null',
      '+++ b/new/c.ts',
      '@@ -0,0 +1 @@',
      '+c',
      '--- a/b.ts',
      '+++ /dev/null',
      '@@ -1 +0,0 @@',
      '-b',
      'diff --git a/a.ts b/moved.ts',
      'rename from a.ts',
      'rename to moved.ts',
      '--- a/a.ts',
      '+++ b/moved.ts',
      '@@ -1,3 +1,3 @@',
      ' one',
      '-two',
      '+TWO',
      ' three',
      '```',
    ].join('\n');
    const checkpoint = await write(diff);
    assert.deepEqual(await Promise.all(['new/c.ts', 'b.ts', 'a.ts', 'moved.ts'].map((path) => opened.text(path))), [
      'c\n',
      undefined,
      undefined,
      'one\nTWO\nthree\n',
    ]);
    await writePlan((await written.rollBack({ checkpoint })).plan);
    assert.deepEqual(await Promise.all(['new/c.ts', 'b.ts', 'a.ts', 'moved.ts'].map((path) => opened.text(path))), [
      undefined,
      'b\n',
      'one\ntwo\nthree\n',
      undefined,
    ]);
    const again = await written.rollBack({ checkpoint });
    assert.deepEqual([again.plan.files, again.changedSince], [[], []]);
  });

  it('goes hunk by hunk under one checkpoint, and begins another after an edit of the user', async () => {
    const { id, files } = await plan(`${block('a.ts', 'one', 'ONE')}\n${block('a.ts', 'three', 'THREE')}`);
    const uri = files[0]?.uri ?? '';
    const part = async (before: string, after: string) => {
      const checked = await written.check({ plan: id, confirmed: [], part: { uri, before, after } });
      assert.ok(checked.ok, JSON.stringify(checked));
      await opened.folder.write({ 'a.ts': after });
      await written.applied({ plan: id, checkpoint: checked.checkpoint, isWritten: true });
      return checked.checkpoint;
    };
    const first = await part('one\ntwo\nthree\n', 'ONE\ntwo\nthree\n');
    assert.equal(await part('ONE\ntwo\nthree\n', 'ONE\ntwo\nTHREE\n'), first);
    await writePlan((await written.rollBack({ checkpoint: first })).plan);
    assert.equal(await opened.text('a.ts'), 'one\ntwo\nthree\n');
    await opened.folder.write({ 'a.ts': 'mine\nthree\n' });
    const second = await part('mine\nthree\n', 'mine\nTHREE\n');
    assert.notEqual(second, first);
    assert.deepEqual(await written.check({ plan: id, confirmed: [], part: { uri, before: 'other', after: 'x' } }), {
      ok: false,
      stale: [{ path: 'a.ts', why: 'changed' }],
    });
    const elsewhere = pathToFileURL(join(opened.folder.path, 'b.ts')).href;
    assert.deepEqual(
      await written.check({ plan: id, confirmed: [], part: { uri: elsewhere, before: 'b\n', after: 'x' } }),
      {
        ok: false,
        problem: { code: 'edits.gone' },
      },
    );
  });
});
