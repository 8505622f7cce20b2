import { open, readFile, writeFile } from 'node:fs/promises';
import { ggmlTypes } from '../../src/formats/gguf/ggmlTypes.ts';
import { readGgufHeader } from '../../src/formats/gguf/ggufHeader.ts';
import { readMetadata } from '../../src/formats/gguf/ggufMetadata.ts';
import type { TensorPlace } from '../../src/formats/gguf/ggufTensors.ts';
import { HeaderReader } from '../../src/formats/gguf/headerReader.ts';

/** What stays of a model; what is absent stays as it is. */
interface Cut {
  /** Numbers of layers, in order. */
  readonly layers: readonly number[];
  readonly width?: number;
  readonly heads?: number;
  readonly kvHeads?: number;
  readonly feedForward?: number;
}

const alignment = 32;
/** Magic, version, and the numbers of tensors and of pairs. */
const fixedBytes = 24;

/**
 * Writes a part of a model. It reads, writes and trains in a share of the time, and it is so much worse that any training
 * betters it, code of others included: what comes of a first proof is no matter of chance.
 */
export async function writeCutModel(from: string, to: string, cut: Cut): Promise<void> {
  const bytes = await readFile(from);
  await using file = await open(from);
  const header = await readGgufHeader(file, bytes.length);
  if (header === undefined) throw new Error(`${from} is no GGUF file`);
  const reader = new HeaderReader(file, bytes.length, bytes.length);
  await reader.skip(fixedBytes - 8);
  const pairs = await reader.uint64();
  await readMetadata(reader, pairs);

  const { values } = header.metadata;
  const metadata = Buffer.from(bytes.subarray(fixedBytes, reader.position));
  const architecture = values.get('general.architecture');
  const change = (name: string, value: number | undefined): readonly [number, number] => {
    const key = `${architecture}.${name}`;
    const before = Number(values.get(key));
    // Behind the key stands the type of its value.
    metadata.writeUInt32LE(value ?? before, metadata.indexOf(key) + key.length + 4);
    return [before, value ?? before];
  };
  change('block_count', cut.layers.length);
  const width = change('embedding_length', cut.width);
  const feedForward = change('feed_forward_length', cut.feedForward);
  const headWidth = Number(values.get(`${architecture}.attention.key_length`));
  const rowsOf = ([before, after]: readonly [number, number]) => [before * headWidth, after * headWidth] as const;
  const queries = rowsOf(change('attention.head_count', cut.heads));
  const keys = rowsOf(change('attention.head_count_kv', cut.kvHeads));
  /** Lengths before and after of the dimensions of each kind of tensor. */
  const lengths = new Map<string, readonly (readonly [number, number])[]>([
    ['attn_q.weight', [width, queries]],
    ['attn_k.weight', [width, keys]],
    ['attn_v.weight', [width, keys]],
    ['attn_output.weight', [queries, width]],
    ['ffn_gate.weight', [width, feedForward]],
    ['ffn_up.weight', [width, feedForward]],
    ['ffn_down.weight', [feedForward, width]],
    ...['attn_norm.weight', 'ffn_norm.weight', 'output_norm.weight', 'token_embd.weight'].map(
      (name) => [name, [width]] as const,
    ),
  ]);

  const tensors = [...header.table.tensors].flatMap(([name, place]) => {
    const [, layer, part = name] = /^blk\.(\d+)\.(.*)$/.exec(name) ?? [];
    const at = layer === undefined ? 0 : cut.layers.indexOf(Number(layer));
    if (at < 0) return [];
    const shape = place.shape.map((length, dimension) => lengths.get(part)?.[dimension]?.[1] ?? length);
    return [
      {
        name: layer === undefined ? name : `blk.${at}.${part}`,
        type: place.type,
        shape,
        data: partOf(bytes, place, shape),
      },
    ];
  });
  let offset = 0;
  const table = tensors.flatMap(({ name, type, shape, data }) => {
    const at = offset;
    offset += data.length;
    return [
      uint64(name.length),
      Buffer.from(name),
      uint32(shape.length),
      ...shape.map(uint64),
      uint32(type),
      uint64(at),
    ];
  });
  const counts = [uint32(header.version), uint64(tensors.length), uint64(pairs)];
  const head = padded(Buffer.concat([Buffer.from('GGUF'), ...counts, metadata, ...table]));
  await writeFile(to, Buffer.concat([head, ...tensors.map(({ data }) => data)]));
}

/** The first numbers of the first rows. */
function partOf(
  bytes: Buffer,
  { type, shape: [length = 0], offset }: TensorPlace,
  [cut = 0, rows = 1]: readonly number[],
): Buffer {
  const { elements, bytes: blockBytes } = ggmlTypes.get(type) ?? { elements: 1, bytes: 1 };
  const [rowBytes, cutBytes] = [length, cut].map((each) => (each / elements) * blockBytes);
  const parts = Array.from({ length: rows }, (_, row) => {
    const start = offset + row * (rowBytes ?? 0);
    return bytes.subarray(start, start + (cutBytes ?? 0));
  });
  return padded(Buffer.concat(parts));
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((alignment - (bytes.length % alignment)) % alignment)]);
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
