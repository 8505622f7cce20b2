import { type GgmlType, ggmlTypes } from './ggmlTypes.ts';
import { printable } from './ggufMetadata.ts';
import { HeaderFault, type HeaderReader } from './headerReader.ts';

/** One tensor's place in the file. */
export interface TensorPlace {
  /** Number of the storage type in `ggmlTypes`. */
  readonly type: number;
  /** Lengths of its dimensions, the one whose elements lie side by side first; as many as the file says. */
  readonly shape: readonly number[];
  /** Where its bytes begin in the file, and how many they are. */
  readonly offset: number;
  readonly bytes: number;
}

export interface TensorTable {
  readonly tensors: ReadonlyMap<string, TensorPlace>;
  /** Where the last tensor's bytes end in the file. */
  readonly endByte: number;
  readonly parameterCount: number;
  /** Name of the type that most bytes are stored in. */
  readonly quantisation: string;
  /** Whether there is a classifier on top, as rerankers have. */
  readonly classifies: boolean;
}

/** The largest models have about 3,000. llama.cpp compares each name with all before it. */
const maxTensors = 16_384;
/** llama.cpp's GGML_MAX_NAME, which includes the closing zero. */
const maxNameBytes = 63;
const maxDimensions = 4;

/**
 * Reads `count` tensor descriptions. llama.cpp wants the tensors' bytes to follow each other in the order of the table,
 * each padded to `alignment`; holding every offset to that also rules out gaps, overlaps and wild offsets.
 * Throws `HeaderFault`.
 */
export async function readTensorTable(reader: HeaderReader, count: number, alignment: number): Promise<TensorTable> {
  if (count > maxTensors) throw new HeaderFault(`it claims ${count} tensors`);
  const tensors = new Map<string, TensorPlace>();
  const bytesByType = new Map<string, number>();
  let parameterCount = 0;
  let nextOffset = 0;
  let dataBytes = 0;
  for (let i = 0; i < count; i++) {
    const name = await reader.text(maxNameBytes, 'a tensor name');
    if (tensors.has(name)) throw new HeaderFault(`the tensor ${printable(name)} occurs twice`);
    const shape = await readShape(reader, name);
    const elements = shape.reduce((product, length) => safe(product * length), 1);
    const type = await readType(reader, name, shape[0] ?? 0);
    checkOffset(await reader.uint64(), nextOffset, alignment, name);
    const bytes = safe((elements / type.elements) * type.bytes);
    tensors.set(name, { type: type.id, shape, offset: nextOffset, bytes });
    bytesByType.set(type.name, (bytesByType.get(type.name) ?? 0) + bytes);
    parameterCount = safe(parameterCount + elements);
    dataBytes = safe(nextOffset + bytes);
    nextOffset = padded(dataBytes, alignment);
  }
  const [quantisation] = [...bytesByType].reduce((most, each) => (each[1] > most[1] ? each : most), ['', 0]);
  const dataStart = padded(reader.position, alignment);
  const endByte = safe(dataStart + dataBytes);
  for (const [name, place] of tensors) tensors.set(name, { ...place, offset: dataStart + place.offset });
  const classifies = tensors.has('cls.weight') || tensors.has('cls.output.weight');
  return { tensors, endByte, parameterCount, quantisation, classifies };
}

async function readShape(reader: HeaderReader, name: string): Promise<readonly number[]> {
  const dimensions = await reader.uint32();
  if (dimensions < 1 || dimensions > maxDimensions)
    throw new HeaderFault(`the tensor ${printable(name)} has ${dimensions} dimensions`);
  const shape: number[] = [];
  for (let d = 0; d < dimensions; d++) {
    const length = await reader.uint64();
    if (length === 0) throw new HeaderFault(`the tensor ${printable(name)} has a dimension of length 0`);
    shape.push(length);
  }
  return shape;
}

async function readType(
  reader: HeaderReader,
  name: string,
  rowElements: number,
): Promise<GgmlType & { readonly id: number }> {
  const id = await reader.uint32();
  const type = ggmlTypes.get(id);
  if (!type) throw new HeaderFault(`the tensor ${printable(name)} has the unknown type ${id}`);
  if (rowElements % type.elements !== 0)
    throw new HeaderFault(`the tensor ${printable(name)} has rows that are no multiple of ${type.elements}`);
  return { ...type, id };
}

function checkOffset(offset: number, expected: number, alignment: number, name: string): void {
  if (offset === expected) return;
  if (offset % alignment !== 0) throw new HeaderFault(`the tensor ${printable(name)} is not aligned`);
  if (offset < expected) throw new HeaderFault(`the tensor ${printable(name)} overlaps the one before`);
  throw new HeaderFault(`the tensor ${printable(name)} does not follow the one before`);
}

const padded = (bytes: number, alignment: number): number => Math.ceil(bytes / alignment) * alignment;

function safe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new HeaderFault('its tensors are impossibly large');
  return value;
}
