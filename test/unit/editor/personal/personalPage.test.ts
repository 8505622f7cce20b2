import assert from 'node:assert/strict';
import type { PageAction, ToPage } from '../../../../src/editor/personal/messages.ts';
import type { PageDesk } from '../../../../src/editor/personal/pageDesk.ts';
import { PersonalPage } from '../../../../src/editor/personal/personalPage.ts';
import { inEnglish } from '../../../../src/protocol/problems.ts';
import { recordedEngine } from './recordedEngine.ts';
import { idle, nowMs, openFolders, overview, progress, training } from './recordedPersonal.ts';

function openPage({ name = 'Mine', confirm = true }: { name?: string; confirm?: boolean } = {}) {
  const engine = recordedEngine();
  const told: string[] = [];
  const posted: ToPage[] = [];
  const desk: PageDesk = {
    facts: () => ({ learn: 'automatic', recordEvents: true, folders: openFolders }),
    setLearn: async (value) => void told.push(`learn ${value}`),
    run: async (...command) => void told.push(command.join(' ')),
    askName: async () => (name === '' ? undefined : name),
    askPlace: async () => ({ kind: 'project', folder: '/team' }),
    confirmRemoval: async () => confirm,
    tell: ({ code }) => void told.push(code),
    fail: (cause) => void told.push(String(cause)),
  };
  const page = new PersonalPage({
    engine,
    desk,
    words: { t: inEnglish, languageName: (id) => id, date: String, day: String },
    kept: { filter: {} },
    post: (message) => void posted.push(message),
    now: () => nowMs,
  });
  /** What the page shows by now, by the ids of its sections. */
  const shown = (id: string) =>
    posted
      .flatMap((message) => (message.kind === 'sections' ? message.sections : []))
      .findLast((section) => section.id === id)?.markup ?? '';
  const said = () => posted.flatMap((message) => (message.kind === 'say' ? [message.text] : []));
  return { engine, page, posted, told, shown, said };
}

/** What was posted since, by section. */
const sectionsOf = (messages: readonly ToPage[]) =>
  messages.flatMap((message) => (message.kind === 'sections' ? message.sections.map(({ id }) => id) : []));

