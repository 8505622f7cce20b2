import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { CompletionEvent } from '../../../../src/personalize/events/completionEvent.ts';
import { createRecorder, type Recorder } from '../../../../src/personalize/events/recorder.ts';
import type { Problem } from '../../../../src/protocol/problems.ts';
import { Editor, uri } from './ghostText.ts';
import { ManualClock } from './manualClock.ts';
import { rows } from './storedEvents.ts';

describe('recorder', () => {
  let folder: string;
  let clock: ManualClock;
  let isOn: boolean;
  let excluded: Set<string>;
  let problems: Problem[];
  let recorder: Recorder;
  let editors = 0;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hearth-recorder-'));
    clock = new ManualClock();
    isOn = true;
    excluded = new Set();
    problems = [];
    recorder = createRecorder({
      dataFolder: folder,
      enabled: () => isOn,
      isExcluded: async (each) => excluded.has(each),
      log: silentLogger,
      onProblem: (problem) => void problems.push(problem),
      clock,
    });
  });
  afterEach(async () => {
    await recorder[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  /** An editor whose user does something, heard by the recorder as the engine hears it. */
  function edit(document: string, ...steps: string[]): Editor {
    const nothing: CompletionEvent[] = [];
    const heard = (tell: () => void) => {
      tell();
      return nothing;
    };
    // Ids are unique in an engine, however many documents it serves.
    const nth = ++editors;
    const engineId = (id: string) => `${nth}.${id}`;
    const editor: Editor = new Editor(
      {
        shown: (shown) => heard(() => recorder.shown({ ...shown, id: engineId(shown.id) })),
        changed: (each, change) => heard(() => recorder.documentChanged(each, [change], editor.text)),
        accepted: (id) => heard(() => recorder.acceptedCommand(engineId(id))),
        dismissed: () => nothing,
      },
      document,
    );
    editor.play(steps);
    return editor;
  }

  const counts = async () => {
    const { models } = await recorder.statistics();
    return models.map((m) => `${m.shown} shown ${m.acceptedWhole}+${m.acceptedPart} accepted ${m.rejected} rejected`);
  };

  it('records what is shown, accepted and rejected, and what to learn from', async () => {
    edit('x = █;', 'ghost: total(a)', 'tab');
    edit('y = █;', 'ghost: sum', 'type: z');
    edit('z = █;', 'ghost: a.b(c)', 'type: a', 'insert: .b', 'type: !');
    assert.deepEqual(await counts(), ['3 shown 1+1 accepted 1 rejected']);
    assert.deepEqual(rows(folder, 'SELECT prefix, text, suffix FROM example ORDER BY id'), [
      ['x = ', 'total(a)', ';'],
      ['z = ', 'a.b', ';'],
    ]);
    assert.deepEqual(problems, []);
  });

  it('keeps two thousand characters on either side', async () => {
    edit(`${'p'.repeat(3_000)}1█2${'s'.repeat(3_000)}`, 'ghost: total', 'tab');
    await recorder.statistics();
    assert.deepEqual(
      rows(folder, 'SELECT length(prefix), substr(prefix, -1), length(suffix), substr(suffix, 1, 1) FROM example'),
      [[2_000, '1', 2_000, '2']],
    );
  });

  it('looks at accepted text after 15, 60 and 300 s', async () => {
    const editor = edit('x = █;', 'ghost: total(a)', 'tab');
    clock.pass(15);
    editor.play(['above: // a⏎', 'back: 3']);
    clock.pass(45);
    editor.play(['back: 5']);
    clock.pass(1_000);
    const { models } = await recorder.statistics();
    assert.deepEqual(rows(folder, 'SELECT afterS, keptCharacters, stillThere FROM survival ORDER BY afterS'), [
      [15, 8, 1],
      [60, 5, 1],
      [300, 0, 0],
    ]);
    assert.deepEqual([models[0]?.acceptedCharacters, models[0]?.keptCharacters], [8, 0]);
    assert.deepEqual(rows(folder, 'SELECT stillThere FROM example'), [[0]]);
  });

  it('judges a document that is closed, and all others when the engine ends', async () => {
    const editor = edit('x = █;', 'ghost: total(a)', 'tab');
    clock.pass(20);
    recorder.documentClosed(uri, editor.text.replace('total', 'sum'));
    edit('x = █;', 'ghost: total(b)', 'tab');
    clock.pass(20);
    await recorder[Symbol.asyncDispose]();
    assert.deepEqual(rows(folder, 'SELECT afterS, keptCharacters FROM survival ORDER BY completion, afterS'), [
      [15, 8],
      [60, 3],
      [300, 3],
      [15, 8],
      [60, 8],
      [300, 8],
    ]);
  });

  it('follows several edits of one notification, the accepted one among them', async () => {
    edit('x = █;', 'ghost: total(a)');
    const changes = [
      { start: 4, deletedLength: 0, insertedText: 'total(a)' },
      { start: 0, deletedLength: 0, insertedText: 'import total;\n' },
    ];
    recorder.documentChanged(uri, changes, 'import total;\nx = total(a);');
    clock.pass(15);
    assert.deepEqual(await counts(), ['1 shown 1+0 accepted 0 rejected']);
    assert.deepEqual(rows(folder, 'SELECT keptCharacters FROM survival'), [[8]]);
  });

  it('writes nothing while it is switched off, not even a file', async () => {
    isOn = false;
    edit('x = █;', 'ghost: total(a)', 'tab');
    clock.pass(1_000);
    const { models, problem } = await recorder.statistics();
    await recorder[Symbol.asyncDispose]();
    assert.deepEqual(models, []);
    assert.equal(problem?.code, 'events.unavailable');
    assert.deepEqual(await readdir(folder), []);
  });

  it('drops what waits to be written or looked at when it is switched off', async () => {
    const editor = edit('x = █;', 'ghost: total(a)', 'tab');
    isOn = false;
    clock.pass(15);
    isOn = true;
    editor.play(['back: 1']);
    clock.pass(1_000);
    isOn = false;
    await recorder.statistics();
    assert.deepEqual(await readdir(folder), []);
  });

  it('still shows what was recorded before it was switched off', async () => {
    edit('x = █;', 'ghost: total(a)', 'tab');
    await recorder.statistics();
    isOn = false;
    edit('x = █;', 'ghost: total(a)', 'tab');
    assert.deepEqual(await counts(), ['1 shown 1+0 accepted 0 rejected']);
    assert.equal((await recorder.statistics()).problem, undefined);
  });

  it('writes nothing of an excluded document, also when it is excluded only later', async () => {
    excluded.add(uri);
    edit('SENTINEL = █;', 'ghost: total(a)', 'tab');
    clock.pass(15);
    await recorder.statistics();
    assert.deepEqual(await readdir(folder), []);
    excluded.clear();
    edit('x = █;', 'ghost: total(b)', 'tab');
    await recorder.statistics();
    excluded.add(uri);
    clock.pass(1_000);
    await recorder.statistics();
    assert.deepEqual(rows(folder, 'SELECT * FROM survival'), []);
    for (const name of await readdir(folder))
      assert.equal((await readFile(join(folder, name))).includes('SENTINEL'), false, name);
  });

  it('forgets all when told to, what is still followed included', async () => {
    edit('SENTINEL = █;', 'ghost: total(a)', 'tab');
    await recorder.statistics();
    edit('x = █;', 'ghost: total(b)', 'tab');
    await recorder.deleteAll();
    clock.pass(1_000);
    assert.deepEqual(await counts(), []);
    for (const name of await readdir(folder))
      assert.equal((await readFile(join(folder, name))).includes('SENTINEL'), false, name);
    edit('x = █;', 'ghost: total(c)', 'tab');
    assert.deepEqual(await counts(), ['1 shown 1+0 accepted 0 rejected']);
  });

  it('says in the statistics why there are none', async () => {
    const broken = createRecorder({
      dataFolder: join(import.meta.filename, 'below-a-file'),
      enabled: () => true,
      isExcluded: async () => false,
      log: silentLogger,
      onProblem: (problem) => void problems.push(problem),
    });
    new Editor(
      {
        shown: (shown) => (broken.shown(shown), []),
        changed: () => [],
        accepted: () => [],
        dismissed: () => [],
      },
      '█',
    ).play(['ghost: x']);
    const { models, problem } = await broken.statistics();
    await broken[Symbol.asyncDispose]();
    assert.deepEqual(models, []);
    assert.deepEqual(problems, [problem]);
  });
});
