import { readdir } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import type { HardwareReport } from '../../protocol/messages.ts';
import { coresInCpuinfo, coresInQuota, coresInSiblingLists } from './cpuTopology.ts';
import { outputOf, probeGpu, textOf } from './gpuProbe.ts';

/**
 * What this machine (or the container we are in) offers a model. Takes some milliseconds, up to two seconds where a
 * graphics tool hangs. Never throws: what cannot be found out is left out or taken as small.
 */
export async function probeHardware(): Promise<HardwareReport> {
  const memoryBytes = memoryLimit();
  const [physicalCores, gpu] = await Promise.all([
    countCores(process.platform),
    probeGpu(process.platform, process.arch, memoryBytes),
  ]);
  return { memoryBytes, freeMemoryBytes: freeMemory(memoryBytes), physicalCores, ...(gpu && { gpu }) };
}

/** Total memory, or what the cgroup allows. Node answers 0 or an impossible number where nothing limits us. */
function memoryLimit(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(totalmem(), limit) : totalmem();
}

/**
 * On Linux `freemem` is the kernel's MemAvailable, which counts what caches would give back. `availableMemory` knows
 * containers, but came only with Node 20.13.
 */
function freeMemory(memoryBytes: number): number {
  const available = 'availableMemory' in process ? process.availableMemory() : memoryBytes;
  return Math.min(memoryBytes, freemem(), available);
}

/** Physical cores this process may use: two hyper-threads of one core make a model no faster than one. */
async function countCores(platform: NodeJS.Platform): Promise<number> {
  const usable = availableParallelism();
  if (platform === 'linux') {
    const cores = coresInCpuinfo(await textOf('/proc/cpuinfo')) ?? coresInSiblingLists(await siblingLists()) ?? usable;
    const quota = coresInQuota(await textOf('/sys/fs/cgroup/cpu.max')) ?? cores;
    return Math.max(1, Math.min(cores, usable, quota));
  }
  // Performance cores only, on Apple's processors: the small ones hold the large ones back.
  if (platform === 'darwin') {
    for (const key of ['hw.perflevel0.physicalcpu', 'hw.physicalcpu']) {
      const cores = Number(await outputOf('/usr/sbin/sysctl', ['-n', key]));
      if (cores > 0) return cores;
    }
  }
  return Math.max(1, Math.floor(usable / 2));
}

async function siblingLists(): Promise<readonly string[]> {
  const folder = '/sys/devices/system/cpu';
  const names = await readdir(folder).catch(() => []);
  const processors = names.filter((name) => /^cpu\d+$/.test(name));
  return Promise.all(processors.map((name) => textOf(join(folder, name, 'topology', 'core_cpus_list'))));
}