describe('PersonalPage', () => {
  it('asks when the page is there, and shows what it is told', async () => {
    const { page, shown } = openPage();
    await page.receive({ do: 'ready' });
    assert.match(shown('training'), /Ready to learn/);
    assert.match(shown('adapters'), /Team conventions/);
    assert.match(shown('examples'), /example 500/);
    assert.equal(shown('notice'), '');
  });

  it('gives a page that was hidden everything again at once, and asks what has changed meanwhile', async () => {
    const { page, posted, engine, shown } = openPage();
    await page.receive({ do: 'ready' });
    const before = posted.length;
    engine.overviewNow = { ...overview, canRollBack: false };
    const again = page.receive({ do: 'ready' });
    assert.equal(new Set(sectionsOf(posted.slice(before))).size, 7);
    assert.match(shown('adapters'), /Roll Back/);
    await again;
    assert.doesNotMatch(shown('adapters'), /Roll Back/);
  });

  it('shows what a command changed, and nothing of what was forgotten', async () => {
    const { page, engine, shown } = openPage();
    await page.receive({ do: 'ready' });
    const counts = { total: 0, usable: 0, languages: [], folders: [] };
    engine.overviewNow = { ...overview, adapters: [], inUse: [], counts };
    engine.examplesNow = [];
    await page.keptChanged();
    assert.doesNotMatch(shown('adapters'), /Team conventions/);
    assert.doesNotMatch(shown('examples'), /example 500/);
  });

  it('touches only the training while one goes on', async () => {
    const { page, posted } = openPage();
    await page.receive({ do: 'ready' });
    page.statusChanged(training);
    await new Promise(setImmediate);
    const before = posted.length;
    for (let step = 85; step < 90; step++) page.statusChanged({ ...training, progress: { ...progress, step } });
    assert.deepEqual(
      sectionsOf(posted.slice(before)),
      Array.from({ length: 5 }, () => 'training'),
    );
  });

  it('asks again when a training ends, and says so', async () => {
    const { page, engine, shown, said } = openPage();
    await page.receive({ do: 'ready' });
    page.statusChanged(training);
    const ended = { ...idle, outcome: { kind: 'adopted', adapter: 'brand-new', seconds: 9 } } as const;
    const [newest] = overview.adapters;
    assert.ok(newest);
    engine.statusNow = ended;
    engine.overviewNow = { ...overview, status: ended, adapters: [{ ...newest, id: 'brand-new', name: 'Brand new' }] };
    page.statusChanged(ended);
    await new Promise(setImmediate);
    assert.match(shown('adapters'), /Brand new/);
    assert.match(shown('training'), /The last training/);
    assert.match(said().at(-1) ?? '', /Ready to learn/);
  });

  it('marks what it shows as old while the engine is gone, and asks a new one by itself', async () => {
    const { page, engine, shown } = openPage();
    await page.receive({ do: 'ready' });
    engine.failure = 'The Hearth engine is not running.';
    engine.statusNow = undefined;
    page.statusChanged(undefined);
    assert.match(shown('notice'), /Asking the engine\. This page shows what was known/);
    assert.match(shown('training'), /Waiting for the engine/);
    await new Promise(setImmediate);
    assert.match(shown('notice'), /is not running.*may have changed since/);
    assert.match(shown('adapters'), /Team conventions/);
    engine.failure = undefined;
    engine.statusNow = idle;
    page.statusChanged(undefined);
    await new Promise(setImmediate);
    assert.equal(shown('notice'), '');
    assert.match(shown('training'), /Ready to learn/);
  });

  it('shows the newest answer, whatever the order in which they come', async () => {
    const { page, engine, shown } = openPage();
    await page.receive({ do: 'ready' });
    const answers: ((name: string) => void)[] = [];
    engine.overview = () =>
      new Promise((resolve) => {
        answers.push((name) => {
          const [adapter] = overview.adapters;
          resolve({ ...overview, adapters: adapter ? [{ ...adapter, name }] : [] });
        });
      });
    const [first, second] = [page.receive({ do: 'rollBack' }), page.receive({ do: 'rollBack' })];
    await new Promise(setImmediate);
    answers[1]?.('Newer answer');
    answers[0]?.('Older answer');
    await Promise.all([first, second]);
    assert.match(shown('adapters'), /Newer answer/);
    assert.doesNotMatch(shown('adapters'), /Older answer/);
  });

  it('pages through the examples, filters them, and keeps the place in a list that changes', async () => {
    const { page, shown, engine } = openPage();
    const count = () => [...shown('examples').matchAll(/<li data-key/g)].length;
    await page.receive({ do: 'ready' });
    assert.equal(count(), 25);
    await page.receive({ do: 'showMore' });
    assert.equal(count(), 50);
    await page.receive({ do: 'deleteExample', id: 480 });
    assert.equal(count(), 49);
    await page.receive({ do: 'exclude', id: 500 });
    assert.match(shown('examples'), /data-key="example 500" class="excluded"/);
    assert.deepEqual(engine.asked, [
      ['changeExamples', { order: 'delete', ids: [480] }],
      ['changeExamples', { order: 'exclude', id: 500 }],
    ]);
    await page.receive({ do: 'filter', by: 'languageId', value: '=python' });
    assert.equal(count(), 15);
    assert.doesNotMatch(shown('examples'), /src\/store\/queue\.ts/);
  });

  it('asks what a training takes, then starts it for whom was chosen', async () => {
    const { page, engine, shown } = openPage();
    await page.receive({ do: 'ready' });
    await page.receive({ do: 'trainFor', value: '=/home/mina/atlas' });
    await page.receive({ do: 'estimate' });
    assert.match(shown('training'), /about 2 min/);
    await page.receive({ do: 'train' });
    assert.deepEqual(engine.asked, [['train', { place: { kind: 'project', folder: '/home/mina/atlas' } }]]);
    assert.doesNotMatch(shown('training'), /about 2 min/);
  });

  it('says of every change what the user meant', async () => {
    const { page, engine, told } = openPage();
    await page.receive({ do: 'ready' });
    const meant: readonly (readonly [PageAction, unknown])[] = [
      [{ do: 'control', order: 'pause' }, ['control', 'pause']],
      [{ do: 'use', id: 'older' }, ['use', { order: 'use', place: { kind: 'personal' }, id: 'older', scale: 1 }]],
      // Nobody can know where an adapter of others belongs.
      [
        { do: 'use', id: 'team' },
        ['use', { order: 'use', place: { kind: 'project', folder: '/team' }, id: 'team', scale: 1 }],
      ],
      [
        { do: 'scale', id: 'newest', place: { kind: 'personal' }, value: '1.15' },
        ['use', { order: 'use', place: { kind: 'personal' }, id: 'newest', scale: 1.15 }],
      ],
      [{ do: 'stopUsing', place: { kind: 'personal' } }, ['use', { order: 'none', place: { kind: 'personal' } }]],
      [{ do: 'rollBack' }, ['use', { order: 'rollBack', place: { kind: 'personal' } }]],
      [{ do: 'rename', id: 'older' }, ['use', { order: 'rename', id: 'older', name: 'Mine' }]],
      [{ do: 'remove', id: 'older' }, ['use', { order: 'remove', id: 'older' }]],
      [
        { do: 'learnLanguage', languageId: 'markdown', value: 'on' },
        ['setLearningRules', { languages: [], paths: ['vendor/', '*.generated.ts'] }],
      ],
      [
        { do: 'learnLanguage', languageId: 'go', value: 'off' },
        ['setLearningRules', { languages: ['markdown', 'go'], paths: ['vendor/', '*.generated.ts'] }],
      ],
      [
        { do: 'leaveOutPaths', value: 'dist/\r\n\n  \nkeep\\ \n' },
        ['setLearningRules', { languages: ['markdown'], paths: ['dist/', 'keep\\ '] }],
      ],
      [
        { do: 'setTrait', folder: '/a', family: 'go', trait: 'quotes', value: '=off' },
        ['editStyle', { order: 'trait', folder: '/a', family: 'go', trait: 'quotes', value: 'off' }],
      ],
      [
        { do: 'setTrait', folder: '/a', family: 'go', trait: 'quotes', value: '*' },
        ['editStyle', { order: 'trait', folder: '/a', family: 'go', trait: 'quotes' }],
      ],
      [
        { do: 'setRules', folder: '/a', value: 'One.\n\nTwo.' },
        ['editStyle', { order: 'lines', folder: '/a', lines: ['One.', 'Two.'] }],
      ],
    ];
    for (const [action, asked] of meant) {
      await page.receive(action);
      assert.deepEqual(engine.asked.at(-1), asked, action.do);
    }
    assert.deepEqual(told, []);
  });

  it('does nothing that the user took back', async () => {
    const { page, engine } = openPage({ name: '', confirm: false });
    await page.receive({ do: 'ready' });
    await page.receive({ do: 'rename', id: 'older' });
    await page.receive({ do: 'remove', id: 'older' });
    assert.deepEqual(engine.asked, []);
  });

  it('tells what was refused or went wrong, and shows again how things are', async () => {
    const { page, engine, told, posted } = openPage();
    await page.receive({ do: 'ready' });
    engine.use = async () => ({ ok: false, problem: { code: 'adapter.busy' } });
    const before = posted.length;
    await page.receive({ do: 'scale', id: 'newest', place: { kind: 'personal' }, value: '0.1' });
    assert.deepEqual(told, ['adapter.busy']);
    // The slider stands where the user left it: only the whole section brings it back.
    assert.ok(sectionsOf(posted.slice(before)).includes('adapters'));
    engine.failure = 'no disk';
    await page.receive({ do: 'exclude', id: 500 });
    assert.match(told.at(-1) ?? '', /no disk/);
  });

  it('leaves to the commands what they can do', async () => {
    const { page, told } = openPage();
    await page.receive({ do: 'ready' });
    const actions: readonly PageAction[] = [
      { do: 'export', id: 'older' },
      { do: 'import' },
      { do: 'forget' },
      { do: 'learn', value: 'manual' },
      { do: 'openSetting', setting: 'hearth.recordEvents' },
    ];
    for (const action of actions) await page.receive(action);
    assert.deepEqual(told, [
      'hearth.exportStyle older',
      'hearth.importAdapter',
      'hearth.forgetStyle',
      'learn manual',
      'workbench.action.openSettings hearth.recordEvents',
    ]);
  });
});
