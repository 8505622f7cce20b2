import { probeHardware } from '../../inference/models/hardware.ts';

/** What is left to others of the memory that is free. */
const freeShare = 0.75;

export interface MachineLimits {
  readonly cores: number;
  readonly maxBytes: number;
  readonly freeBytes: number;
}

/** What a training may use of this machine: one or two cores stay free where there are enough. */
export async function machineLimits(): Promise<MachineLimits> {
  const { physicalCores, freeMemoryBytes } = await probeHardware();
  const spared = physicalCores > 8 ? 2 : physicalCores > 2 ? 1 : 0;
  return {
    cores: Math.max(1, physicalCores - spared),
    maxBytes: Math.floor(freeMemoryBytes * freeShare),
    freeBytes: freeMemoryBytes,
  };
}
