import assert from 'node:assert/strict';
import { combinedStatus } from '../../../../src/codeIndex/host/combinedStatus.ts';

const progress = (filesDone: number, filesTotal: number, filesPerSecond: number) => ({
  state: 'indexing' as const,
  files: 0,
  chunks: 0,
  progress: { filesDone, filesTotal, filesPerSecond },
});

describe('the status of several folders together', () => {
  it('is off without folders', () => {
    assert.deepEqual(combinedStatus([]), { state: 'off', files: 0, chunks: 0 });
  });

  it('adds up what they hold, and says that there is work while any has some', () => {
    const status = combinedStatus([
      { state: 'ready', files: 10, chunks: 100 },
      {
        state: 'indexing',
        files: 5,
        chunks: 50,
        progress: { filesDone: 5, filesTotal: 20, filesPerSecond: 5, secondsLeft: 3 },
      },
    ]);
    assert.deepEqual(status, {
      state: 'indexing',
      files: 15,
      chunks: 150,
      progress: { filesDone: 5, filesTotal: 20, filesPerSecond: 5, secondsLeft: 3 },
    });
  });

  it('judges the time left by all the work at the speed of all', () => {
    const { progress: both } = combinedStatus([progress(10, 30, 4), progress(0, 100, 6)]);
    assert.deepEqual(both, { filesDone: 10, filesTotal: 130, filesPerSecond: 10, secondsLeft: 12 });
  });

  it('passes a problem on', () => {
    const problem = { code: 'index.diskFull', folder: '/a' } as const;
    const status = combinedStatus([
      { state: 'ready', files: 0, chunks: 0 },
      { state: 'error', files: 0, chunks: 0, problem },
    ]);
    assert.equal(status.state, 'error');
    assert.deepEqual(status.problem, problem);
  });
});
