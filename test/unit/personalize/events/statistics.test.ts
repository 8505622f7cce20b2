import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import { EventStore } from '../../../../src/personalize/events/eventStore.ts';
import type { StoredEvent } from '../../../../src/personalize/events/storedEvent.ts';
import type { Statistics } from '../../../../src/protocol/messages.ts';
import { outcome, shown, survival } from './storedEvents.ts';

const dayMs = 86_400_000;

describe('statistics', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hearth-statistics-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function statisticsOf(events: readonly StoredEvent[], nowMs = dayMs): Promise<Statistics> {
    await using store = new EventStore({
      dataFolder: folder,
      mayStore: async () => true,
      log: silentLogger,
      onProblem: (problem) => assert.fail(problem.code),
    });
    for (const event of events) store.add('file:///w/a.ts', event);
    return store.statistics(nowMs);
  }

  it('counts each completion once, by the best that became of it', async () => {
    const { models } = await statisticsOf([
      ...['1', '2', '3', '4', '5'].map((key) => shown(key)),
      outcome('1', 'acceptedWord', 4),
      outcome('1', 'acceptedWhole', 6),
      outcome('2', 'acceptedWord', 4),
      outcome('2', 'acceptedWord', 3),
      outcome('3', 'rejected', 2),
      outcome('4', 'rejected'),
      outcome('4', 'acceptedWhole', 8),
    ]);
    assert.deepEqual(models, [
      {
        model: 'starter',
        shown: 5,
        acceptedWhole: 2,
        acceptedPart: 1,
        rejected: 1,
        acceptedCharacters: 25,
        keptCharacters: 25,
        latencyMs: { p50: 12, p95: 12, p99: 12 },
      },
    ]);
  });

  it('takes kept characters from the last look, and never more than were accepted', async () => {
    const { models } = await statisticsOf([
      ...['1', '2', '3'].flatMap((key) => [shown(key), outcome(key, 'acceptedWhole', 10)]),
      survival('1', 15, 10),
      survival('1', 300, 2),
      survival('1', 60, 9),
      survival('2', 15, 14, 14),
    ]);
    assert.equal(models[0]?.acceptedCharacters, 30);
    assert.equal(models[0]?.keptCharacters, 2 + 10 + 10);
  });

  it('gives latencies by nearest rank, per model', async () => {
    const slow = Array.from({ length: 100 }, (_, i) => shown(`a${i}`, { model: 'slow', latencyMs: (i * 37) % 100 }));
    const quick = [3, 1, 2].map((latencyMs) => shown(`b${latencyMs}`, { model: 'quick', latencyMs }));
    const { models } = await statisticsOf([...quick, ...slow]);
    assert.deepEqual(
      models.map(({ model, latencyMs }) => [model, latencyMs]),
      [
        ['slow', { p50: 49, p95: 94, p99: 98 }],
        ['quick', { p50: 2, p95: 3, p99: 3 }],
      ],
    );
  });

  it('counts the days that it looks back on, the first one included', async () => {
    assert.equal((await statisticsOf([shown('1', { atMs: 5 * dayMs })], 5 * dayMs)).days, 1);
    assert.equal((await statisticsOf([], 8.5 * dayMs)).days, 4);
  });
});
