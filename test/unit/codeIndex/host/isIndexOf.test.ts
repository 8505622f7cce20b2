import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IndexedFile } from '../../../../src/codeIndex/chunk.ts';
import { isIndexOf } from '../../../../src/codeIndex/host/isIndexOf.ts';

const filesOf = (...paths: string[]) => ({
  files: new Map(
    paths.map((path): [string, IndexedFile] => [
      path,
      { path, blob: path, languageId: 'typescript', bytes: 1, modifiedMs: 0 },
    ]),
  ),
});

describe('whether an index is of a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'isIndexOf-'));
  before(() => {
    for (const name of ['a.ts', 'b.ts', 'c.ts']) writeFileSync(join(folder, name), '');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is when most of its files are there, some more or less', async () => {
    assert.equal(await isIndexOf(filesOf('a.ts', 'b.ts', 'gone.ts'), folder), true);
  });

  it('is not when most are not', async () => {
    assert.equal(await isIndexOf(filesOf('a.ts', 'x.ts', 'y.ts'), folder), false);
    assert.equal(await isIndexOf(filesOf(...Array.from({ length: 1_000 }, (_, at) => `${at}.ts`)), folder), false);
  });

  it('is when it is empty: there is nothing to be wrong', async () => {
    assert.equal(await isIndexOf(filesOf(), folder), true);
  });
});
