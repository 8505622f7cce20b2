/** Writes GGUF files piece by piece, right or wrong, for tests. */
export interface Tensor {
  readonly name: string;
  readonly dimensions: readonly (number | bigint)[];
  readonly type: number;
  readonly offset: number | bigint;
}

export interface GgufParts {
  readonly version?: number;
  readonly tensorCount?: number | bigint;
  readonly pairCount?: number | bigint;
  readonly pairs?: readonly Buffer[];
  readonly tensors?: readonly Tensor[];
  readonly dataBytes?: number;
}

const modelPairs = (): readonly Buffer[] => [
  textPair('general.architecture', 'toy'),
  uint32Pair('toy.context_length', 128),
  uint32Pair('toy.block_count', 1),
  uint32Pair('toy.vocab_size', 16),
];

/** Two F32 tensors of 8 numbers, 32 bytes each: the smallest model that passes. */
export const firstTensor: Tensor = { name: 'a', dimensions: [8], type: 0, offset: 0 };
export const secondTensor: Tensor = { name: 'b', dimensions: [4, 2], type: 0, offset: 32 };

export function ggufFile(parts: GgufParts = {}): Buffer {
  const pairs = parts.pairs ?? modelPairs();
  const tensors = parts.tensors ?? [firstTensor, secondTensor];
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(parts.version ?? 3),
    uint64(parts.tensorCount ?? tensors.length),
    uint64(parts.pairCount ?? pairs.length),
    ...pairs,
    ...tensors.map(tensorEntry),
  ]);
  const padding = (32 - (header.length % 32)) % 32;
  return Buffer.concat([header, Buffer.alloc(padding + (parts.dataBytes ?? 64))]);
}

/** The pairs of the smallest model, and more. */
export const withPairs = (...more: readonly Buffer[]): readonly Buffer[] => [...modelPairs(), ...more];

export const textPair = (key: string, value: string): Buffer => pair(key, 8, text(value));
export const uint32Pair = (key: string, value: number): Buffer => pair(key, 4, uint32(value));
export const pair = (key: string, type: number, value: Buffer): Buffer =>
  Buffer.concat([text(key), uint32(type), value]);
export const array = (type: number, count: number | bigint, ...items: readonly Buffer[]): Buffer =>
  Buffer.concat([uint32(type), uint64(count), ...items]);

export function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

export function uint64(value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function tensorEntry(tensor: Tensor): Buffer {
  return Buffer.concat([
    text(tensor.name),
    uint32(tensor.dimensions.length),
    ...tensor.dimensions.map(uint64),
    uint32(tensor.type),
    uint64(tensor.offset),
  ]);
}
