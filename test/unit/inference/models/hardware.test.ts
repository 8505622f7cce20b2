import assert from 'node:assert/strict';
import { availableParallelism, totalmem } from 'node:os';
import { coresInCpuinfo, coresInQuota, coresInSiblingLists } from '../../../../src/inference/models/cpuTopology.ts';
import { gpuOfDrmCard, gpusInNvidiaSmi, largestGpu, unifiedGpu } from '../../../../src/inference/models/gpuProbe.ts';
import { probeHardware } from '../../../../src/inference/models/hardware.ts';

const processor = (fields: Readonly<Record<string, number>>): string =>
  ['vendor_id\t: GenuineIntel', ...Object.entries(fields).map(([key, value]) => `${key}\t: ${value}`)].join('\n');

describe('physical cores', () => {
  it('counts hyper-threads of a core once, and the same core id on two sockets twice', () => {
    const threads = [0, 1].flatMap((socket) =>
      [0, 1, 0, 1].map((core, i) =>
        processor({ processor: i, 'physical id': socket, 'core id': core, 'cpu cores': 2 }),
      ),
    );
    assert.equal(coresInCpuinfo(`${threads.join('\n\n')}\n\n`), 4);
  });

  it('leaves ARM, whose cpuinfo names no cores, to the sibling lists', () => {
    assert.equal(coresInCpuinfo('processor\t: 0\nBogoMIPS\t: 50.00\n\nprocessor\t: 1\nBogoMIPS\t: 50.00\n'), undefined);
    assert.equal(coresInSiblingLists(['0,4\n', '1,5\n', '0,4\n', '1,5\n', '2\n']), 3);
    assert.equal(coresInSiblingLists(['', '']), undefined);
  });

  it('rounds a container’s share of processor time up', () => {
    assert.equal(coresInQuota('150000 100000\n'), 2);
    assert.equal(coresInQuota('50000 100000\n'), 1);
    for (const none of ['max 100000\n', '', '0 100000', 'x y']) assert.equal(coresInQuota(none), undefined);
  });
});

describe('GPUs', () => {
  it('are read from nvidia-smi, in MiB, the largest one taken', () => {
    const gpus = gpusInNvidiaSmi('NVIDIA GeForce RTX 3060, 12288\nNVIDIA RTX A5000, 24564\n');
    assert.deepEqual(largestGpu(gpus), { name: 'NVIDIA RTX A5000', backend: 'cuda', memoryBytes: 24564 * 1024 ** 2 });
    for (const nothing of ['', 'No devices were found\n', 'NVIDIA GB10, [N/A]\n'])
      assert.equal(largestGpu(gpusInNvidiaSmi(nothing)), undefined);
  });

  it('are read from AMD’s driver, but not the memory that a processor’s graphics reserve', () => {
    assert.equal(gpuOfDrmCard('0x1002\n', '17163091968\n')?.memoryBytes, 17_163_091_968);
    assert.equal(gpuOfDrmCard('0x1002\n', '536870912\n'), undefined);
    assert.equal(gpuOfDrmCard('0x8086\n', ''), undefined);
    assert.equal(gpuOfDrmCard('0x10de\n', ''), undefined);
  });

  it('share the memory of a Mac', () => {
    assert.equal(unifiedGpu('Apple M2', 24 * 1024 ** 3).memoryBytes, 16 * 1024 ** 3);
    assert.equal(unifiedGpu('Apple M2 Max', 64 * 1024 ** 3).memoryBytes, 48 * 1024 ** 3);
  });
});

describe('probeHardware', () => {
  it('describes this machine', async () => {
    const { memoryBytes, freeMemoryBytes, physicalCores } = await probeHardware();
    assert.ok(memoryBytes > 256e6 && memoryBytes <= totalmem());
    assert.ok(freeMemoryBytes > 0 && freeMemoryBytes <= memoryBytes);
    assert.ok(physicalCores >= 1 && physicalCores <= availableParallelism());
  });
});
