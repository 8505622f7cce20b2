import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { CompletionEvent, Shown } from '../../../../src/personalize/events/completionEvent.ts';
import { createRecorder, type Recorder } from '../../../../src/personalize/events/recorder.ts';
import { Editor } from './ghostText.ts';
import { ManualClock } from './manualClock.ts';
import { rows } from './storedEvents.ts';

const token = `ghp_${randomBytes(18).toString('hex')}`;

/** The document of the nth editor. */
const uriOf = (nth: number) => `file:///w/${nth}.ts`;

describe('recorder, as what it learns', () => {
  let folder: string;
  let clock: ManualClock;
  let recorder: Recorder;
  let excluded: boolean;
  let editors = 0;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hearth-learning-'));
    clock = new ManualClock();
    excluded = false;
    recorder = createRecorder({
      dataFolder: folder,
      enabled: () => true,
      isExcluded: async () => excluded,
      log: silentLogger,
      onProblem: (problem) => assert.fail(JSON.stringify(problem)),
      clock,
    });
  });
  afterEach(async () => {
    await recorder[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  function edit(document: string, steps: readonly string[], facts: Partial<Shown> = {}): Editor {
    const nth = ++editors;
    const named = (shown: Shown): Shown => ({ ...shown, id: `${nth}.${shown.id}`, uri: uriOf(nth), ...facts });
    const editor: Editor = new Editor(
      {
        shown: (shown, others) => heard(() => recorder.shown(named(shown), others.map(named))),
        changed: (_, change) => heard(() => recorder.documentChanged(uriOf(nth), [change], editor.text)),
        accepted: (id) => heard(() => recorder.acceptedCommand(`${nth}.${id}`)),
        dismissed: () => [],
      },
      document,
    );
    editor.play(steps);
    return editor;
  }

  const examples = async (columns = 'kind, prefix, text, became, offered, suffix, kept') => {
    await recorder.store.flush();
    return rows(folder, `SELECT ${columns} FROM example ORDER BY id`);
  };

  it('what accepted text became', async () => {
    const editor = edit('x = █;', ['ghost: total(a)', 'tab']);
    assert.deepEqual(await examples(), [['accepted', 'x = ', 'total(a)', null, null, ';', 1]]);
    clock.pass(15);
    assert.deepEqual(await examples(), [['accepted', 'x = ', 'total(a)', 'total(a)', null, ';', 1]]);
    editor.play(['back: 2', 'type: b, c)']);
    clock.pass(45);
    assert.deepEqual(await examples(), [['accepted', 'x = ', 'total(a)', 'total(b, c)', 'total(a)', ';', 0.75]]);
  });

  it('with what was typed of it before', async () => {
    edit('x = █;', ['ghost: total(a)', 'type: to', 'above: // n⏎', 'insert: tal(a)']);
    clock.pass(15);
    assert.deepEqual(await examples('text, became'), [['total(a)', 'total(a)']]);
  });

  it('that nothing is left, and what had been offered', async () => {
    edit('x = █;', ['ghost: total(a)', 'tab', 'back: 8']);
    clock.pass(15);
    assert.deepEqual(await examples(), [['accepted', 'x = ', 'total(a)', '', 'total(a)', ';', 0]]);
  });

  it('that nothing but blanks is left', async () => {
    edit('x = █', ['ghost: a        ', 'tab', 'go: 5', 'back: 1']);
    clock.pass(15);
    assert.deepEqual(await examples('became, kept'), [['        ', 0]]);
  });

  it('the document as it is, of a text that replaced some of it', async () => {
    const editor = edit('f(█)', ['ghost<0>1: a, b);', 'tab']);
    assert.deepEqual(await examples('prefix || text || suffix'), [[editor.text]]);
  });

  it('what was written instead of refused text', async () => {
    edit('x = █;', ['ghost: total(a)', 'type: sum(a, ', 'above: // n⏎', 'type: b)']);
    assert.deepEqual(await examples(), []);
    clock.pass(15);
    assert.deepEqual(await examples(), [['instead', 'x = ', 'sum(a, b)', null, 'total(a)', ';', 1]]);
    clock.pass(400);
    assert.deepEqual(await examples('text, became'), [['sum(a, b)', 'sum(a, b)']]);
  });

  it('when it was refused, and one for a line', async () => {
    const steps = 'sum(a, b)'.split('').flatMap((key) => [`type: ${key}`, 'ghost: other']);
    edit('x = █', ['ghost: total(a)', ...steps, 'go: 0', 'ghost: y']);
    const refusedMs = clock.nowMs;
    clock.pass(60);
    assert.deepEqual(await examples('text, offered, acceptedAtMs'), [['sum(a, b)', 'total(a)', refusedMs]]);
  });

  it('nothing where nothing was written, or is left', async () => {
    edit('x = █', ['ghost: total(a)', 'go: 0', 'ghost: y']);
    const editor = edit('y = █', ['ghost: total(a)', 'type: sum(b)']);
    clock.pass(15);
    assert.equal((await examples()).length, 1);
    editor.play(['back: 6']);
    clock.pass(45);
    assert.deepEqual(await examples(), []);
  });

  it('what was written when the document is closed, or the engine ends', async () => {
    const { text } = edit('x = █', ['ghost: total(a)', 'type: sum(b)']);
    recorder.documentClosed(uriOf(editors), text);
    edit('y = █', ['ghost: total(a)', 'type: sum(c)']);
    await recorder[Symbol.asyncDispose]();
    assert.deepEqual(rows(folder, 'SELECT text FROM example ORDER BY id'), [['sum(b)'], ['sum(c)']]);
  });

  it('what was typed through, unless it is next to nothing', async () => {
    edit('x = █;', ['ghost: total(a)', 'type: total(a)']);
    edit('y = █;', ['ghost: a.b', 'type: a.b']);
    clock.pass(400);
    assert.deepEqual(await examples(), [['typed', 'x = ', 'total(a)', null, null, ';', 1]]);
  });

  it('as typed what was refused further down only', async () => {
    edit('x = █', ['ghost: total(a)⏎b()', 'type: total(a)', 'go: 0', 'ghost: y']);
    clock.pass(15);
    assert.deepEqual(await examples('kind, text'), [['typed', 'total(a)']]);
  });

  it('acceptance after what looked like refusal', async () => {
    edit('x = █;', ['ghost: total(a)', 'insert: total (a)', 'command']);
    clock.pass(400);
    assert.deepEqual(await examples('kind, text, became'), [['accepted', 'total(a)', null]]);
  });

  it('where it happened, and what the model was given', async () => {
    const snippets = [{ path: 'b.ts', text: `const key = "${token}";\n` }];
    edit('x = █;', ['ghost: total(a)', 'tab'], { folder: '/w', snippets });
    assert.deepEqual(await examples('folder, path, languageId, snippets'), [
      ['/w', 'a.ts', 'typescript', '[{"path":"b.ts","text":"const key = \\"[secret]\\";\\n"}]'],
    ]);
  });

  it('no secret: not around a text, and no text that holds one', async () => {
    edit(`t = "${token}"; x = █;`, ['ghost: total(a)', 'tab']);
    edit('t = "█";', [`ghost: ${token}`, 'tab']);
    edit(`t = "${token.slice(0, 10)}█";`, [`ghost: ${token.slice(10)}`, 'tab']);
    edit('t = █;', ['ghost: total(a)', `insert: "${token}"`]);
    edit('u = █;', [`ghost: "${token}"`, 'type: env.token']);
    edit('v = █;', ['ghost: total(a)', 'tab', 'back: 2', `insert: "${token}")`]);
    clock.pass(400);
    assert.deepEqual(await examples('prefix, text, became, offered'), [
      ['t = "[secret]"; x = ', 'total(a)', 'total(a)', null],
      ['u = ', 'env.token', 'env.token', null],
    ]);
    await recorder[Symbol.asyncDispose]();
    for (const name of await readdir(folder))
      assert.equal((await readFile(join(folder, name))).includes(token.slice(10)), false, name);
  });

  it('accepted edits, and what they became', async () => {
    const where = { uri: uriOf(0), path: 'a.ts', folder: '/w', languageId: 'typescript', model: 'starter' };
    const prefix = 'x = 1;\n';
    recorder.teach({ ...where, prefix, text: 'y = total(a);\n', suffix: 'z', offered: 'y = 2;\n' });
    recorder.teach({ ...where, uri: 'file:///w/b.ts', prefix, text: 'y = sum(a);\n', suffix: 'z' });
    assert.deepEqual(await examples('kind, text, offered, became'), [
      ['edit', 'y = total(a);\n', 'y = 2;\n', null],
      ['edit', 'y = sum(a);\n', null, null],
    ]);
    const changed = { start: prefix.length + 4, deletedLength: 5, insertedText: 'sum' };
    recorder.documentChanged(uriOf(0), [changed], `${prefix}y = sum(a);\nz`);
    clock.pass(15);
    assert.deepEqual(await examples('text, offered, became'), [
      ['y = total(a);\n', 'y = 2;\n', 'y = sum(a);\n'],
      ['y = sum(a);\n', null, 'y = sum(a);\n'],
    ]);
  });

  it('nothing of an excluded document', async () => {
    edit('x = █;', ['ghost: total(a)', 'type: sum(a, b)']);
    await recorder.store.flush();
    excluded = true;
    clock.pass(15);
    recorder.teach({ uri: uriOf(0), path: 'a', languageId: 'c', model: '', prefix: '', text: 'total', suffix: '' });
    await recorder.store.flush();
    assert.deepEqual(rows(folder, 'SELECT * FROM example'), []);
  });

  it('nothing that was under way when all examples were deleted', async () => {
    edit('x = █;', ['ghost: total(a)', 'type: sum(a, b)']);
    edit('y = █;', ['ghost: total(a)', 'tab']);
    await recorder.store.flush();
    await recorder.store.deleteExamples(clock.nowMs);
    clock.pass(400);
    assert.deepEqual(await examples(), []);
    assert.deepEqual(rows(folder, 'SELECT * FROM survival'), []);
    edit('z = █;', ['ghost: total(a)', 'tab']);
    assert.equal((await examples()).length, 1);
  });
});

/** The editor asks what was learned; the recorder keeps it to itself. */
function heard(tell: () => void): CompletionEvent[] {
  tell();
  return [];
}
