import assert from 'node:assert/strict';
import { describeIndex, stillIndexing, whyNoIndex } from '../../../src/editor/indexText.ts';
import type { IndexStatus } from '../../../src/protocol/indexMessages.ts';
import { inEnglish } from '../../../src/protocol/problems.ts';

const progress = { filesDone: 1203, filesTotal: 8110, filesPerSecond: 949.6, secondsLeft: 7.3 };
const status = (state: IndexStatus['state'], changes: Partial<IndexStatus> = {}): IndexStatus => ({
  state,
  files: 8110,
  chunks: 90_000,
  ...changes,
});
const describeIn = (...args: Parameters<typeof status>) => describeIndex(status(...args), inEnglish);
const why = (state: IndexStatus['state'], enabled = true, folders = 1) =>
  whyNoIndex(status(state), { enabled, folders }, inEnglish);
const states = ['off', 'starting', 'indexing', 'waiting', 'paused', 'ready', 'reading', 'error'] as const;

describe('describeIndex', () => {
  it('tells files, speed and an estimate while indexing', () => {
    const { line, progress: percent, busy } = describeIn('indexing', { progress });
    assert.equal(line, 'Indexing 1,203 of 8,110 files, 950 files/s, about 7 s');
    assert.equal(percent, '14 %');
    assert.equal(busy, true);
  });

  it('leaves out what is not known yet', () => {
    const { line } = describeIn('indexing', { progress: { filesDone: 0, filesTotal: 3, filesPerSecond: 0 } });
    assert.equal(line, 'Indexing 0 of 3 files');
    assert.equal(describeIn('indexing').line, 'Indexing');
  });

  it('estimates in seconds, then in minutes, and never says that nothing is left', () => {
    const waits = [0.2, 89, 90, 600].map((secondsLeft) =>
      describeIn('indexing', { progress: { ...progress, secondsLeft } }).line.replace(/.*about /, ''),
    );
    assert.deepEqual(waits, ['1 s', '89 s', '2 min', '10 min']);
  });

  it('reaches 100 % only by being ready', () => {
    const done = { ...progress, filesDone: 8110 };
    assert.equal(describeIn('indexing', { progress: done }).progress, '99 %');
    assert.equal(describeIn('indexing', { progress: { ...progress, filesDone: 0, filesTotal: 0 } }).progress, '0 %');
    assert.equal(describeIn('ready').progress, '');
  });

  it('shows progress while it waits, too, and none while the user paused it', () => {
    assert.equal(describeIn('waiting', { progress }).progress, '14 %');
    assert.equal(describeIn('paused', { progress }).progress, '');
    assert.equal(describeIn('paused', { progress }).line, 'Indexing is paused at 1,203 of 8,110 files');
  });

  it('has words of its own for each state, and none where there is no index', () => {
    const lines = states.map((state) => describeIn(state).line);
    assert.equal(new Set(lines).size, states.length);
    assert.equal(describeIn('off').line, '');
    assert.deepEqual(
      states.filter((state) => describeIn(state).failed),
      ['error'],
    );
  });

  it('says what went wrong', () => {
    const problem = { code: 'index.diskFull', folder: '/home/project' } as const;
    assert.match(describeIn('error', { problem }).line, /too full to index \/home\/project/);
  });
});

describe('stillIndexing', () => {
  it('is said as long as a search may miss something', () => {
    assert.equal(stillIndexing(status('indexing', { progress }), inEnglish), 'still indexing: 1,203 of 8,110 files');
    assert.match(stillIndexing(status('paused', { progress }), inEnglish), /^indexing is paused/);
    assert.equal(stillIndexing(status('ready'), inEnglish), '');
    assert.equal(stillIndexing(status('reading'), inEnglish), '');
  });
});

describe('whyNoIndex', () => {
  it('says what to do: open a folder, switch it on, build it', () => {
    assert.match(why('off', true, 0)?.text ?? '', /Open a folder/);
    assert.match(why('off', false)?.text ?? '', /hearth\.index is off/);
    assert.deepEqual(why('off', false)?.command, ['workbench.action.openSettings', 'hearth.index']);
    assert.deepEqual(why('off')?.command, ['hearth.rebuildIndex']);
  });

  it('has nothing to say where there is an index', () => {
    for (const state of ['starting', 'indexing', 'waiting', 'paused', 'ready', 'reading'] as const)
      assert.equal(why(state), undefined, state);
  });
});
