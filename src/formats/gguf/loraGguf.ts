import { type FileHandle, open } from 'node:fs/promises';
import { floatsOf, isFloatType } from '../floats.ts';
import { readAt } from '../readAt.ts';
import { ggmlTypes } from './ggmlTypes.ts';
import { type GgufHeader, readGgufHeader } from './ggufHeader.ts';
import { printable } from './ggufMetadata.ts';
import type { TensorPlace } from './ggufTensors.ts';
import { type GgufTensor, writeGguf } from './ggufWriter.ts';
import { HeaderFault } from './headerReader.ts';

/**
 * A LoRA adapter: with it, a weight W (outputs x inputs) of the model acts as W + alpha / rank · B · A, the rank being
 * that of the weight's own module. Adapters that others made may have modules of several ranks; llama.cpp scales each by
 * its own. rsLoRA's alpha / √rank is written by storing alpha · √rank as alpha.
 */
export interface LoraAdapter {
  /** GGUF's name for the model's architecture, e.g. `qwen3`. */
  readonly architecture: string;
  /** Above 0: llama.cpp takes 0 for "no scaling". */
  readonly alpha: number;
  /** By the name of the weight in the model's GGUF file, e.g. `blk.0.attn_q.weight`. */
  readonly modules: ReadonlyMap<string, LoraModule>;
}

export interface LoraModule {
  readonly rank: number;
  readonly inputs: number;
  readonly outputs: number;
  /** A: rank x inputs, row by row, as PEFT's `lora_A.weight` and GGUF's `lora_a` (`ne` = [inputs, rank]) have it. */
  readonly a: Float32Array;
  /** B: outputs x rank, row by row, as PEFT's `lora_B.weight` and GGUF's `lora_b` (`ne` = [rank, outputs]) have it. */
  readonly b: Float32Array;
}

/** The largest rank of an adapter's modules: its size in one number. */
export function rankOf({ modules }: LoraAdapter): number {
  return [...modules.values()].reduce((largest, { rank }) => Math.max(largest, rank), 0);
}

/** Writes the adapter as llama.cpp loads it (source: its `llama-adapter.cpp`), in F32; crash-safe. */
export async function writeLoraGguf(path: string, adapter: LoraAdapter): Promise<void> {
  const metadata = {
    'general.type': 'adapter',
    'general.architecture': adapter.architecture,
    'adapter.type': 'lora',
    'adapter.lora.alpha': { float32: adapter.alpha },
  };
  const tensors = [...adapter.modules].flatMap(([weight, { rank, inputs, outputs, a, b }]): GgufTensor[] => [
    { name: `${weight}.lora_a`, shape: [inputs, rank], type: 'F32', values: a },
    { name: `${weight}.lora_b`, shape: [rank, outputs], type: 'F32', values: b },
  ]);
  await writeGguf(path, metadata, tensors);
}

/**
 * Reads an adapter that llama.cpp would load, stored in F32, F16, BF16 or Q8_0. Nothing larger than the file times four is
 * allocated. Throws `HeaderFault` for what is wrong with it, and the system's own error when it cannot be read. Its
 * shapes are consistent; whether they fit a model, and its numbers are sane, `checkAdapter` has to say.
 */
export async function readLoraGguf(path: string, signal?: AbortSignal): Promise<LoraAdapter> {
  await using file = await open(path);
  const stats = await file.stat();
  const header = stats.isFile() ? await readGgufHeader(file, stats.size, signal) : undefined;
  if (!header) throw new HeaderFault('it is no GGUF file');
  const claims = { architecture: textAt(header, 'general.architecture'), alpha: alphaOf(header) };
  if (textAt(header, 'general.type') !== 'adapter' || textAt(header, 'adapter.type') !== 'lora')
    throw new HeaderFault('it is no LoRA adapter');
  const modules = new Map<string, LoraModule>();
  for (const [weight, { a, b }] of pairsOf(header)) {
    const [inputs = 0, rank = 0] = a.shape;
    const [sameRank, outputs = 0] = b.shape;
    if (a.shape.length !== 2 || b.shape.length !== 2 || rank !== sameRank)
      throw new HeaderFault(`the halves of ${printable(weight)} do not fit together`);
    signal?.throwIfAborted();
    modules.set(weight, { rank, inputs, outputs, a: await floatsAt(file, a), b: await floatsAt(file, b) });
  }
  return { ...claims, modules };
}

interface Pair {
  readonly a: TensorPlace;
  readonly b: TensorPlace;
}

function pairsOf({ table: { tensors } }: GgufHeader): ReadonlyMap<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const name of tensors.keys()) {
    const weight = /^(.+)\.lora_[ab]$/.exec(name)?.[1];
    if (weight === undefined) throw new HeaderFault(`the tensor ${printable(name)} is no part of a LoRA`);
    const a = tensors.get(`${weight}.lora_a`);
    const b = tensors.get(`${weight}.lora_b`);
    if (!a || !b) throw new HeaderFault(`${printable(weight)} has only one half of its LoRA`);
    pairs.set(weight, { a, b });
  }
  return pairs;
}

async function floatsAt(file: FileHandle, { type, offset, bytes }: TensorPlace): Promise<Float32Array> {
  const name = ggmlTypes.get(type)?.name ?? '';
  if (!isFloatType(name)) throw new HeaderFault(`its tensors are stored as ${name}`);
  const buffer = await readAt(file, offset, bytes);
  if (!buffer) throw new HeaderFault('the file ends inside its weights', offset + bytes);
  return floatsOf(buffer, name);
}

function textAt({ metadata }: GgufHeader, key: string): string {
  const value = metadata.values.get(key);
  return typeof value === 'string' ? value : '';
}

function alphaOf({ metadata }: GgufHeader): number {
  const alpha = metadata.values.get('adapter.lora.alpha');
  if (typeof alpha !== 'number' || !(alpha > 0 && Number.isFinite(alpha)))
    throw new HeaderFault(`its alpha is ${alpha ?? 'missing'}`);
  return alpha;
}
