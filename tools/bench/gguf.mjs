/** Just enough of the GGUF 3 format to write a model file: header and tensor table. https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
const valueType = { u32: 4, i32: 5, f32: 6, string: 8, array: 9 };
const alignmentBytes = 32;
export const tensorType = { F32: 0, F16: 1 };

export const u32 = (value) => Buffer.concat([number32(valueType.u32), number32(value)]);
export const f32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([number32(valueType.f32), bytes]);
};
export const string = (value) => Buffer.concat([number32(valueType.string), text(value)]);
export const strings = (values) => array(valueType.string, values.map(text));
export const i32s = (values) => array(valueType.i32, [Buffer.from(Int32Array.from(values).buffer)], values.length);

/**
 * Everything before the tensor data.
 * @param {Record<string, Buffer>} metadata values made by `u32`, `string`, ...
 * @param {{name: string, type: number, shape: number[], bytes: number}[]} tensors shape innermost first; their data follows in this order, each padded to `alignmentBytes`
 */
export function ggufHeader(metadata, tensors) {
  const keys = Object.entries(metadata).map(([key, value]) => Buffer.concat([text(key), value]));
  let offset = 0;
  const table = tensors.map(({ name, type, shape, bytes }) => {
    const row = [text(name), number32(shape.length), ...shape.map(number64), number32(type), number64(offset)];
    offset += bytes + padding(bytes);
    return Buffer.concat(row);
  });
  const start = [Buffer.from('GGUF'), number32(3), number64(tensors.length), number64(keys.length)];
  const header = Buffer.concat([...start, ...keys, ...table]);
  return Buffer.concat([header, Buffer.alloc(padding(header.length))]);
}

/** Bytes to add so that what follows is aligned. */
export function padding(bytes) {
  return (alignmentBytes - (bytes % alignmentBytes)) % alignmentBytes;
}

function array(type, items, count = items.length) {
  return Buffer.concat([number32(valueType.array), number32(type), number64(count), ...items]);
}

function text(value) {
  const bytes = Buffer.from(value);
  return Buffer.concat([number64(bytes.length), bytes]);
}

function number32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function number64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
