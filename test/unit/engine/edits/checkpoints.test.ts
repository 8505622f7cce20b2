import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import { beforeFile, type PlannedFile } from '../../../../src/edits/plan/editPlan.ts';
import { Checkpoints } from '../../../../src/engine/edits/checkpoints.ts';
import { ProblemError } from '../../../../src/protocol/problems.ts';

const target = { asked: 'a.ts', path: '/w/a.ts', inside: 'a.ts', exists: true };
const change = (before: string, after: string): PlannedFile => ({
  kind: 'change',
  target,
  before: beforeFile({ text: before }),
  after,
});

describe('checkpoints', () => {
  let scratch: string;
  let folder: string;
  let nowMs: number;
  let checkpoints: Checkpoints;
  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), 'hearth-checkpoints-'));
    folder = join(scratch, 'checkpoints');
    nowMs = Date.now();
    checkpoints = new Checkpoints({ folder, log: silentLogger, now: () => nowMs });
  });
  afterEach(() => rmSync(scratch, { recursive: true, force: true }));

  it('are kept for this user alone, and read as they were kept', async () => {
    const files: readonly PlannedFile[] = [
      change('a\n', 'b\n'),
      { kind: 'create', target: { ...target, exists: false }, after: 'new' },
      { kind: 'delete', target, before: beforeFile({ text: 'gone' }) },
      {
        kind: 'rename',
        target,
        to: { ...target, inside: 'b.ts', path: '/w/b.ts' },
        before: beforeFile({ text: 'x' }),
        after: 'y',
      },
    ];
    const { id } = await checkpoints.keep(files);
    const read = await checkpoints.get(id);
    assert.deepEqual(
      read?.files.map((file) => ({ ...file, target: { ...file.target, asked: '' } })),
      files.map((file) => ({
        ...file,
        target: { ...file.target, asked: '' },
        ...('to' in file && { to: { ...file.to, asked: file.to.path } }),
      })),
    );
    if (process.platform !== 'win32') {
      assert.equal(statSync(folder).mode & 0o777, 0o700);
      assert.equal(statSync(join(folder, `${id}.json`)).mode & 0o777, 0o600);
    }
  });

  it('are listed, the newest first, and dropped', async () => {
    const first = await checkpoints.keep([change('a', 'b')]);
    nowMs += 5;
    const second = await checkpoints.keep([change('b', 'c')]);
    assert.deepEqual(
      (await checkpoints.list()).map(({ id }) => id),
      [second.id, first.id],
    );
    await checkpoints.drop(second.id);
    assert.deepEqual(
      (await checkpoints.list()).map(({ id }) => id),
      [first.id],
    );
  });

  it('go on under one id', async () => {
    const { id } = await checkpoints.keep([change('a', 'b')]);
    await checkpoints.keep([change('a', 'c')], id);
    assert.equal((await checkpoints.list()).length, 1);
    const [file] = (await checkpoints.get(id))?.files ?? [];
    assert.equal(file?.kind === 'change' && file.after, 'c');
  });

  it('are as if not there when they are damaged, and none is a path', async () => {
    const { id } = await checkpoints.keep([change('a', 'b')]);
    for (const text of [
      '',
      '{',
      '[]',
      '{"version":2}',
      `{"version":1,"id":"${id}","atMs":1,"files":[{"kind":"change"}]}`,
    ]) {
      writeFileSync(join(folder, `${id}.json`), text);
      assert.equal(await checkpoints.get(id), undefined);
    }
    assert.deepEqual(await checkpoints.list(), []);
    writeFileSync(join(scratch, 'secret.json'), '{}');
    assert.equal(await checkpoints.get('../secret'), undefined);
    await checkpoints.drop('../secret');
    assert.ok(readdirSync(scratch).includes('secret.json'));
  });

  it('are bounded in number, age and size, and the newest always stays', async () => {
    const limits = { count: 4, bytes: 10_000, ageMs: 60_000 };
    const few = new Checkpoints({ folder, log: silentLogger, now: () => nowMs, limits });
    const keep = async (text: string) => {
      nowMs += 1;
      await few.keep([change(text, text)]);
      return (await few.list()).length;
    };
    const lengths: number[] = [];
    for (let at = 0; at < 6; at++) lengths.push(await keep(`${at}`));
    assert.deepEqual(lengths, [1, 2, 3, 4, 4, 4]);
    assert.equal(await keep('x'.repeat(4_000)), 4);
    assert.equal(await keep('x'.repeat(4_000)), 1);
    assert.equal(await keep('x'.repeat(40_000)), 1);
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), 0, 0);
    await few.prune();
    assert.deepEqual(await few.list(), []);
  });

  it('leave nothing behind of a process that was killed', async () => {
    mkdirSync(folder);
    const leftover = join(folder, '000.json.999999999-0123abcd.new');
    writeFileSync(leftover, 'code');
    utimesSync(leftover, 0, 0);
    await checkpoints.keep([change('a', 'b')]);
    assert.ok(readdirSync(folder).every((name) => name.endsWith('.json')));
  });

  it('that cannot be kept are a problem with a reason', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) {
      // A folder that nobody may write to stops neither Windows nor root: a file in its place does.
      writeFileSync(folder, '');
    } else {
      mkdirSync(folder);
      chmodSync(folder, 0o500);
    }
    await assert.rejects(
      checkpoints.keep([change('a', 'b')]),
      (cause) => cause instanceof ProblemError && cause.problem.code === 'edits.noCheckpoint',
    );
  });
});
