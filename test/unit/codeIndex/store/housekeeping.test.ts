import assert from 'node:assert/strict';
import { planChange } from '../../../../src/codeIndex/store/changePlan.ts';
import { FileTable } from '../../../../src/codeIndex/store/fileTable.ts';
import { choreFor, expiredBlobs, type StoreState } from '../../../../src/codeIndex/store/housekeeping.ts';
import { blobOf, change } from './storeFixture.ts';

const dayMs = 24 * 60 * 60 * 1000;
const tidy: StoreState = {
  files: 10_000,
  deletions: 0,
  outdatedEvents: 0,
  rows: 100_000,
  unindexedRows: 0,
  fragments: 25,
  indexings: 1,
};

describe('housekeeping', () => {
  for (const [what, state, expected] of [
    ['nothing happened', {}, 'none'],
    ['some files were saved', { unindexedRows: 400, outdatedEvents: 40 }, 'none'],
    ['the first pass is done', { unindexedRows: 100_000 }, 'index'],
    ['many files were saved', { unindexedRows: 2_000, outdatedEvents: 200 }, 'index'],
    ['a hundred files of one chunk were saved', { unindexedRows: 160, fragments: 185, outdatedEvents: 160 }, 'rewrite'],
    ['many files were saved for the fourth time', { unindexedRows: 2_000, indexings: 3 }, 'rewrite'],
    ['a file was deleted', { deletions: 1 }, 'rewrite'],
    ['every tenth file was written over', { outdatedEvents: 1_100 }, 'rewrite'],
  ] as const)
    it(`is ${expected} when ${what}`, () => assert.equal(choreFor({ ...tidy, ...state }), expected));

  it('lets go of parked contents that are old, or more than the files have', () => {
    const table = new FileTable();
    const at = (nowMs: number, what: Parameters<typeof planChange>[1]): void =>
      table.apply(planChange(table, what, nowMs).events);
    at(0, change({ a: '1', b: '2\n3', c: '4\n5\n6' }));
    at(1 * dayMs, change({ a: 'x' }, { orphans: 'park' }));
    at(20 * dayMs, change({ b: 'y' }, { orphans: 'park' }));
    assert.deepEqual(expiredBlobs(table, 21 * dayMs), []);
    assert.deepEqual(expiredBlobs(table, 32 * dayMs), [blobOf('1')]);
    assert.deepEqual(expiredBlobs(table, 60 * dayMs), [blobOf('1'), blobOf('2\n3')]);
    at(21 * dayMs, change({ c: 'z' }, { orphans: 'park' }));
    assert.deepEqual([table.liveChunks, table.parkedChunks], [3, 6]);
    assert.deepEqual(expiredBlobs(table, 21 * dayMs), [blobOf('1'), blobOf('2\n3')]);
  });
});
