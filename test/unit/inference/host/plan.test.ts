import assert from 'node:assert/strict';
import { type Crashes, standing } from '../../../../src/inference/host/crashHistory.ts';
import {
  maxContexts,
  planContext,
  planGpuLayers,
  planLongRoom,
  planStack,
  planThreads,
  smallestLevel,
} from '../../../../src/inference/host/plan.ts';

const small = { trainContextSize: 32768, kvBytesPerToken: 12_288, memoryBytes: 16e9 };

describe('the plan of a model host', () => {
  it('gets smaller with every level, in no respect larger', () => {
    const plans = Array.from({ length: smallestLevel + 1 }, (_, level) => planContext(level, small));
    assert.deepEqual(plans[0], { contextSize: 4096, sequences: 3, batchSize: 512 });
    assert.deepEqual(plans.at(-1), { contextSize: 1024, sequences: 1, batchSize: 128 });
    for (const [level, plan] of plans.entries()) {
      const before = plans[level - 1] ?? plan;
      assert.ok(plan.contextSize <= before.contextSize && plan.batchSize <= before.batchSize);
      const cells = (each: typeof plan) => each.contextSize * each.sequences;
      assert.ok(level === 0 || cells(plan) < cells(before));
    }
    assert.deepEqual(planContext(99, small), plans.at(-1));
  });

  it('leaves the GPU step by step', () => {
    assert.deepEqual(
      [0, 1, 2, 3].map((level) => planGpuLayers(level, 29)),
      ['auto', 14, 0, 0],
    );
  });

  it('stays within what the model was trained for and what the memory holds', () => {
    assert.equal(planContext(0, { ...small, trainContextSize: 2048 }).contextSize, 2048);
    assert.equal(planContext(0, { ...small, trainContextSize: 0 }).contextSize, 4096);
    assert.equal(planContext(0, { ...small, kvBytesPerToken: 524_288 }).sequences, 1);
    assert.equal(planContext(0, { ...small, memoryBytes: 0 }).sequences, 1);
  });

  it('gives contexts with adapters what memory the bare one leaves, and one sequence at least', () => {
    assert.deepEqual(planStack(planContext(0, small), small), { contextSize: 4096, sequences: 3, batchSize: 256 });
    assert.deepEqual(planStack(planContext(3, small), small), { contextSize: 1024, sequences: 1, batchSize: 128 });
    for (const memoryBytes of [0, 1e9, 4e9, 8e9, 16e9, 64e9]) {
      const facts = { ...small, kvBytesPerToken: 57_344, memoryBytes };
      const bare = planContext(0, facts);
      const { contextSize, sequences } = planStack(bare, facts);
      assert.equal(contextSize, bare.contextSize, 'a request that fits one context fits all');
      assert.ok(sequences >= 1 && sequences <= bare.sequences);
      const bytes = (bare.sequences + maxContexts.short * sequences) * contextSize * facts.kvBytesPerToken;
      assert.ok(sequences === 1 || bytes <= 0.15 * memoryBytes, `${sequences} sequences in ${memoryBytes} bytes`);
    }
    const short = { ...small, kvBytesPerToken: 57_344, memoryBytes: 8e9 };
    assert.deepEqual([planContext(0, short).sequences, planStack(planContext(0, short), short).sequences], [3, 1]);
  });

  it('makes the long room as long as training, level and memory allow, never shorter than the short one', () => {
    const longest = (level: number, facts = small) => planLongRoom(level, facts)[0];
    assert.deepEqual(longest(0), { contextSize: 16_384, sequences: 2, batchSize: 256 });
    assert.equal(longest(0, { ...small, trainContextSize: 8192 }).contextSize, 8192);
    assert.equal(longest(0, { ...small, trainContextSize: 2048 }).contextSize, 2048);
    assert.equal(longest(0, { ...small, trainContextSize: 0 }).contextSize, 4096);
    // 7B without shared keys on 16 GB: 2.4 GB are 4,577 tokens.
    assert.deepEqual(longest(0, { ...small, kvBytesPerToken: 524_288 }), {
      contextSize: 4352,
      sequences: 1,
      batchSize: 256,
    });
    assert.deepEqual(longest(0, { ...small, memoryBytes: 0 }), { contextSize: 4096, sequences: 1, batchSize: 256 });
    for (let level = 1; level <= smallestLevel; level++) {
      const [plan, before] = [longest(level), longest(level - 1)];
      assert.ok(plan.contextSize * plan.sequences < before.contextSize * before.sequences, `level ${level}`);
      assert.ok(plan.contextSize >= planContext(level, small).contextSize);
    }
    for (const memoryBytes of [1e9, 4e9, 8e9, 16e9]) {
      const facts = { ...small, kvBytesPerToken: 57_344, memoryBytes };
      const { contextSize, sequences } = longest(0, facts);
      const bytes = contextSize * sequences * facts.kvBytesPerToken;
      assert.ok(bytes <= 0.15 * memoryBytes || (contextSize === 4096 && sequences === 1), `${bytes} of ${memoryBytes}`);
    }
  });

  it('knows smaller long rooms, down to the short one, for when memory turns out to be short', () => {
    const sizes = planLongRoom(0, small).map(({ contextSize, sequences }) => [contextSize, sequences]);
    assert.deepEqual(sizes, [
      [16_384, 2],
      [16_384, 1],
      [8192, 1],
      [4096, 1],
    ]);
    assert.deepEqual(
      planLongRoom(0, { ...small, trainContextSize: 9000 }).map(({ contextSize }) => contextSize),
      [9000, 9000, 4352, 4096],
    );
  });

  it('gives a tiny model one thread, others every core, and obeys the user', () => {
    assert.equal(planThreads(0, 8, 7e6), 1);
    assert.equal(planThreads(0, 8, 1e9), 8);
    assert.equal(planThreads(3, 8, 7e6), 3);
    assert.equal(planThreads(0, 0, 1e9), 1);
  });
});

describe('what crashes mean', () => {
  const minute = 60_000;
  const start = 1e12;
  const at = (nowMin: number, ...crashesMin: number[]) =>
    standing(crashesMin.map((each) => start + each * minute) satisfies Crashes, start + nowMin * minute);

  it('is one level smaller each, down to the smallest', () => {
    assert.deepEqual(at(0), { level: 0 });
    assert.equal(at(5, 0).level, 1);
    assert.equal(at(5, 0, 4).level, 2);
    assert.equal(at(30, 0, 4, 8, 12, 16, 22, 28).level, smallestLevel);
  });

  it('is forgiven level by level after quiet minutes', () => {
    assert.deepEqual(at(5, 0, 4), { level: 2, improvesAtMs: start + 14 * minute });
    assert.equal(at(13.9, 0, 4).level, 2);
    assert.deepEqual(at(14, 0, 4), { level: 1, improvesAtMs: start + 24 * minute });
    assert.deepEqual(at(24, 0, 4), { level: 0 });
    assert.equal(at(30, 0, 1, 25).level, 1);
  });

  it('is the end when five come within three minutes', () => {
    assert.equal(at(2.5, 0, 0.5, 1, 1.5).gaveUpAfter, undefined);
    assert.equal(at(2.5, 0, 0.5, 1, 1.5, 2).gaveUpAfter, 5);
    assert.equal(at(3.1, 0, 0.5, 1, 1.5, 2).gaveUpAfter, undefined);
  });
});
