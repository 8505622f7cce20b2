import { open } from 'node:fs/promises';
import { readGgufHeader } from '../../../../src/formats/gguf/ggufHeader.ts';
import { ggufFile, pair, type Tensor, textPair } from '../models/ggufBytes.ts';
import { starter } from './hosts.ts';

export interface AdapterOptions {
  readonly seed?: number;
  readonly rank?: number;
  readonly architecture?: string;
  /** GGUF's `general.type`. */
  readonly type?: string;
  /** Stored as text, which makes llama.cpp end the process. */
  readonly alphaAsText?: boolean;
  /** Changes the shapes of the matrices, or leaves some out. */
  readonly alter?: (matrices: readonly Matrix[]) => readonly Matrix[];
}

interface Matrix {
  readonly name: string;
  readonly dimensions: readonly number[];
}

const alpha = 128;
const adapted = /^blk\.\d+\.(attn_(q|k|v|output)|ffn_(gate|up|down))\.weight$/;

/**
 * The bytes of a LoRA adapter for the starter: random, and strong enough to change what it writes. What it says then
 * means nothing; that llama.cpp applies it does.
 */
export async function adapterFile(options: AdapterOptions = {}): Promise<Buffer> {
  const { seed = 1, rank = 4, architecture = 'qwen3', type = 'adapter', alphaAsText = false, alter } = options;
  const matrices = (await starterShapes()).flatMap(([weight, [inputs = 0, outputs = 0]]) => [
    { name: `${weight}.lora_a`, dimensions: [inputs, rank] },
    { name: `${weight}.lora_b`, dimensions: [rank, outputs] },
  ]);
  const chosen = alter?.(matrices) ?? matrices;
  let offset = 0;
  const tensors = chosen.map(({ name, dimensions }): Tensor => {
    const tensor = { name, dimensions, type: 0, offset };
    offset += paddedBytes(dimensions);
    return tensor;
  });
  const header = ggufFile({
    pairs: [
      textPair('general.type', type),
      textPair('general.architecture', architecture),
      textPair('adapter.type', 'lora'),
      alphaAsText ? textPair('adapter.lora.alpha', String(alpha)) : pair('adapter.lora.alpha', 6, float(alpha)),
    ],
    tensors,
    dataBytes: 0,
  });
  return Buffer.concat([header, ...chosen.map(({ dimensions }, at) => noise(dimensions, seed * 1000 + at))]);
}

async function starterShapes(): Promise<readonly (readonly [string, readonly number[]])[]> {
  await using file = await open(starter.path);
  const header = await readGgufHeader(file, (await file.stat()).size);
  return [...(header?.table.tensors ?? [])]
    .filter(([name]) => adapted.test(name))
    .map(([name, { shape }]) => [name, shape] as const);
}

/** A matrix whose products are about as long as what goes in. */
function noise(dimensions: readonly number[], seed: number): Buffer {
  const bytes = Buffer.alloc(paddedBytes(dimensions));
  let state = seed * 2654435761;
  const count = dimensions.reduce((product, each) => product * each, 1);
  const scale = 1 / Math.sqrt(Math.max(...dimensions));
  for (let at = 0; at < count; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes.writeFloatLE((state / 2 ** 31 - 1) * scale, 4 * at);
  }
  return bytes;
}

function paddedBytes(dimensions: readonly number[]): number {
  return Math.ceil((4 * dimensions.reduce((product, each) => product * each, 1)) / 32) * 32;
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}
