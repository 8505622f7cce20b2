import { endianness } from 'node:os';

/** Vectors as they travel between processes: all numbers as 32-bit floats, little-endian, one after another, in base64. */
export interface PackedVectors {
  readonly dimensions: number;
  readonly base64: string;
}

/** Less than a third of what JSON numbers would take. Every vector must have `dimensions` numbers. */
export function packVectors(vectors: readonly Float32Array[], dimensions: number): PackedVectors {
  const all = new Float32Array(vectors.length * dimensions);
  for (const [at, vector] of vectors.entries()) {
    if (vector.length !== dimensions) throw new RangeError(`A vector has ${vector.length} numbers, not ${dimensions}.`);
    all.set(vector, at * dimensions);
  }
  return { dimensions, base64: swapped(Buffer.from(all.buffer)).toString('base64') };
}

/** Throws a `RangeError` when the text does not hold whole vectors. */
export function unpackVectors({ dimensions, base64 }: PackedVectors): Float32Array[] {
  const bytes = swapped(Buffer.from(base64, 'base64'));
  const vectorBytes = dimensions * Float32Array.BYTES_PER_ELEMENT;
  if (!(vectorBytes > 0) || bytes.length % vectorBytes !== 0)
    throw new RangeError(`${bytes.length} bytes are no vectors of ${dimensions} numbers.`);
  // A small Buffer may begin anywhere in Node's pool; floats need a place of their own.
  const all = new Float32Array(new Uint8Array(bytes).buffer);
  return Array.from({ length: bytes.length / vectorBytes }, (_, at) =>
    all.subarray(at * dimensions, (at + 1) * dimensions),
  );
}

function swapped(bytes: Buffer): Buffer {
  return endianness() === 'BE' ? bytes.swap32() : bytes;
}
