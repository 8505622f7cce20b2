import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planChange } from '../../../../src/codeIndex/store/changePlan.ts';
import type { FileEvent } from '../../../../src/codeIndex/store/fileEvent.ts';
import { FileTable } from '../../../../src/codeIndex/store/fileTable.ts';
import type { StoreChange } from '../../../../src/codeIndex/store/indexStore.ts';
import { blobOf, change } from './storeFixture.ts';

/** Does a change to a table and its log, as the store does to its own. */
function done(table: FileTable, log: FileEvent[], what: StoreChange): readonly string[] {
  const { events, orphans } = planChange(table, what, 1_000);
  log.push(...events);
  table.apply(events);
  return orphans;
}

describe('the file table', () => {
  it('deletes a content with the last file that has it', () => {
    const table = new FileTable();
    const log: FileEvent[] = [];
    done(table, log, change({ 'a.ts': 'one\ntwo', 'copy.ts': 'one\ntwo' }));
    assert.equal(table.liveChunks, 2, 'chunks are there once');
    assert.deepEqual(done(table, log, change({}, { removed: ['a.ts'] })), []);
    assert.deepEqual(table.pathsOf(blobOf('one\ntwo')), ['copy.ts']);
    assert.deepEqual(done(table, log, change({ 'copy.ts': 'three' })), [blobOf('one\ntwo')]);
    assert.equal(table.liveChunks, 1);
    assert(!table.has(blobOf('one\ntwo')));
  });

  it('parks a content and takes it back without its chunks', () => {
    const table = new FileTable();
    const log: FileEvent[] = [];
    done(table, log, change({ 'a.ts': 'one\ntwo' }));
    assert.deepEqual(done(table, log, change({ 'a.ts': 'other' }, { orphans: 'park' })), []);
    assert.deepEqual([table.liveChunks, table.parkedChunks], [1, 2]);
    assert.deepEqual([...table.parked], [[blobOf('one\ntwo'), 1_000]]);
    done(table, log, change({ 'a.ts': 'one\ntwo' }, { chunks: [], orphans: 'park' }));
    assert.deepEqual([table.liveChunks, table.parkedChunks], [2, 1]);
    assert.deepEqual([...FileTable.of(log).parked.keys()], [blobOf('other')]);
  });

  it('keeps chunks when a file is renamed', () => {
    const table = new FileTable();
    done(table, [], change({ 'a.ts': 'one' }));
    const plan = planChange(table, change({ 'b.ts': 'one' }, { removed: ['a.ts'] }), 0);
    assert.deepEqual([plan.chunks, plan.orphans], [[], []]);
  });

  it('writes chunks only of contents that are new and that a file of the change has', () => {
    const table = new FileTable();
    done(table, [], change({ 'a.ts': 'one' }));
    const strange = change({ 'x.ts': 'nobody' });
    const plan = planChange(table, { ...change({ 'b.ts': 'one' }), chunks: strange.chunks }, 0);
    assert.deepEqual(plan.chunks, []);
  });

  it('knows from its log whether something was deleted for good', () => {
    for (const [orphans, expected] of [
      ['delete', 1],
      ['park', 0],
    ] as const) {
      const log: FileEvent[] = [];
      const table = new FileTable();
      done(table, log, change({ 'a.ts': 'one', 'b.ts': 'two' }));
      assert.equal(table.deletions, 0);
      done(table, log, change({}, { removed: ['b.ts'], orphans }));
      assert.equal(table.deletions, expected);
      assert.equal(FileTable.of(log).deletions, expected);
      table.shortened();
      assert.equal(table.deletions, 0);
      assert.equal(table.outdatedEvents, 0);
    }
  });

  it('is the same from its log, from its shortened log, and from counting again', () => {
    const path = fc.constantFrom('a', 'b', 'c', 'd');
    const content = fc.constantFrom('', 'one', 'one\ntwo', 'three', 'four\nfive\nsix');
    const step = fc.record({
      files: fc.dictionary(path, content, { maxKeys: 3 }),
      removed: fc.array(path, { maxLength: 2 }),
      orphans: fc.constantFrom('park' as const, 'delete' as const),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const table = new FileTable();
        const log: FileEvent[] = [];
        const rows = new Map<string, number>();
        const expected = new Map<string, string>();
        for (const { files, removed, orphans } of steps) {
          const what = change(files, { removed, orphans });
          const plan = planChange(table, what, 5);
          for (const { blob } of plan.chunks) rows.set(blob, (rows.get(blob) ?? 0) + 1);
          log.push(...plan.events);
          table.apply(plan.events);
          for (const blob of plan.orphans) rows.delete(blob);
          for (const gone of removed) expected.delete(gone);
          for (const [each, text] of Object.entries(files)) expected.set(each, blobOf(text));
        }
        assert.deepEqual(new Map([...table.files].map(([each, { blob }]) => [each, blob])), expected);
        assert.deepEqual(new Map([...table.blobs].filter(([, count]) => count > 0)), rows);
        for (const again of [FileTable.of(log), FileTable.of(log.toReversed()), FileTable.of(table.events())]) {
          assert.deepEqual(again.files, table.files);
          assert.deepEqual(new Map(again.blobs), new Map(table.blobs));
          assert.deepEqual(new Map(again.parked), new Map(table.parked));
          assert.deepEqual([again.liveChunks, again.parkedChunks], [table.liveChunks, table.parkedChunks]);
        }
      }),
    );
  });
});
