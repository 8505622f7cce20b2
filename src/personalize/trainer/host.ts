import { Arena } from './arena.ts';
import type { Device } from './device.ts';
import { Scratch } from './scratch.ts';

/** A device with memory of its own to work in. */
export interface Host extends Disposable {
  readonly device: Device;
  readonly arena: Arena;
  readonly scratch: Scratch;
}

export function hostOn(device: Device): Host {
  const arena = new Arena(device);
  const scratch = new Scratch(device);
  return {
    device,
    arena,
    scratch,
    [Symbol.dispose]() {
      arena[Symbol.dispose]();
      scratch[Symbol.dispose]();
    },
  };
}
