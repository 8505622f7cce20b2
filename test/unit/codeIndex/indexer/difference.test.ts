import assert from 'node:assert/strict';
import type { IndexedFile } from '../../../../src/codeIndex/chunk.ts';
import { type BatchLimits, batchesOf, differenceOf } from '../../../../src/codeIndex/indexer/difference.ts';
import type { FoundFile } from '../../../../src/codeIndex/indexer/discovery.ts';

const found = (path: string, bytes = 1, modifiedMs = 1, languageId = 'go'): FoundFile => ({
  absolutePath: `/w/${path}`,
  path,
  bytes,
  modifiedMs,
  languageId,
});
const indexed = (...files: FoundFile[]): ReadonlyMap<string, IndexedFile> =>
  new Map(files.map((file) => [file.path, { ...file, blob: 'b' }]));

function sizes(limits: BatchLimits, ...bytes: number[]): number[][] {
  const files = bytes.map((each) => ({ bytes: each }));
  return Array.from(batchesOf(files, limits), (batch) => batch.map((file) => file.bytes));
}

describe('the difference of a folder and its index', () => {
  it('is what is new, of another size, time or language, and what is gone', () => {
    const before = indexed(found('same'), found('size'), found('time'), found('language'), found('gone'));
    const now = [found('same'), found('size', 2), found('time', 1, 1.5), found('language', 1, 1, 'c'), found('new')];
    const { changed, missing } = differenceOf(now, before);
    assert.deepEqual(
      changed.map(({ path }) => path),
      ['size', 'time', 'language', 'new'],
    );
    assert.deepEqual(missing, ['gone']);
  });

  it('is read in batches that are small in files and bytes, a file too large for one alone', () => {
    assert.deepEqual(sizes({ files: 2, bytes: 100 }, 1, 2, 3), [[1, 2], [3]]);
    assert.deepEqual(sizes({ files: 9, bytes: 10 }, 4, 6, 1, 50, 9, 1), [[4, 6], [1], [50], [9, 1]]);
    assert.deepEqual(sizes({ files: 9, bytes: 10 }), []);
  });
});
