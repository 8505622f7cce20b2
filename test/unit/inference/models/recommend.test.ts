import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { catalogue } from '../../../../src/inference/models/catalogue.ts';
import { fitOf, rankChatModels, rankModels } from '../../../../src/inference/models/recommend.ts';
import type { HardwareReport } from '../../../../src/protocol/messages.ts';

const GB = 1e9;

interface Machine {
  readonly memoryGB: number;
  readonly cores: number;
  readonly gpu?: readonly [backend: string, memoryGB: number];
}

function hardware({ memoryGB, cores, gpu }: Machine): HardwareReport {
  const report = { memoryBytes: memoryGB * GB, freeMemoryBytes: (memoryGB * GB) / 2, physicalCores: cores };
  return gpu ? { ...report, gpu: { name: 'GPU', backend: gpu[0], memoryBytes: gpu[1] * GB } } : report;
}

function recommendedFor(machine: Machine): string {
  const recommended = [...rankModels(catalogue, hardware(machine))].filter(([, fit]) => fit === 'recommended');
  assert.equal(recommended.length, 1);
  return recommended[0]?.[0] ?? '';
}

/** Rows are sorted by strength. */
function strength(machine: Machine): number {
  const id = recommendedFor(machine);
  return catalogue.findIndex((row) => row.id === id);
}

describe('rankModels', () => {
  const machines: readonly (readonly [string, Machine, string])[] = [
    ['an old netbook', { memoryGB: 2, cores: 2 }, 'starter'],
    ['a small virtual machine', { memoryGB: 4, cores: 2 }, 'starter'],
    ['a 2-core laptop', { memoryGB: 8, cores: 2 }, 'qwen2.5-coder-0.5b'],
    ['a laptop without GPU', { memoryGB: 16, cores: 8 }, 'qwen2.5-coder-1.5b'],
    ['a server without GPU', { memoryGB: 256, cores: 64 }, 'qwen2.5-coder-1.5b'],
    ['a laptop with a small card', { memoryGB: 16, cores: 8, gpu: ['cuda', 4] }, 'qwen2.5-coder-1.5b'],
    ['a desktop with a middling card', { memoryGB: 16, cores: 6, gpu: ['vulkan', 8] }, 'qwen2.5-coder-7b'],
    ['a workstation', { memoryGB: 32, cores: 12, gpu: ['cuda', 24] }, 'qwen2.5-coder-7b'],
    ['a card in a machine with little memory', { memoryGB: 4, cores: 4, gpu: ['cuda', 24] }, 'qwen2.5-coder-7b'],
    ['an 8 GB Mac', { memoryGB: 8, cores: 8, gpu: ['metal', 5.3] }, 'qwen2.5-coder-1.5b'],
    ['a 32 GB Mac', { memoryGB: 32, cores: 10, gpu: ['metal', 21] }, 'qwen2.5-coder-1.5b'],
  ];
  for (const [what, machine, id] of machines)
    it(`recommends ${id} on ${what}`, () => assert.equal(recommendedFor(machine), id));

  it('says of the rest whether they fit and whether they are slow', () => {
    const ranks = rankModels(catalogue, hardware({ memoryGB: 16, cores: 8 }));
    assert.equal(ranks.get('starter'), 'good');
    assert.equal(ranks.get('qwen2.5-coder-3b'), 'good');
    assert.equal(ranks.get('qwen2.5-coder-7b'), 'slow');
    assert.equal(rankModels(catalogue, hardware({ memoryGB: 8, cores: 8 })).get('qwen2.5-coder-7b'), 'tooLarge');
  });

  it('keeps 4 GB, or 35 % where that is more, for the editor and the system', () => {
    const model = { parametersB: 1, downloadBytes: 1 * GB, memoryBytes: 6 * GB };
    assert.equal(fitOf(model, hardware({ memoryGB: 9.9, cores: 8 })), 'tooLarge');
    assert.equal(fitOf(model, hardware({ memoryGB: 10.1, cores: 8 })), 'good');
    assert.equal(fitOf({ ...model, memoryBytes: 13.1 * GB }, hardware({ memoryGB: 20, cores: 8 })), 'tooLarge');
    assert.equal(fitOf({ ...model, memoryBytes: 12.9 * GB }, hardware({ memoryGB: 20, cores: 8 })), 'good');
  });

  it('never recommends a model whose licence forbids some uses, nor one for chat', () => {
    fc.assert(
      fc.property(machine(), (each) => {
        const row = catalogue.find(({ id }) => id === recommendedFor(each));
        assert.ok(row && !row.restricted && row.use === 'completion');
      }),
    );
  });

  it('never recommends less for more memory, more cores or a larger card', () => {
    fc.assert(
      fc.property(machine(), fc.nat(200), fc.nat(64), fc.nat(80), (small, memoryGB, cores, cardGB) => {
        const large: Machine = {
          memoryGB: small.memoryGB + memoryGB,
          cores: small.cores + cores,
          ...(small.gpu && { gpu: [small.gpu[0], small.gpu[1] + cardGB] as const }),
        };
        assert.ok(strength(large) >= strength(small));
      }),
    );
  });
});

describe('rankChatModels', () => {
  const recommended = (each: Machine) =>
    [...rankChatModels(catalogue, hardware(each))].filter(([, fit]) => fit === 'recommended').map(([id]) => id);
  const machines: readonly (readonly [string, Machine, readonly string[]])[] = [
    ['an old netbook', { memoryGB: 2, cores: 2 }, []],
    ['a laptop without GPU', { memoryGB: 16, cores: 8 }, ['qwen2.5-coder-1.5b-instruct']],
    ['a slow machine, where all are slow', { memoryGB: 8, cores: 1 }, ['qwen2.5-coder-1.5b-instruct']],
    ['a workstation', { memoryGB: 32, cores: 12, gpu: ['cuda', 24] }, ['qwen2.5-coder-7b-instruct']],
  ];
  for (const [what, each, ids] of machines)
    it(`recommends ${ids[0] ?? 'none'} on ${what}`, () => assert.deepEqual(recommended(each), ids));

  it('recommends one for chat that every use is allowed of, or none', () => {
    fc.assert(
      fc.property(machine(), (each) => {
        const rows = recommended(each).map((id) => catalogue.find((row) => row.id === id));
        assert.ok(rows.length <= 1 && rows.every((row) => row && !row.restricted && row.use === 'chat'));
      }),
    );
  });
});

const machine = (): fc.Arbitrary<Machine> =>
  fc.record(
    {
      memoryGB: fc.double({ min: 1, max: 128, noNaN: true }),
      cores: fc.integer({ min: 1, max: 64 }),
      gpu: fc.tuple(fc.constantFrom('cuda', 'vulkan', 'metal'), fc.double({ min: 0.5, max: 48, noNaN: true })),
    },
    { requiredKeys: ['memoryGB', 'cores'] },
  );
