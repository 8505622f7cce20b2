/**
 * Physical cores from the text of Linux's `/proc/cpuinfo`: hyper-threads of a core share its `physical id` and
 * `core id`. Undefined where the text names none (ARM).
 */
export function coresInCpuinfo(cpuinfo: string): number | undefined {
  const cores = new Set<string>();
  for (const processor of cpuinfo.split(/\n\s*\n/)) {
    const core = fieldOf(processor, 'core id');
    if (core !== undefined) cores.add(`${fieldOf(processor, 'physical id') ?? 0}:${core}`);
  }
  return cores.size > 0 ? cores.size : undefined;
}

/** Physical cores from `/sys/devices/system/cpu/cpuN/topology/core_cpus_list`: each core's hyper-threads name the same list. */
export function coresInSiblingLists(lists: readonly string[]): number | undefined {
  const cores = new Set(lists.map((list) => list.trim()).filter((list) => list !== ''));
  return cores.size > 0 ? cores.size : undefined;
}

/** The processor time a container may use, in whole cores, from cgroup v2 `cpu.max` (`200000 100000`, `max 100000`). */
export function coresInQuota(cpuMax: string): number | undefined {
  const [quota, period] = cpuMax.trim().split(' ').map(Number);
  if (quota === undefined || period === undefined || !(quota > 0) || !(period > 0)) return undefined;
  return Math.max(1, Math.ceil(quota / period));
}

function fieldOf(processor: string, name: string): string | undefined {
  return new RegExp(`^${name}\\s*:\\s*(\\S+)`, 'm').exec(processor)?.[1];
}
