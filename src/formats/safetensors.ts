import { createHash } from 'node:crypto';

/** Why a file cannot be used; whoever knows its path says which. */
export class TensorFileFault extends Error {
  override readonly name = 'TensorFileFault';
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

type TensorType = keyof typeof bytesOf;

const bytesOf = { U8: 1, I8: 1, F32: 4 } as const;
const lengthBytes = 8;
/** A header with three tensors has 400. */
const maxHeaderBytes = 65_536;

/**
 * Reads a safetensors file (an 8-byte length, a JSON header, the tensors' bytes) whose metadata has a `sha256` of those
 * bytes, and holds every claim against the file. Throws `TensorFileFault`.
 */
export function readSafetensors(file: Uint8Array): TensorFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < lengthBytes) throw new TensorFileFault('it ends inside its header');
  const headerBytes = Number(view.getBigUint64(0, true));
  if (headerBytes > maxHeaderBytes) throw new TensorFileFault('it has no header of safetensors');
  if (headerBytes > file.length - lengthBytes) throw new TensorFileFault('it ends inside its header');
  const header = parseHeader(file.subarray(lengthBytes, lengthBytes + headerBytes));
  const data = file.subarray(lengthBytes + headerBytes);
  const metadata = textsOf(header['__metadata__']);
  const tensorsEnd = Math.max(0, ...Object.values(header).map(endOf));
  if (data.length < tensorsEnd)
    throw new TensorFileFault(`it ends inside its tensors, ${tensorsEnd - data.length} bytes early`);
  const sha256 = createHash('sha256').update(data).digest('hex');
  if (metadata['sha256'] !== sha256) throw new TensorFileFault('its checksum is wrong: it is damaged');
  return { metadata, sha256, tensor: (name, type) => tensorOf(header, data, name, type) };
}

function tensorOf(header: Header, data: Uint8Array, name: string, type: TensorType): Tensor {
  const claim = header[name];
  if (!isTensorClaim(claim) || claim.dtype !== type)
    throw new TensorFileFault(`it has no tensor ${name} of type ${type}`);
  const [start, end] = claim.data_offsets;
  const elements = claim.shape.reduce((product, length) => product * length, 1);
  if (!(start >= 0 && start <= end) || end - start !== elements * bytesOf[type])
    throw new TensorFileFault(`the tensor ${name} is not as long as its shape says`);
  return { bytes: data.subarray(start, end), shape: claim.shape };
}

type Header = Readonly<Record<string, unknown>>;

interface TensorClaim {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function parseHeader(bytes: Uint8Array): Header {
  try {
    const header: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (isRecord(header)) return header;
  } catch {
    // Not JSON: the same as JSON of another kind.
  }
  throw new TensorFileFault('it has no header of safetensors');
}

function isTensorClaim(claim: unknown): claim is TensorClaim {
  if (!isRecord(claim) || typeof claim['dtype'] !== 'string') return false;
  const { shape, data_offsets: offsets } = claim;
  return isCounts(shape) && isCounts(offsets) && offsets.length === 2;
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each >= 0);
}

function endOf(claim: unknown): number {
  return isTensorClaim(claim) ? claim.data_offsets[1] : 0;
}

function textsOf(value: unknown): Record<string, string> {
  const pairs = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(pairs.map(([key, text]) => [key, String(text)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
