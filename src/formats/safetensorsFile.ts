import type { FileHandle } from 'node:fs/promises';
import { writeAtomically } from '../base/atomicFile.ts';
import { float32Bytes, floatsOf, isFloatType } from './floats.ts';
import { printable } from './gguf/ggufMetadata.ts';
import { readAt } from './readAt.ts';
import {
  checkPlaces,
  headerBytesOf,
  lengthBytes,
  parseHeader,
  type SafetensorsHeader,
  TensorFileFault,
} from './safetensors.ts';

/** An open safetensors file, whoever made it; every claim of its header was held against the file. */
export interface SafetensorsFile extends SafetensorsHeader {
  /**
   * A tensor's numbers (F32, F16, BF16 or F64) in the order of the file: the caller has looked at its shape and wants as
   * many. Throws `TensorFileFault` when it is not there, of another type, or the file was cut meanwhile.
   */
  readonly floats: (name: string) => Promise<Float32Array>;
}

/** About 6,000 tensors; the adapter of an 80-layer model has 1,120. The format itself allows 100 MB. */
const maxHeaderBytes = 1024 * 1024;

/** Reads nothing but the header, of which nothing is allocated that it merely claims. Throws `TensorFileFault`. */
export async function openSafetensors(file: FileHandle, fileBytes: number): Promise<SafetensorsFile> {
  const read = async (position: number, bytes: number): Promise<Buffer> => {
    const buffer = await readAt(file, position, bytes);
    if (!buffer) throw new TensorFileFault('it was cut short while it was read');
    return buffer;
  };
  const headerBytes = headerBytesOf(await read(0, Math.min(lengthBytes, fileBytes)), fileBytes, maxHeaderBytes);
  const dataStart = lengthBytes + headerBytes;
  const header = parseHeader(await read(lengthBytes, headerBytes), fileBytes - dataStart);
  checkPlaces(header.tensors, fileBytes - dataStart);
  return {
    ...header,
    async floats(name) {
      const claim = header.tensors.get(name);
      if (!claim || !isFloatType(claim.type))
        throw new TensorFileFault(`it has no tensor ${printable(name)} of 16, 32 or 64-bit floats`);
      return floatsOf(await read(dataStart + claim.start, claim.end - claim.start), claim.type);
    },
  };
}

export interface NamedTensor {
  readonly name: string;
  /** Lengths of its dimensions, the one whose elements lie side by side last. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Writes F32 tensors, in this order; crash-safe. */
export async function writeSafetensors(
  path: string,
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  let end = 0;
  const claims = tensors.map(({ name, shape, values }) => {
    const start = end;
    end += values.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [start, end] }] as const;
  });
  const json = Buffer.from(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(claims) }));
  // Numbers begin at a multiple of eight; the format wants spaces before them.
  const header = Buffer.alloc(lengthBytes + Math.ceil(json.length / 8) * 8, ' ');
  header.writeBigUInt64LE(BigInt(header.length - lengthBytes));
  json.copy(header, lengthBytes);
  await writeAtomically(path, async (file) => {
    await file.writeFile(header);
    for (const { values } of tensors) await file.writeFile(float32Bytes(values));
  });
}
