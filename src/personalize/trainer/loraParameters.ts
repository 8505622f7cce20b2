import type { ParameterGroup } from './adamW.ts';
import { type ModuleName, moduleNames } from './architectures.ts';
import { Arena, floatsOf, setTensor } from './arena.ts';
import type { Device } from './device.ts';
import { type Lora, loraKey, type LoraPlace } from './lora.ts';
import type { ModelShape } from './modelShape.ts';
import type { Random } from '../../base/random.ts';
import { type Tensor, tensorType } from './tensor.ts';

/** How an adapter is made up. */
export interface LoraShape {
  readonly rank: number;
  readonly alpha: number;
  /** Scale by alpha / sqrt(rank) instead of alpha / rank: larger ranks keep their pace (arXiv 2312.03732). */
  readonly rankStabilized: boolean;
  readonly modules: readonly ModuleName[];
}

export function scaleOf({ rank, alpha, rankStabilized }: LoraShape): number {
  return alpha / (rankStabilized ? Math.sqrt(rank) : rank);
}

/** Rows of the flat tensors: ggml wants matrices, and this divides whatever is in them. */
const rowLength = 1_024;
/** Factors begin at multiples of this, for vector instructions. */
const alignment = 64;

/** Where everything lies, and how many numbers it takes. Pure. */
export function layoutOf(shape: ModelShape, { rank, modules }: LoraShape) {
  const places = new Map<string, LoraPlace>();
  let used = 0;
  const take = (count: number): number => {
    const at = used;
    used = Math.ceil((used + count) / alignment) * alignment;
    return at;
  };
  for (let layer = 0; layer < shape.layers; layer++)
    for (const module of moduleNames) {
      if (!modules.includes(module)) continue;
      const { inputs, outputs } = sizesOf(shape, module);
      const a = take(inputs * rank);
      places.set(loraKey(layer, module), { inputs, outputs, a, b: take(outputs * rank) });
    }
  return { places, length: Math.ceil(used / rowLength) * rowLength };
}

function sizesOf(shape: ModelShape, module: ModuleName): { readonly inputs: number; readonly outputs: number } {
  const { width, headWidth, heads, kvHeads, feedForward } = shape;
  switch (module) {
    case 'attn_q':
      return { inputs: width, outputs: heads * headWidth };
    case 'attn_k':
    case 'attn_v':
      return { inputs: width, outputs: kvHeads * headWidth };
    case 'attn_output':
      return { inputs: heads * headWidth, outputs: width };
    case 'ffn_gate':
    case 'ffn_up':
      return { inputs: width, outputs: feedForward };
    case 'ffn_down':
      return { inputs: feedForward, outputs: width };
  }
}

/** Which numbers learn how fast. */
export function groupsOf(
  places: ReadonlyMap<string, LoraPlace>,
  rank: number,
  rateOfB: number,
): readonly ParameterGroup[] {
  return [...places.values()].flatMap(({ inputs, outputs, a, b }) => [
    { start: a, end: a + rank * inputs, rateFactor: 1 },
    { start: b, end: b + rank * outputs, rateFactor: rateOfB },
  ]);
}

/** As PEFT begins: A uniform within 1 / sqrt(in), B zero, so that the adapter changes nothing yet. */
export function initialParameters(layout: ReturnType<typeof layoutOf>, rank: number, random: Random): Float32Array {
  const parameters = new Float32Array(layout.length);
  for (const { inputs, a } of layout.places.values()) {
    const bound = 1 / Math.sqrt(inputs);
    for (let at = a; at < a + inputs * rank; at++) parameters[at] = (random() * 2 - 1) * bound;
  }
  return parameters;
}

/** The parameters of the adapter that is trained, on a device; all lanes read the same. */
export class LoraParameters implements Disposable {
  readonly lora: Lora;
  readonly length: number;
  readonly #device: Device;
  readonly #memory: Arena;

  constructor(device: Device, model: ModelShape, shape: LoraShape) {
    const { places, length } = layoutOf(model, shape);
    this.#device = device;
    this.#memory = new Arena(device);
    this.#memory.reset(4 * length);
    this.length = length;
    const parameters = this.#memory.tensor(tensorType.f32, rowLength, length / rowLength);
    this.lora = { rank: shape.rank, scale: scaleOf(shape), places, parameters };
  }

  set(parameters: Float32Array): void {
    setTensor(this.#device, this.lora.parameters, parameters);
  }

  [Symbol.dispose](): void {
    this.#memory[Symbol.dispose]();
  }
}

/** Where a lane adds up the gradients of its sequences. */
export class LoraGradients implements Disposable {
  /** The adapter as a pass needs it to train it. */
  readonly lora: Lora;
  readonly #device: Device;
  readonly #memory: Arena;
  readonly #sum: Tensor;

  constructor(device: Device, { lora, length }: LoraParameters) {
    this.#device = device;
    this.#memory = new Arena(device);
    this.#memory.reset(4 * length);
    this.#sum = this.#memory.tensor(tensorType.f32, rowLength, length / rowLength);
    this.lora = { ...lora, gradients: this.#sum };
    this.clear();
  }

  read(): Float32Array {
    return floatsOf(this.#device, this.#sum);
  }

  clear(): void {
    setTensor(this.#device, this.#sum, new Float32Array(this.#sum.shape[0] * this.#sum.shape[1]));
  }

  [Symbol.dispose](): void {
    this.#memory[Symbol.dispose]();
  }
}
