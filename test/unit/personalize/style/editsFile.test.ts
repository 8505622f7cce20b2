import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { noEdits, withLines, withOverride } from '../../../../src/personalize/style/edits.ts';
import {
  deleteEditsFile,
  noEditsAtAll,
  readEditsFile,
  writeEditsFile,
} from '../../../../src/personalize/style/editsFile.ts';

describe('the file of edited style profiles', () => {
  let root: string;
  let path: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'hearth-style-'));
    path = join(root, 'personal', 'style.json');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const some = {
    everywhere: withLines(noEdits, ['We never use default exports.']),
    folders: new Map([['/a', withOverride(noEdits, 'ecmascript', 'quotes', 'double')]]),
  };
  const put = (text: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };

  it('comes back as it was written, and leaves nothing beside it', async () => {
    assert.deepEqual(await readEditsFile(path), { edits: noEditsAtAll });
    await writeEditsFile(path, some);
    await writeEditsFile(path, some);
    assert.deepEqual(await readEditsFile(path), { edits: some });
    assert.deepEqual(readdirSync(dirname(path)), ['style.json']);
  });

  const damaged: readonly (readonly [what: string, text: string])[] = [
    ['nothing', ''],
    ['half of it', '{ "version": 1, "every'],
    ['another kind of file', '[1]'],
    ['another version', '{ "version": 2, "everywhere": { "traits": {}, "lines": [] } }'],
    ['no version', '{ "everywhere": { "traits": {}, "lines": [] } }'],
    ['other shapes', '{ "version": 1, "everywhere": { "traits": [], "lines": [] } }'],
    ['a folder of another shape', '{ "version": 1, "folders": { "/a": 7 } }'],
  ];
  for (const [what, text] of damaged)
    it(`is set aside when it holds ${what}`, async () => {
      put(text);
      const read = await readEditsFile(path);
      assert.deepEqual(read.edits, noEditsAtAll);
      assert.ok(read.damaged?.reason);
      assert.equal(readFileSync(read.damaged.aside, 'utf8'), text);
      assert.equal(existsSync(path), false);
      await writeEditsFile(path, some);
      assert.deepEqual((await readEditsFile(path)).edits, some);
    });

  it('keeps the newest damaged file only', async () => {
    put('first');
    await readEditsFile(path);
    put('second');
    const { damaged: second } = await readEditsFile(path);
    assert.equal(readdirSync(dirname(path)).length, 1);
    assert.equal(readFileSync(second?.aside ?? '', 'utf8'), 'second');
  });

  it('is not taken for missing when it cannot be read', async () => {
    mkdirSync(path, { recursive: true });
    await assert.rejects(readEditsFile(path));
    assert.ok(existsSync(path));
  });

  it('is as it was when the new one cannot be written', async () => {
    await writeEditsFile(path, some);
    mkdirSync(`${path}.${process.pid}.new`);
    await assert.rejects(writeEditsFile(path, noEditsAtAll));
    assert.deepEqual((await readEditsFile(path)).edits, some);
  });

  it('is deleted with everything that was set aside', async () => {
    put('damaged');
    await readEditsFile(path);
    await writeEditsFile(path, some);
    await deleteEditsFile(path);
    assert.deepEqual(readdirSync(dirname(path)), []);
    await deleteEditsFile(path);
  });
});
