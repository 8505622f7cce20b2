import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { hashOf, isMostlyDropped } from '../../../../src/edits/plan/editPlan.ts';
import { planEdits } from '../../../../src/edits/plan/planEdits.ts';
import { reversed } from '../../../../src/edits/plan/reversed.ts';
import { isStale, staleFiles } from '../../../../src/edits/plan/stale.ts';
import { anyText } from '../text/texts.ts';
import { unified } from '../text/unified.ts';
import { carriedOut, type Files, planFor, readIn, shownOutcome, sourcesOf, targetAt } from './inMemory.ts';

const block = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n`;
const whole = (path: string, text: string) => `\`\`\`ts ${path}\n${text}\`\`\`\n`;
const diff = (lines: string) => `\`\`\`diff\n${lines}\`\`\`\n`;

/** What became of each proposal, and of the files. */
async function planned(files: Files, answer: string): Promise<readonly [outcomes: string, files: Files]> {
  const plan = await planFor(files, answer);
  const outcomes = plan.outcomes.map(shownOutcome);
  assert.equal(
    plan.isComplete,
    plan.outcomes.every(({ state }) => state !== 'refused'),
  );
  return [outcomes.join(), carriedOut(files, plan.files)];
}

describe('a plan', () => {
  it('puts each block on what those before it left', async () => {
    assert.deepEqual(
      await planned({ 'a.ts': 'a\nb\n' }, block('a.ts', 'a\n', 'x\ny\n') + block('a.ts', 'y\nb\n', 'z\n')),
      ['applied,applied', { 'a.ts': 'x\nz\n' }],
    );
  });

  it('keeps the text and version of each file as it was', async () => {
    const { files } = await planFor({ 'a.ts': 'a\n' }, block('a.ts', 'a\n', 'b\n'));
    assert.deepEqual(files, [
      {
        kind: 'change',
        target: targetAt('a.ts', true),
        before: { text: 'a\n', version: 1, hash: hashOf('a\n') },
        after: 'b\n',
      },
    ]);
  });

  it('skips repetitions and what changes nothing', async () => {
    const again = block('a.ts', 'a\n', 'b\n');
    assert.deepEqual(await planned({ 'a.ts': 'a\n' }, again + again), ['applied,skipped', { 'a.ts': 'b\n' }]);
    assert.deepEqual(await planned({ 'a.ts': 'a\n' }, block('a.ts', 'a\n', 'a\n')), ['skipped', { 'a.ts': 'a\n' }]);
    const { files } = await planFor({ 'a.ts': 'a\n' }, whole('a.ts', 'a\n'));
    assert.deepEqual(files, []);
  });

  it('creates what is not there, and nothing over what is', async () => {
    assert.deepEqual(await planned({}, block('a.ts', '', 'a\n')), ['applied', { 'a.ts': 'a\n' }]);
    assert.deepEqual(await planned({}, whole('a.ts', 'a\nb\n')), ['applied', { 'a.ts': 'a\nb\n' }]);
    const created = diff('--- /dev/null\n+++ b/a.ts\n@@ -0,0 +1 @@\n+a\n\\ No newline at end of file\n');
    assert.deepEqual(await planned({}, created), ['applied', { 'a.ts': 'a' }]);
    assert.deepEqual(await planned({ 'a.ts': 'x\n' }, created), ['exists', { 'a.ts': 'x\n' }]);
    assert.deepEqual(await planned({ 'a.ts': '' }, created), ['applied', { 'a.ts': 'a' }]);
    assert.deepEqual(await planned({ 'b.ts': '' }, block('a.ts', 'x\n', 'y\n')), ['noFile', { 'b.ts': '' }]);
  });

  it('keeps line ends, a byte order mark and a missing last line end in a whole file', async () => {
    assert.deepEqual(await planned({ 'a.ts': '\uFEFFa\r\nb\r\nc' }, whole('a.ts', 'a\nx\ny\nc\n')), [
      'applied',
      { 'a.ts': '\uFEFFa\r\nx\r\ny\r\nc' },
    ]);
  });

  it('leaves out the comment with the path, unless the file has it', async () => {
    const answer = 'a.ts\n```ts\n// a.ts\nx\n```\n';
    assert.deepEqual(await planned({ 'a.ts': 'y\n' }, answer), ['applied', { 'a.ts': 'x\n' }]);
    assert.deepEqual(await planned({ 'a.ts': '// a.ts\ny\n' }, answer), ['applied', { 'a.ts': '// a.ts\nx\n' }]);
  });

  it('gives and takes the last line end where a diff says so', async () => {
    const end = '\\ No newline at end of file\n';
    const at = '--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n';
    assert.deepEqual(await planned({ 'a.ts': 'a\r\nb' }, diff(`${at}-b\n${end}+b\n`)), [
      'applied',
      { 'a.ts': 'a\r\nb\r\n' },
    ]);
    assert.deepEqual(await planned({ 'a.ts': 'a\nb\n' }, diff(`${at}-b\n+c\n${end}`)), ['applied', { 'a.ts': 'a\nc' }]);
    assert.deepEqual(await planned({ 'a.ts': 'b\na\n' }, diff(`${at}-b\n+c\n${end}`)), [
      'applied',
      { 'a.ts': 'c\na\n' },
    ]);
  });

  it('renames, also what it changes', async () => {
    const rename = 'diff --git a/a.ts b/b.ts\nrename from a.ts\nrename to b.ts\n';
    assert.deepEqual(await planned({ 'a.ts': 'a\n' }, diff(rename)), ['applied', { 'b.ts': 'a\n' }]);
    const hunk = '--- a/a.ts\n+++ b/b.ts\n@@ -1 +1 @@\n-a\n+b\n';
    assert.deepEqual(await planned({ 'a.ts': 'a\n' }, diff(rename + hunk)), ['applied,applied', { 'b.ts': 'b\n' }]);
    assert.deepEqual(await planned({ 'a.ts': 'a\n' }, diff(rename) + block('a.ts', 'a\n', 'b\n')), [
      'applied,applied',
      { 'b.ts': 'b\n' },
    ]);
    assert.deepEqual(await planned({ 'a.ts': 'a\n', 'b.ts': '' }, diff(rename)), [
      'exists',
      { 'a.ts': 'a\n', 'b.ts': '' },
    ]);
    assert.deepEqual(await planned({}, diff(rename)), ['noFile', {}]);
    const toNew = block('b.ts', '', 'x\n') + diff(rename);
    assert.deepEqual(await planned({ 'a.ts': 'a\n' }, toNew), ['applied,exists', { 'a.ts': 'a\n', 'b.ts': 'x\n' }]);
  });

  it('refuses what cannot both be', async () => {
    const files = { 'a.ts': 'a\n' };
    const deletion = diff('--- a/a.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n');
    assert.equal((await planned(files, deletion + block('a.ts', 'a\n', 'b\n')))[0], 'applied,contradiction');
    assert.equal((await planned(files, block('a.ts', 'a\n', 'b\n') + deletion))[0], 'applied,contradiction');
    assert.equal((await planned(files, whole('a.ts', 'b\n') + whole('a.ts', 'c\n')))[0], 'applied,contradiction');
    assert.equal(
      (await planned(files, whole('a.ts', 'b\n') + block('a.ts', 'b\n', 'c\n')))[0],
      'applied,contradiction',
    );
    assert.equal((await planned({}, deletion))[0], 'noFile');
  });

  it('says so when a file cannot be read', async () => {
    const proposals = [{ path: 'a.ts', line: 1, change: { kind: 'delete' } }] as const;
    const sources = { ...sourcesOf({}), read: () => Promise.reject(new Error('it is too large')) };
    const { outcomes } = await planEdits(proposals, sources);
    assert.deepEqual(outcomes.map(shownOutcome), ['target']);
    const gone = { ...sourcesOf({}), resolve: async (path: string) => targetAt(path, true) };
    const created = [{ path: 'a.ts', line: 1, change: { kind: 'create', lines: ['a'], finalNewline: true } }] as const;
    assert.deepEqual((await planEdits(created, gone)).outcomes.map(shownOutcome), ['target']);
  });

  it('tells a file of which little is left', async () => {
    const text = Array.from({ length: 40 }, (_, i) => `line ${i}\n`).join('');
    const dropped = async (answer: string) => (await planFor({ 'a.ts': text }, answer)).files.some(isMostlyDropped);
    assert.equal(await dropped(whole('a.ts', 'line 0\n')), true);
    assert.equal(await dropped(whole('a.ts', text.replace('line 3', 'x'))), false);
    assert.equal(await dropped(block('a.ts', 'line 1\n', '')), false);
  });
});

