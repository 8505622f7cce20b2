import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import { noRule, withLines, withOverride } from '../../../../src/personalize/style/edits.ts';
import type { DamagedEdits } from '../../../../src/personalize/style/editsFile.ts';
import type { StyledFile } from '../../../../src/personalize/style/folderStyle.ts';
import { StyleKeeper } from '../../../../src/personalize/style/styleKeeper.ts';

const folder = '/project';
const file = (path: string, text: string, modifiedMs = 1): StyledFile => ({
  path,
  languageId: 'typescript',
  text,
  modifiedMs,
});
const single = "f('a');\n".repeat(20);
const double = 'f("a");\n'.repeat(200);

const quotes = (keeper: StyleKeeper) =>
  keeper.profile(folder).families.flatMap(({ habits }) => habits.filter(({ trait }) => trait === 'quotes'))[0]?.value;

describe('StyleKeeper', () => {
  let data: string;
  let damaged: DamagedEdits[];
  const keepers: StyleKeeper[] = [];
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'hearth-style-'));
    damaged = [];
  });
  afterEach(async () => {
    await Promise.all(keepers.splice(0).map((keeper) => keeper[Symbol.asyncDispose]()));
    rmSync(data, { recursive: true, force: true });
  });

  const start = async () => {
    const keeper = new StyleKeeper({ dataFolder: data, log: silentLogger, onDamaged: (each) => damaged.push(each) });
    keepers.push(keeper);
    await keeper.open(folder);
    return keeper;
  };
  const stored = () => readdirSync(join(data, 'personal', 'measuredStyle'));

  it('follows the code as it is saved', async () => {
    const keeper = await start();
    const changes: string[] = [];
    keeper.onChange.on((each) => changes.push(each));
    keeper.add(folder, file('a.ts', single));
    assert.equal(quotes(keeper), 'single');
    keeper.saved(folder, file('a.ts', single, 2));
    keeper.saved(folder, file('a.ts', double, 3));
    assert.equal(quotes(keeper), 'single');
    await keeper.flush();
    assert.equal(quotes(keeper), 'double');
    keeper.removed(folder, 'a.ts');
    assert.equal(quotes(keeper), undefined);
    assert.deepEqual(changes, [folder, folder, folder]);
  });

  it('measures a save by itself after a while', async () => {
    const keeper = await start();
    const changed = new Promise<string>((resolve) => keeper.onChange.on(resolve));
    // The timer does not keep a process alive that has nothing else to do.
    const awake = setTimeout(() => {}, 10_000);
    keeper.saved(folder, file('a.ts', single));
    await changed;
    clearTimeout(awake);
    assert.equal(quotes(keeper), 'single');
  });

  it('goes by configuration files as they come and go', async () => {
    const keeper = await start();
    keeper.add(folder, file('a.ts', single));
    keeper.add(folder, { path: '.prettierrc', languageId: 'yaml', text: 'singleQuote: false\n', modifiedMs: 1 });
    assert.equal(quotes(keeper), 'double');
    keeper.removed(folder, '.prettierrc');
    assert.equal(quotes(keeper), 'single');
  });

  it('asks .editorconfig about the kind of file that there is most of', async () => {
    const keeper = await start();
    for (const path of ['a.ts', 'b.js', 'c.js']) keeper.add(folder, file(path, single));
    keeper.add(folder, {
      path: '.editorconfig',
      languageId: 'ini',
      text: '[*.ts]\nquote_type = single\n[*.js]\nquote_type = double\n',
      modifiedMs: 1,
    });
    assert.equal(quotes(keeper), 'double');
  });

  it('asks for each file once, also after a restart', async () => {
    const first = await start();
    assert.ok(first.wants(folder, 'a.ts', 'typescript', 1));
    assert.ok(!first.wants(folder, 'a.md', 'markdown', 1));
    first.add(folder, file('a.ts', single));
    await first[Symbol.asyncDispose]();
    const second = await start();
    assert.equal(quotes(second), 'single');
    assert.deepEqual(second.paths(folder), ['a.ts']);
    assert.ok(!second.wants(folder, 'a.ts', 'typescript', 1));
    assert.ok(second.wants(folder, 'a.ts', 'typescript', 2));
    assert.ok(second.wants(folder, '.prettierrc', 'yaml', 1));
  });

  it('keeps paths and numbers, and no code', async () => {
    const keeper = await start();
    keeper.add(folder, file('a.ts', "const mySecret = 'hunter2';\n".repeat(20)));
    await keeper.flush();
    const [name = ''] = stored();
    assert.doesNotMatch(readFileSync(join(data, 'personal', 'measuredStyle', name), 'utf8'), /secret|hunter/i);
  });

  it('begins anew when its counts are damaged', async () => {
    const first = await start();
    first.add(folder, file('a.ts', single));
    await first.flush();
    const [name = ''] = stored();
    const whole = readFileSync(join(data, 'personal', 'measuredStyle', name), 'utf8');
    for (const text of ['', '{', '{ "version": 1 }', '[]', whole.replace(/"version":"\w+"/, '"version":"0"')]) {
      writeFileSync(join(data, 'personal', 'measuredStyle', name), text);
      const keeper = await start();
      assert.deepEqual(keeper.paths(folder), []);
    }
    assert.deepEqual(damaged, []);
  });

  it('writes only when something was measured', async () => {
    const keeper = await start();
    keeper.add(folder, file('a.ts', single));
    await keeper.flush();
    rmSync(join(data, 'personal', 'measuredStyle'), { recursive: true });
    await keeper.flush();
    assert.ok(!existsSync(join(data, 'personal', 'measuredStyle')));
  });

  it('takes the configuration of a folder inside for all only where most files lie there', async () => {
    const keeper = await start();
    keeper.add(folder, { path: 'web/.prettierrc', languageId: 'yaml', text: 'singleQuote: false\n', modifiedMs: 1 });
    for (const path of ['web/a.ts', 'b.ts']) keeper.add(folder, file(path, single));
    assert.equal(quotes(keeper), 'single');
    keeper.add(folder, file('web/c.ts', single));
    assert.equal(quotes(keeper), 'double');
  });

  it('keeps folders apart', async () => {
    const keeper = await start();
    await keeper.open('/other');
    keeper.add('/other', file('a.ts', double));
    assert.equal(quotes(keeper), undefined);
    await keeper.close('/other');
    assert.deepEqual(keeper.profile('/other').families, []);
    keeper.add('/other', file('a.ts', double));
    assert.deepEqual(keeper.paths('/other'), []);
    await keeper.open('/other');
    assert.deepEqual(keeper.paths('/other'), ['a.ts']);
  });

  it('does as the user says, here or everywhere, also after a restart and in another window', async () => {
    const keeper = await start();
    const window = await start();
    for (const each of [keeper, window]) each.add(folder, file('a.ts', single));
    await keeper.edit(undefined, (edits) =>
      withLines(withOverride(edits, 'ecmascript', 'quotes', 'double'), ['Be brief.']),
    );
    assert.equal(quotes(keeper), 'double');
    await window.edit(folder, (edits) => withOverride(edits, 'ecmascript', 'quotes', noRule));
    assert.equal(quotes(window), undefined);
    assert.deepEqual(window.profile(folder).lines, ['Be brief.']);
    assert.equal(window.edits(undefined).traits.ecmascript?.['quotes'], 'double');
    assert.equal(quotes(keeper), 'double');
    await keeper.reload();
    assert.equal(quotes(keeper), undefined);
    const later = await start();
    assert.equal(quotes(later), undefined);
    await later.edit(folder, (edits) => withOverride(edits, 'ecmascript', 'quotes', undefined));
    assert.equal(quotes(later), 'double');
  });

  it('sets damaged edits aside, says so, and goes on', async () => {
    mkdirSync(join(data, 'personal'));
    writeFileSync(join(data, 'personal', 'style.json'), '{ "version": 99 }');
    const keeper = await start();
    assert.equal(damaged.length, 1);
    assert.match(damaged[0]?.reason ?? '', /version/);
    await keeper.edit(folder, (edits) => withLines(edits, ['Be brief.']));
    assert.deepEqual((await start()).profile(folder).lines, ['Be brief.']);
  });

  it('writes over no edits that it cannot read', async () => {
    mkdirSync(join(data, 'personal', 'style.json'), { recursive: true });
    const keeper = await start();
    keeper.add(folder, file('a.ts', single));
    assert.equal(quotes(keeper), 'single');
    await assert.rejects(keeper.edit(folder, (edits) => withLines(edits, ['Be brief.'])));
    assert.deepEqual(keeper.profile(folder).lines, []);
  });

  it('forgets everything, here and on the disk', async () => {
    const keeper = await start();
    keeper.add(folder, file('a.ts', single));
    await keeper.edit(undefined, (edits) => withLines(edits, ['Be brief.']));
    await keeper.flush();
    keeper.saved(folder, file('b.ts', double));
    await keeper.forgetAll();
    assert.deepEqual(keeper.profile(folder), { families: [], lines: [], notes: [] });
    await keeper.flush();
    assert.ok(!existsSync(join(data, 'personal', 'style.json')));
    assert.ok(!existsSync(join(data, 'personal', 'measuredStyle')));
  });
});
