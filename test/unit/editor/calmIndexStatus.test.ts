import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { calmIndexStatus, indexingShowsAfterMs } from '../../../src/editor/calmIndexStatus.ts';
import type { IndexStatus } from '../../../src/protocol/indexMessages.ts';

const after = (ms: number) => mock.timers.tick(ms);

describe('calmIndexStatus', () => {
  let shown: string[];
  let take: ReturnType<typeof calmIndexStatus>;
  const tell = (state: IndexStatus['state'], files = 0) => take({ state, files, chunks: 0 });

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    shown = [];
    take = calmIndexStatus(({ state, files }) => shown.push(`${state} ${files}`));
  });
  afterEach(() => mock.timers.reset());

  it('says nothing of a saved file', () => {
    tell('ready', 7);
    tell('indexing');
    after(indexingShowsAfterMs - 1);
    tell('ready', 8);
    after(5000);
    assert.deepEqual(shown, ['ready 7', 'ready 8']);
  });

  it('shows work that lasts, from its first sign on, with the newest numbers', () => {
    tell('starting');
    after(indexingShowsAfterMs - 1);
    tell('indexing', 3);
    assert.deepEqual(shown, []);
    after(1);
    tell('indexing', 5);
    tell('waiting', 5);
    tell('indexing', 6);
    assert.deepEqual(shown, ['indexing 3', 'indexing 5', 'waiting 5', 'indexing 6']);
  });

  it('is calm again after the work is over', () => {
    tell('indexing', 1);
    after(indexingShowsAfterMs);
    tell('ready', 2);
    tell('indexing', 3);
    assert.deepEqual(shown, ['indexing 1', 'ready 2']);
  });

  it('shows nothing after it was disposed', () => {
    tell('indexing');
    take[Symbol.dispose]();
    after(5000);
    assert.deepEqual(shown, []);
  });
});