describe('a unified diff', () => {
  const known = ['a', '  b', 'c {', '}', 'ç€😀', '\td', 'e', 'f', 'g', '`', '--', '++ x', '-- y', '@', '\\', ' h'];
  const edits = fc.record({ at: fc.nat(15), removes: fc.nat(2), adds: fc.nat(2) });
  /** A text whose lines all differ, and what became of it. */
  const texts = fc
    .tuple(
      fc.shuffledSubarray(known, { minLength: 6 }),
      fc.array(edits, { maxLength: 4 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([lines, all, lineEnd, ...ends]) => {
      const changed = [...lines];
      for (const [i, { at, removes, adds }] of all.entries())
        changed.splice(at % lines.length, removes, ...Array.from({ length: adds }, (_, j) => `new ${i} ${j}`));
      const text = (each: readonly string[], hasEnd: boolean | undefined) =>
        each.join(lineEnd) + (hasEnd && each.length > 0 ? lineEnd : '');
      return [text(lines, ends[0]), text(changed, ends[1])] as const;
    });

  it('leads where it was made to lead, with right and with wrong numbers', async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.boolean(), async ([before, after], hasNumbers) => {
        const right = unified(before, after).replaceAll('\r', '');
        const written = hasNumbers ? right : right.replace(/^@@ .*/gm, '@@ -70,7 +70,7 @@');
        const [outcomes, files] = await planned({ 'a.ts': before }, diff(written));
        assert.match(outcomes, /^((applied|skipped),?)*$/, written);
        assert.equal(files['a.ts'], after, written);
      }),
      { numRuns: 400 },
    );
  });
});

