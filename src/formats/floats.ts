/** Ways to store numbers that we read. Q8_0: blocks of 32 with a 16-bit scale before them, as in llama.cpp. */
export type FloatType = 'F32' | 'F16' | 'BF16' | 'F64' | 'Q8_0';

const decoders: Readonly<Record<FloatType, (bytes: DataView) => Float32Array>> = {
  F32: (bytes) => decoded(bytes, 4, (at) => bytes.getFloat32(at, true)),
  F16: (bytes) => decoded(bytes, 2, (at) => halfOf(bytes.getUint16(at, true))),
  BF16: (bytes) => decoded(bytes, 2, (at) => bfloatOf(bytes.getUint16(at, true))),
  F64: (bytes) => decoded(bytes, 8, (at) => bytes.getFloat64(at, true)),
  Q8_0: blocksOfQ8,
};

export function isFloatType(name: string): name is FloatType {
  return Object.hasOwn(decoders, name);
}

/** Little-endian bytes as 32-bit floats. A 64-bit number too large for one becomes infinite. */
export function floatsOf(bytes: Uint8Array, type: FloatType): Float32Array {
  return decoders[type](new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/** 32-bit floats as little-endian bytes; a view of the same memory, as all machines that llama.cpp comes for are little-endian. */
export function float32Bytes(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** 32-bit floats as little-endian 16-bit ones, rounded to the nearest, ties to even; too large ones become infinite. */
export function float16Bytes(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 2);
  const halves = new DataView(bytes.buffer);
  for (const [at, value] of values.entries()) halves.setUint16(at * 2, halfBits(value), true);
  return bytes;
}

/** The Euclidean norm; NaN or infinite exactly when one of the numbers is. */
export function normOf(values: Float32Array): number {
  let sum = 0;
  // The square of the largest 32-bit float is far below the largest 64-bit one.
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

function decoded(bytes: DataView, step: number, read: (at: number) => number): Float32Array {
  const values = new Float32Array(bytes.byteLength / step);
  for (let i = 0; i < values.length; i++) values[i] = read(i * step);
  return values;
}

const blockNumbers = 32;
const blockBytes = 2 + blockNumbers;

function blocksOfQ8(bytes: DataView): Float32Array {
  const values = new Float32Array((bytes.byteLength / blockBytes) * blockNumbers);
  for (let i = 0; i < values.length; i++) {
    const block = Math.floor(i / blockNumbers) * blockBytes;
    values[i] = halfOf(bytes.getUint16(block, true)) * bytes.getInt8(block + 2 + (i % blockNumbers));
  }
  return values;
}

function halfOf(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

const scratch = new DataView(new ArrayBuffer(4));

/** A bfloat16 is the upper half of a 32-bit float. */
function bfloatOf(bits: number): number {
  scratch.setUint32(0, bits * 2 ** 16);
  return scratch.getFloat32(0);
}

function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(size)) return 0x7e00;
  if (size >= roundsToInfinity) return sign | 0x7c00;
  // Below the smallest normal number the steps are 2^-24; from there on an exponent of e has steps of 2^(e-10).
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const steps = roundedToEven(size * 2 ** (10 - exponent));
  // Rounding up to the next power of two carries into the exponent by itself.
  return sign | ((exponent + 14) * 1024 + steps);
}

/** Half a step above the largest 16-bit number. */
const roundsToInfinity = 65_520;

function roundedToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
