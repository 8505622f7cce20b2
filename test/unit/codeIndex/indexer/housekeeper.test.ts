import assert from 'node:assert/strict';
import { Gate } from '../../../../src/codeIndex/indexer/gate.ts';
import { Housekeeper, isDue, isDueDuringPass } from '../../../../src/codeIndex/indexer/housekeeper.ts';
import { until } from './indexedRepository.ts';

const never = new AbortController().signal;
const clean = { chunks: 0, deleted: false };

describe('housekeeping', () => {
  let tidied: number;
  let fails: boolean;
  let failures: unknown[];
  const create = (quietMs: number): Housekeeper => {
    tidied = 0;
    fails = false;
    failures = [];
    return new Housekeeper({
      store: {
        chunkCount: 1_000,
        tidy: () => (fails ? Promise.reject(new Error('no')) : Promise.resolve(void tidied++)),
      },
      gate: new Gate({ powerSource: () => Promise.resolve('mains'), quietMs: 30 }),
      onFailure: (cause) => failures.push(cause),
      quietMs,
    });
  };

  it('is due for many new chunks, or to delete', () => {
    assert.equal(isDue({ chunks: 500, deleted: false }, 1_000), false);
    assert.equal(isDue({ chunks: 501, deleted: false }, 1_000), true);
    assert.equal(isDue({ chunks: 1_400, deleted: false }, 300_000), false);
    assert.equal(isDue({ chunks: 1_600, deleted: false }, 300_000), true);
    assert.equal(isDue({ chunks: 0, deleted: true }, 300_000), true);
  });

  it('is due in a long pass a few times only', () => {
    let untidy = 0;
    let times = 0;
    for (let count = 0; count <= 300_000; count += 1_000) {
      if (isDueDuringPass(untidy, count)) {
        times++;
        untidy = 0;
      }
      untidy += 1_000;
    }
    assert.equal(times, 3);
  });

  it('is done once after the first pass, and then only when there is need', async () => {
    await using keeper = create(60_000);
    await keeper.tidy(never);
    await keeper.tidy(never);
    assert.equal(tidied, 1);
    keeper.wrote({ chunks: 600, deleted: false });
    await keeper.tidy(never);
    assert.equal(tidied, 2);
  });

  it('follows saves when they cease', async () => {
    await using keeper = create(5);
    await keeper.tidy(never);
    keeper.wrote({ chunks: 400, deleted: false });
    keeper.wrote({ chunks: 400, deleted: false });
    await until(() => tidied === 2);
  });

  it('does not follow each deletion, but the wish to forget', async () => {
    await using keeper = create(1);
    await keeper.tidy(never);
    keeper.wrote({ ...clean, deleted: true });
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(tidied, 1);
    await keeper.tidyNow(never);
    assert.equal(tidied, 2);
  });

  it('is done again after it failed', async () => {
    await using keeper = create(1);
    fails = true;
    await assert.rejects(keeper.tidy(never), /no/);
    keeper.wrote(clean);
    await until(() => failures.length > 0);
    fails = false;
    await keeper.tidy(never);
    assert.equal(tidied, 1);
  });
});
