import { readLoraGguf } from '../../formats/gguf/loraGguf.ts';
import { turned } from './adapterOut.ts';
import { Arena, setTensor } from './arena.ts';
import type { Device } from './device.ts';
import type { Lora, LoraPlace } from './lora.ts';
import { tensorType } from './tensor.ts';

export interface FrozenLora extends Disposable {
  /** One per rank that occurs: modules of different ranks are scaled differently. */
  readonly loras: readonly Lora[];
}

const rowLength = 1_024;

/** An adapter from a file, to be applied and not trained. Throws `HeaderFault` when the file is none. */
export async function loadFrozenLora(device: Device, path: string, scale: number): Promise<FrozenLora> {
  const { alpha, modules } = await readLoraGguf(path);
  const ranks = [...new Set([...modules.values()].map(({ rank }) => rank))];
  const memories: Arena[] = [];
  const loras = ranks.map((rank): Lora => {
    const own = [...modules].filter(([, module]) => module.rank === rank);
    const places = new Map<string, LoraPlace>();
    const pieces: Float32Array[] = [];
    let at = 0;
    const put = (values: Float32Array): number => {
      pieces.push(values);
      at += values.length;
      return at - values.length;
    };
    for (const [name, { inputs, outputs, a, b }] of own)
      places.set(name, { inputs, outputs, a: put(a), b: put(turned(b, outputs, rank)) });
    const rows = Math.ceil(at / rowLength);
    const flat = new Float32Array(rows * rowLength);
    let filled = 0;
    for (const piece of pieces) {
      flat.set(piece, filled);
      filled += piece.length;
    }
    const memory = new Arena(device);
    memories.push(memory);
    memory.reset(flat.byteLength + 4_096);
    const parameters = memory.tensor(tensorType.f32, rowLength, rows);
    setTensor(device, parameters, flat);
    return { rank, scale: (scale * alpha) / rank, parameters, places };
  });
  return {
    loras,
    [Symbol.dispose]: () => {
      for (const memory of memories) memory[Symbol.dispose]();
    },
  };
}
