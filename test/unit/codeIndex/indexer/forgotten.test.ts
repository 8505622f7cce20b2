import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Forgotten } from '../../../../src/codeIndex/indexer/forgotten.ts';
import { temporaryFolder } from '../../inference/models/temporaryFolder.ts';

describe('forgotten folders', () => {
  const folder = temporaryFolder();

  it('are a folder and all in it, and nothing beside it', async () => {
    const forgotten = await Forgotten.load(folder());
    await forgotten.add('src/old');
    for (const path of ['src/old', 'src/old/a.ts', 'src/old/deep/b.ts']) assert.ok(forgotten.has(path), path);
    for (const path of ['src', 'src/older/a.ts', 'old/a.ts']) assert.ok(!forgotten.has(path), path);
    await forgotten.add('');
    assert.ok(forgotten.has('src'));
  });

  it('outlive a restart until they are remembered, with all that is inside', async () => {
    const before = await Forgotten.load(folder());
    for (const each of ['a', 'b', 'b/c']) await before.add(each);
    const after = await Forgotten.load(folder());
    assert.deepEqual(after.folders, ['a', 'b', 'b/c']);
    await after.remove('b');
    assert.deepEqual((await Forgotten.load(folder())).folders, ['a']);
    assert.deepEqual(await readdir(folder()), ['forgotten.json']);
  });

  it('are none where the file makes no sense', async () => {
    await writeFile(join(folder(), 'forgotten.json'), '["a", 7, ');
    assert.deepEqual((await Forgotten.load(folder())).folders, []);
    await writeFile(join(folder(), 'forgotten.json'), '["a", 7]');
    assert.deepEqual((await Forgotten.load(folder())).folders, ['a']);
  });
});
