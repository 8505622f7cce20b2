import { once } from 'node:events';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkspaceStyle } from '../../../../src/engine/personal/styleDesk.ts';
import { translationOf } from '../../../../src/engine/personal/styleTranslation.ts';
import { StyledWorkspace, told, until } from './styledWorkspace.ts';

const single = "f('a');\n".repeat(20);
const double = 'f("a");\n'.repeat(90);

describe('the style desk', () => {
  let disk: StyledWorkspace;
  beforeEach(() => {
    disk = new StyledWorkspace();
  });
  afterEach(() => disk.clean());

  /** Waits until the quotes in a folder are told like this. */
  const tells = (desk: WorkspaceStyle, folder: string, wanted: RegExp | undefined) =>
    until(async () => {
      const text = await told(desk, disk.at(folder));
      return wanted === undefined ? text === undefined : wanted.test(text ?? '');
    }, `${folder}: ${wanted}`);
  const started = (...folders: readonly string[]) => {
    const desk = disk.open(folders);
    desk.start();
    return desk;
  };
  const setTo = async (desk: WorkspaceStyle, folder: string) =>
    (await desk.summary()).folders
      .find((each) => each.folder === disk.at(folder))
      ?.families.flatMap(({ traits }) => traits)
      .find(({ id }) => id === 'quotes')?.setTo;

  it('measures a folder by itself, and nothing before it is told to start', async () => {
    disk.write({ 'one/src/a.ts': single, 'one/src/b.ts': single });
    const desk = disk.open(['one']);
    disk.save('one/src/c.ts', single);
    assert.deepEqual((await desk.summary()).folders, [{ folder: disk.at('one'), families: [], lines: [], notes: [] }]);
    desk.start();
    await tells(desk, 'one', /^Single quotes \(100 % of 60 places\)$/);
  });

  it('goes by the configuration, and by the code again when it is gone', async () => {
    disk.write({ 'two/a.ts': double, 'two/.prettierrc': 'singleQuote: true\n' });
    const desk = started('two');
    await tells(desk, 'two', /^Single quotes \(\.prettierrc; 0 % of 90 places\)$/);
    disk.save('two/.prettierrc', 'singleQuote: false\n');
    await tells(desk, 'two', /^Double quotes \(\.prettierrc; 100 % of 90 places\)$/);
    rmSync(disk.at('two/.prettierrc'));
    desk.changed([disk.uri('two/.prettierrc')]);
    await tells(desk, 'two', /^Double quotes \(100 %/);
  });

  it('sees what the index would see, and nothing else', async () => {
    disk.write({
      'one/own.ts': single,
      'one/.gitignore': 'build/\n',
      'one/.hearthignore': 'private/\n.prettierrc\n',
      'one/.prettierrc': 'singleQuote: false\n',
      'one/build/a.ts': double,
      'one/private/a.ts': double,
      'one/node_modules/library/index.ts': double,
      'one/secrets.ts': double,
      'one/made.ts': `// @generated\n${double}`,
      'one/made.pb.ts': double,
      'one/bytes.ts': new Uint8Array([0, 1, 2]),
      'one/notes.md': double,
    });
    const desk = started('one');
    await tells(desk, 'one', /^Single quotes \(100 % of 20 places\)$/);
    for (const path of ['build/a.ts', 'private/b.ts', 'node_modules/library/index.ts', 'secrets.ts', 'made.ts'])
      disk.save(`one/${path}`, path === 'made.ts' ? `// @generated\n${double}` : double);
    disk.save('one/other.ts', single);
    await tells(desk, 'one', /^Single quotes \(100 % of 40 places\)$/);
    await desk[Symbol.asyncDispose]();
    assert.deepEqual(disk.kept(), ['other.ts', 'own.ts']);
  });

  it('forgets files and folders that are deleted or renamed', async () => {
    disk.write({ 'one/a.ts': single, 'one/old/b.ts': double, 'one/old/c.ts': double });
    const desk = started('one');
    await tells(desk, 'one', /^Double quotes/);
    rmSync(disk.at('one/old'), { recursive: true });
    desk.changed([disk.uri('one/old')]);
    await tells(desk, 'one', /^Single quotes \(100 % of 20 places\)$/);
    renameSync(disk.at('one/a.ts'), disk.at('one/b.ts'));
    desk.changed([disk.uri('one/a.ts'), disk.uri('one/b.ts')]);
    disk.save('one/c.ts', single);
    await tells(desk, 'one', /of 40 places/);
    await desk[Symbol.asyncDispose]();
    assert.deepEqual(disk.kept(), ['b.ts', 'c.ts']);
  });

  it('forgets what becomes excluded, and measures what no longer is', async () => {
    disk.write({ 'one/a.ts': single, 'one/theirs/b.ts': double });
    const desk = started('one');
    for (const rules of ['.gitignore', '.hearthignore']) {
      await tells(desk, 'one', /^Double quotes \(81 % of 110 places\)$/);
      disk.save(`one/${rules}`, 'theirs/\n');
      await tells(desk, 'one', /^Single quotes \(100 % of 20 places\)$/);
      disk.save(`one/${rules}`, '# none\n');
    }
  });

  it('finds what was made while nobody told of it, in a flood as well', async () => {
    disk.write({ 'one/a.ts': single });
    const desk = started('one');
    await tells(desk, 'one', /of 20 places/);
    const names = Array.from({ length: 30 }, (_, at) => `one/src/file${at}.ts`);
    disk.write(Object.fromEntries(names.map((name) => [name, single])));
    desk.changed(names.map((name) => disk.uri(name)));
    await tells(desk, 'one', /of 620 places/);
    disk.write({ 'one/moved/b.ts': single });
    desk.changed([disk.uri('one/moved')]);
    await tells(desk, 'one', /of 640 places/);
  });

  it('keeps folders apart, also one inside another, and follows them as they open and close', async () => {
    disk.write({ 'one/a.ts': single, 'one/inner/b.ts': double, 'two/c.ts': double });
    const desk = started('one', 'two');
    await tells(desk, 'one', /^Double quotes \(81 % of 110 places\)$/);
    await tells(desk, 'two', /^Double quotes \(100 % of 90 places\)$/);
    desk.setFolders(['one', 'one/inner'].map((folder) => disk.at(folder)));
    await tells(desk, 'one/inner', /^Double quotes \(100 % of 90 places\)$/);
    await tells(desk, 'one', /^Single quotes \(100 % of 20 places\)$/);
    const { folders } = await desk.summary();
    assert.deepEqual(
      folders.map(({ folder }) => folder),
      ['one', 'one/inner'].map((folder) => disk.at(folder)),
    );
    desk.setFolders([disk.at('two')]);
    await tells(desk, 'two', /^Double quotes/);
    assert.equal((await desk.summary()).folders.length, 1);
  });

  it('knows after a restart what it knew, and reads only what has changed since', async () => {
    disk.write({ 'one/a.ts': single, 'one/b.ts': single });
    utimesSync(disk.at('one/a.ts'), 1_000, 1_000);
    const first = started('one');
    await tells(first, 'one', /of 40 places/);
    await first[Symbol.asyncDispose]();
    disk.write({ 'one/a.ts': double, 'one/b.ts': `${single}${single}` });
    utimesSync(disk.at('one/a.ts'), 1_000, 1_000);
    const second = disk.open(['one']);
    assert.equal(await told(second, disk.at('one')), 'Single quotes (100 % of 40 places)');
    second.start();
    await tells(second, 'one', /^Single quotes \(100 % of 60 places\)$/);
  });

  it('forgets after a restart what is not there any more', async () => {
    disk.write({ 'one/a.ts': single, 'one/b.ts': double });
    const first = started('one');
    await tells(first, 'one', /of 110 places/);
    await first[Symbol.asyncDispose]();
    rmSync(disk.at('one/b.ts'));
    await tells(started('one'), 'one', /^Single quotes \(100 % of 20 places\)$/);
  });

  it('goes on when a folder is missing', async () => {
    disk.write({ 'two/a.ts': single });
    const desk = disk.open(['one', 'two']);
    rmSync(disk.at('one'), { recursive: true });
    desk.start();
    await tells(desk, 'two', /^Single quotes/);
  });

  it('gives way to typing, but not with what is saved', async () => {
    let activities = 0;
    const opened = new AbortController();
    const closed = once(opened.signal, 'abort');
    disk.write({ 'one/a.ts': single });
    const gate = { activity: () => void activities++, pass: async () => closed.then(() => true) };
    const desk = disk.open(['one'], { gate });
    desk.start();
    disk.type('one/a.ts');
    assert.equal(activities, 1);
    await desk.summary();
    disk.save('one/b.ts', double);
    await tells(desk, 'one', /^Double quotes \(100 % of 90 places\)$/);
    opened.abort();
    await tells(desk, 'one', /of 110 places/);
  });

  it('begins with the configuration and the newest files', async () => {
    disk.write({
      'one/old.ts': double,
      'one/new.ts': single,
      'one/package.json': '{ "devDependencies": { "ava": "1" } }',
    });
    utimesSync(disk.at('one/old.ts'), 1_000, 1_000);
    utimesSync(disk.at('one/package.json'), 500, 500);
    // Lets two pieces of work through and holds back the third.
    let pieces = 0;
    const pass = async (workedMs: number) => {
      if (workedMs > 0 && ++pieces === 2) await new Promise(() => {});
      return false;
    };
    const aborted = async (workedMs: number, signal: AbortSignal) =>
      Promise.race([
        pass(workedMs),
        new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      ]);
    const desk = disk.open(['one'], { gate: { activity() {}, pass: aborted } });
    desk.start();
    await tells(desk, 'one', /^Single quotes \(100 % of 20 places\)$/);
    assert.match((await told(desk, disk.at('one'), 'testFramework')) ?? '', /ava.*package\.json/i);
  });

  it('is changed by the user, and back, for good', async () => {
    disk.write({ 'one/a.ts': single });
    const folder = disk.at('one');
    const first = started('one');
    await tells(first, 'one', /^Single/);
    const trait = { order: 'trait', folder, family: 'ecmascript', trait: 'quotes' } as const;
    await first.edit({ ...trait, value: 'double' });
    await first.edit({ order: 'lines', folder, lines: ['No abbreviations.'] });
    assert.equal(await setTo(first, 'one'), 'double');
    assert.equal(await told(first, folder), 'Double quotes (set by you; 0 % of 20 places)');
    await first[Symbol.asyncDispose]();
    const second = disk.open(['one']);
    assert.equal(await setTo(second, 'one'), 'double');
    assert.deepEqual((await second.summary()).folders[0]?.lines, ['No abbreviations.']);
    await second.edit(trait);
    assert.equal(await setTo(second, 'one'), undefined);
    assert.match((await told(second, folder)) ?? '', /^Single/);
    await assert.rejects(second.edit({ ...trait, value: 'guillemets' }), RangeError);
    await assert.rejects(second.edit({ ...trait, folder: disk.at('elsewhere') }), RangeError);
  });

  it('shows what another window changed', async () => {
    disk.write({ 'one/a.ts': single });
    const here = started('one');
    await tells(here, 'one', /^Single/);
    const elsewhere = disk.open(['one']);
    const trait = { order: 'trait', folder: disk.at('one'), family: 'ecmascript', trait: 'quotes' } as const;
    for (const value of ['double', 'off', 'single']) {
      await elsewhere.edit({ ...trait, value });
      assert.equal(await setTo(here, 'one'), value);
    }
    await elsewhere.forgetAll();
    assert.equal(await setTo(here, 'one'), undefined);
  });

  it('says when what was edited is damaged, and where it lies now', async () => {
    disk.write({ 'data/personal/style.json': '{ "version": 1, "everywhere"' });
    const desk = disk.open(['one', 'two']);
    await desk.summary();
    assert.equal(disk.problems.length, 1);
    const [problem] = disk.problems;
    assert.ok(problem?.code === 'style.damaged');
    assert.ok(existsSync(problem.aside));
    writeFileSync(disk.at('data/personal/style.json'), 'nonsense');
    assert.deepEqual((await desk.summary()).folders.length, 2);
    assert.equal(disk.problems.length, 2);
  });

  it('deletes all it knows, from the disk as well, and learns on from what is saved', async () => {
    disk.write({ 'one/a.ts': single, 'one/b.ts': single });
    const desk = started('one');
    await tells(desk, 'one', /of 40 places/);
    await desk.edit({ order: 'lines', folder: disk.at('one'), lines: ['No abbreviations.'] });
    await desk.forgetAll();
    const { folders } = await desk.summary();
    assert.deepEqual(folders, [{ folder: disk.at('one'), families: [], lines: [], notes: [] }]);
    assert.ok(!existsSync(join(disk.dataFolder, 'personal', 'style.json')));
    assert.ok(!existsSync(join(disk.dataFolder, 'personal', 'measuredStyle')));
    disk.save('one/c.ts', double);
    await tells(desk, 'one', /^Double quotes \(100 % of 90 places\)$/);
  });

  it('ends a walk that is under way when all is deleted', async () => {
    disk.write(Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`one/file${at}.ts`, single])));
    const desk = started('one');
    await tells(desk, 'one', /^Single/);
    await desk.forgetAll();
    await desk[Symbol.asyncDispose]();
    assert.ok(!existsSync(join(disk.dataFolder, 'personal', 'measuredStyle')));
  });

  it('scores texts by the folder they would stand in', async () => {
    disk.write({ 'one/a.ts': single, 'two/a.ts': double });
    const desk = started('one', 'two');
    await tells(desk, 'one', /^Single/);
    await tells(desk, 'two', /^Double/);
    const view = { uri: '', path: 'b.ts', languageId: 'typescript', version: 1, text: 'x = ;', before: '', after: '' };
    const score = (folder: string, text: string) => desk.score({ ...view, folder: disk.at(folder) }, 4, text);
    assert.ok(score('one', "'b'") > 0 && score('one', '"b"') < 0);
    assert.ok(score('two', "'b'") < 0 && score('two', '"b"') > 0);
    assert.equal(desk.score(view, 4, "'b'"), 0, 'of no folder');
    const inComment = { ...view, folder: disk.at('one'), before: '/* ' };
    assert.equal(desk.score(inComment, 4, "'b'"), 0, 'the notebook cell above counts');
    assert.equal(score('elsewhere', "'b'"), 0);
  });

  it('speaks the language of the client', async () => {
    disk.write({ 'one/a.ts': single });
    const root = join(import.meta.dirname, '../../../..');
    const t = translationOf(JSON.parse(readFileSync(join(root, 'l10n/bundle.l10n.ko.json'), 'utf8')));
    const desk = disk.open(['one'], { t });
    desk.start();
    await tells(desk, 'one', /^작은따옴표\(20곳 중 100%\)$/);
  });
});