describe('a checkpoint', () => {
  const files = { 'a.ts': 'a\n', 'b.ts': 'b\n', 'c.ts': 'c\n' };
  const rename =
    'diff --git a/c.ts b/d.ts\nrename from c.ts\nrename to d.ts\n--- a/c.ts\n+++ b/d.ts\n@@ -1 +1 @@\n-c\n+d\n';
  const answer =
    whole('a.ts', 'x\n') + diff(`--- a/b.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-b\n${rename}`) + whole('new.ts', 'n\n');

  it('leads back from everything that a plan did', async () => {
    const { files: there } = await planFor(files, answer);
    assert.deepEqual(
      there.map(({ kind }) => kind),
      ['change', 'delete', 'rename', 'create'],
    );
    const after = carriedOut(files, there);
    assert.deepEqual(carriedOut(after, reversed(there)), files);
    assert.equal(await isStale({ files: reversed(there) }, (target) => readIn(after, target)), false);
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (before, text) => {
        const start = { 'a.ts': before };
        const plan = await planEdits(
          [{ path: 'a.ts', line: 1, change: { kind: 'whole', lines: text.split('\n'), hasPathComment: false } }],
          sourcesOf(start),
        );
        assert.deepEqual(carriedOut(carriedOut(start, plan.files), reversed(plan.files)), start);
      }),
    );
  });

  it('and a plan are stale once something else was written', async () => {
    const plan = await planFor(files, answer);
    const stale = async (now: Files) =>
      (await staleFiles(plan, (target) => readIn(now, target)))
        .map(({ target, why }) => `${target.inside} ${why}`)
        .join();
    assert.equal(await stale(files), '');
    assert.equal(await stale({ ...files, 'a.ts': 'A\n' }), 'a.ts changed');
    assert.equal(await stale({ 'a.ts': 'a\n', 'c.ts': 'c\n' }), 'b.ts gone');
    assert.equal(await stale({ ...files, 'd.ts': '', 'new.ts': '' }), 'd.ts appeared,new.ts appeared');
  });
});
