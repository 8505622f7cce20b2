import { createHash } from 'node:crypto';
import { isRecord } from '../base/isRecord.ts';
import { printable } from './gguf/ggufMetadata.ts';
import { duplicateKey } from './jsonKeys.ts';

/** Why a file cannot be used; whoever knows its path says which. */
export class TensorFileFault extends Error {
  override readonly name = 'TensorFileFault';
}

/** What a safetensors file says of its tensors: an 8-byte length, a JSON header, the tensors' bytes. */
export interface SafetensorsHeader {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, TensorClaim>;
}

interface TensorClaim {
  readonly type: TensorType;
  /** Lengths of its dimensions, the one whose elements lie side by side last. */
  readonly shape: readonly number[];
  /** Where its bytes lie among those behind the header. */
  readonly start: number;
  readonly end: number;
}

type TensorType = keyof typeof bytesOf;

const bytesOf = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
} as const;
export const lengthBytes = 8;
/** The header, a tensor in it, its shape. */
const maxHeaderDepth = 3;

/** How long the header is, from the first 8 bytes of a file. Throws `TensorFileFault` above `maxBytes`. */
export function headerBytesOf(start: Uint8Array, fileBytes: number, maxBytes: number): number {
  if (start.length < lengthBytes) throw new TensorFileFault('it ends inside its header');
  const bytes = Number(new DataView(start.buffer, start.byteOffset).getBigUint64(0, true));
  if (bytes > maxBytes) throw new TensorFileFault('it has no header of safetensors');
  if (bytes > fileBytes - lengthBytes) throw new TensorFileFault('it ends inside its header');
  return bytes;
}

/** Reads a header and holds it against the `dataBytes` that follow it. Throws `TensorFileFault`. */
export function parseHeader(bytes: Uint8Array, dataBytes: number): SafetensorsHeader {
  const { __metadata__: metadata, ...claims } = recordOf(Buffer.from(bytes).toString('utf8'));
  const tensors = new Map(Object.entries(claims).map(([name, claim]) => [name, claimOf(name, claim)]));
  const end = [...tensors.values()].reduce((furthest, claim) => Math.max(furthest, claim.end), 0);
  if (dataBytes < end) throw new TensorFileFault(`it ends inside its tensors, ${end - dataBytes} bytes early`);
  return { metadata: metadata === undefined ? {} : textsOf(metadata), tensors };
}

/** Tensors follow each other without gaps to the end of the file, as the format wants. Throws `TensorFileFault`. */
export function checkPlaces(tensors: SafetensorsHeader['tensors'], dataBytes: number): void {
  let next = 0;
  for (const [name, { start, end }] of [...tensors].toSorted(([, a], [, b]) => a.start - b.start || a.end - b.end)) {
    if (start < next) throw new TensorFileFault(`the tensor ${printable(name)} overlaps another`);
    if (start > next) throw new TensorFileFault(`there are bytes of no tensor before ${printable(name)}`);
    next = end;
  }
  if (next !== dataBytes) throw new TensorFileFault('there are bytes of no tensor at its end');
}

export interface TensorFile {
  readonly metadata: Readonly<Record<string, string>>;
  /** SHA-256 of all tensors' bytes, in hexadecimal. */
  readonly sha256: string;
  /** Its bytes and shape. Throws `TensorFileFault` when it is not there or of another type. */
  readonly tensor: (name: string, type: TensorType) => Tensor;
}

interface Tensor {
  readonly bytes: Uint8Array;
  readonly shape: readonly number[];
}

/** A header with three tensors has 400. */
const maxOwnHeaderBytes = 65_536;

/**
 * Reads a safetensors file of ours, whose metadata has a `sha256` of the tensors' bytes, and holds every claim against
 * the file. Throws `TensorFileFault`.
 */
export function readSafetensors(file: Uint8Array): TensorFile {
  const dataStart = lengthBytes + headerBytesOf(file.subarray(0, lengthBytes), file.length, maxOwnHeaderBytes);
  const data = file.subarray(dataStart);
  const { metadata, tensors } = parseHeader(file.subarray(lengthBytes, dataStart), data.length);
  const sha256 = createHash('sha256').update(data).digest('hex');
  if (metadata['sha256'] !== sha256) throw new TensorFileFault('its checksum is wrong: it is damaged');
  checkPlaces(tensors, data.length);
  return {
    metadata,
    sha256,
    tensor(name, type) {
      const claim = tensors.get(name);
      if (claim?.type !== type) throw new TensorFileFault(`it has no tensor ${name} of type ${type}`);
      return { bytes: data.subarray(claim.start, claim.end), shape: claim.shape };
    },
  };
}

function recordOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const twice = duplicateKey(text, maxHeaderDepth);
    if (twice !== undefined) throw new TensorFileFault(`the name ${printable(twice)} occurs twice in its header`);
    const header: unknown = JSON.parse(text);
    if (isRecord(header)) return header;
  } catch (cause) {
    if (cause instanceof TensorFileFault) throw cause;
    // Not JSON: the same as JSON of another kind.
  }
  throw new TensorFileFault('it has no header of safetensors');
}

function claimOf(name: string, claim: unknown): TensorClaim {
  if (!isRecord(claim) || !isCounts(claim['shape']) || !isPlace(claim['data_offsets']))
    throw new TensorFileFault(`its header does not describe the tensor ${printable(name)}`);
  const { dtype: type, shape } = claim;
  if (!isType(type)) throw new TensorFileFault(`the tensor ${printable(name)} has an unknown type`);
  const [start, end] = claim['data_offsets'];
  if (start > end || end - start !== shape.reduce((product, length) => product * length, bytesOf[type]))
    throw new TensorFileFault(`the tensor ${printable(name)} is not as long as its shape says`);
  return { type, shape, start, end };
}

function isType(type: unknown): type is TensorType {
  return typeof type === 'string' && Object.hasOwn(bytesOf, type);
}

function isPlace(value: unknown): value is [number, number] {
  return isCounts(value) && value.length === 2;
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each >= 0);
}

function textsOf(value: unknown): Record<string, string> {
  if (!isRecord(value) || !Object.values(value).every((text) => typeof text === 'string'))
    throw new TensorFileFault('its metadata are not texts');
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}
