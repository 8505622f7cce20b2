import { writeAtomically } from '../../base/atomicFile.ts';
import { float16Bytes, float32Bytes } from '../floats.ts';

/** A value of GGUF's metadata; a number has to say its type. */
export type GgufValue = string | boolean | { readonly uint32: number } | { readonly float32: number };

export interface GgufTensor {
  readonly name: string;
  /** Lengths of its dimensions, the one whose elements lie side by side first (ggml's `ne`). */
  readonly shape: readonly number[];
  /** How its numbers are stored. */
  readonly type: 'F32' | 'F16';
  readonly values: Float32Array;
}

const alignment = 32;
const version = 3;
const typeNumbers = { F32: 0, F16: 1 } as const;
const bytesOf = { F32: 4, F16: 2 } as const;

/** Writes a GGUF file of version 3, tensor by tensor; crash-safe. The caller's shapes and names are right. */
export async function writeGguf(
  path: string,
  metadata: Readonly<Record<string, GgufValue>>,
  tensors: readonly GgufTensor[],
): Promise<void> {
  const header = headerOf(metadata, tensors);
  await writeAtomically(path, async (file) => {
    await file.writeFile(padded(header));
    for (const { type, values } of tensors)
      await file.writeFile(padded(type === 'F32' ? float32Bytes(values) : float16Bytes(values)));
  });
}

function headerOf(metadata: Readonly<Record<string, GgufValue>>, tensors: readonly GgufTensor[]): Buffer {
  const pairs = Object.entries(metadata);
  let offset = 0;
  const table = tensors.map(({ name, shape, type, values }) => {
    const at = offset;
    offset += paddedLength(values.length * bytesOf[type]);
    return Buffer.concat([
      text(name),
      uint32(shape.length),
      ...shape.map(uint64),
      uint32(typeNumbers[type]),
      uint64(at),
    ]);
  });
  return Buffer.concat([
    Buffer.from('GGUF'),
    uint32(version),
    uint64(tensors.length),
    uint64(pairs.length),
    ...pairs.flatMap(([key, value]) => [text(key), valueOf(value)]),
    ...table,
  ]);
}

function valueOf(value: GgufValue): Buffer {
  if (typeof value === 'string') return Buffer.concat([uint32(8), text(value)]);
  if (typeof value === 'boolean') return Buffer.concat([uint32(7), Buffer.from([value ? 1 : 0])]);
  if ('uint32' in value) return Buffer.concat([uint32(4), uint32(value.uint32)]);
  return Buffer.concat([uint32(6), float32Bytes(Float32Array.of(value.float32))]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

const paddedLength = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

function padded(bytes: Uint8Array): Uint8Array {
  const missing = paddedLength(bytes.length) - bytes.length;
  return missing === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(missing)]);
}
