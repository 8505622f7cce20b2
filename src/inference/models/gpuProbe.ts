import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join, win32 } from 'node:path';
import { promisify } from 'node:util';
import type { HardwareReport } from '../../protocol/messages.ts';

export type Gpu = NonNullable<HardwareReport['gpu']>;

const run = promisify(execFile);
const toolTimeoutMs = 2000;
const amdVendor = '0x1002';
/** Below this it is the piece of main memory that a processor's own graphics reserves. */
const leastGpuBytes = 1.5e9;

/**
 * A light look for a GPU that can hold a model, without loading any driver into this process. The model host, which
 * does load one, knows better as soon as it runs.
 */
export async function probeGpu(platform: NodeJS.Platform, arch: string, memoryBytes: number): Promise<Gpu | undefined> {
  if (platform === 'darwin') return arch === 'arm64' ? unifiedGpu(await appleChip(), memoryBytes) : undefined;
  const nvidia = largestGpu(gpusInNvidiaSmi(await outputOf(nvidiaSmi(platform), nvidiaQuery)));
  if (nvidia) return nvidia;
  return platform === 'linux' ? largestGpu(await amdCards()) : undefined;
}

/** Windows would look for a bare name in the current folder first, which may be somebody's repository. */
function nvidiaSmi(platform: NodeJS.Platform): string {
  if (platform !== 'win32') return 'nvidia-smi';
  return win32.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'nvidia-smi.exe');
}

const nvidiaQuery = ['--query-gpu=name,memory.total', '--format=csv,noheader,nounits'];

/** Cards in the output of `nvidia-smi --query-gpu=name,memory.total --format=csv,noheader,nounits` (MiB). */
export function gpusInNvidiaSmi(csv: string): readonly Gpu[] {
  const gpus: Gpu[] = [];
  for (const line of csv.split('\n')) {
    const [, name, mebibytes] = /^(.+),\s*(\d+)\s*$/.exec(line) ?? [];
    if (name !== undefined)
      gpus.push({ name: name.trim(), backend: 'cuda', memoryBytes: Number(mebibytes) * 1024 ** 2 });
  }
  return gpus;
}

/** One card of `/sys/class/drm`; its memory is known only where the driver is AMD's. */
export function gpuOfDrmCard(vendor: string, memoryText: string): Gpu | undefined {
  const memoryBytes = Number(memoryText.trim());
  if (vendor.trim() !== amdVendor || !(memoryBytes >= leastGpuBytes)) return undefined;
  return { name: 'AMD GPU', backend: 'vulkan', memoryBytes };
}

/** Apple's GPUs share main memory; by default Metal lends them two thirds of it, three quarters above 36 GB. */
export function unifiedGpu(name: string, memoryBytes: number): Gpu {
  return {
    name,
    backend: 'metal',
    memoryBytes: Math.floor(memoryBytes * (memoryBytes > 36 * 1024 ** 3 ? 3 / 4 : 2 / 3)),
  };
}

export function largestGpu(gpus: readonly Gpu[]): Gpu | undefined {
  return gpus.toSorted((a, b) => b.memoryBytes - a.memoryBytes)[0];
}

async function appleChip(): Promise<string> {
  return (await outputOf('/usr/sbin/sysctl', ['-n', 'machdep.cpu.brand_string'])).trim() || 'Apple GPU';
}

async function amdCards(): Promise<readonly Gpu[]> {
  const folder = '/sys/class/drm';
  const names = await readdir(folder).catch(() => []);
  const cards = await Promise.all(
    names
      .filter((name) => /^card\d+$/.test(name))
      .map(async (name) => {
        const device = join(folder, name, 'device');
        return gpuOfDrmCard(await textOf(join(device, 'vendor')), await textOf(join(device, 'mem_info_vram_total')));
      }),
  );
  return cards.filter((card) => card !== undefined);
}

/** What a tool prints; empty when it is not installed, fails or hangs. */
export async function outputOf(program: string, args: readonly string[]): Promise<string> {
  const result = await run(program, args, { timeout: toolTimeoutMs, windowsHide: true }).catch(() => undefined);
  return result?.stdout ?? '';
}

/** A file's text; empty when it cannot be read. */
export async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
