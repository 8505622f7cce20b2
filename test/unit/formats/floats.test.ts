import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  type FloatType,
  float16Bytes,
  float32Bytes,
  floatsOf,
  isFloatType,
  normOf,
} from '../../../src/formats/floats.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const half = (value: number) => new DataView(float16Bytes(Float32Array.of(value)).buffer).getUint16(0, true);
const halfValue = (bits: number) => floatsOf(bytes(bits & 0xff, bits >> 8), 'F16')[0] ?? Number.NaN;

describe('stored numbers', () => {
  const known: readonly (readonly [FloatType, readonly number[], number])[] = [
    ['F32', [0, 0, 0x80, 0xbf], -1],
    ['F16', [0x00, 0x3c], 1],
    ['F16', [0xff, 0x7b], 65_504],
    ['F16', [0x01, 0x00], 2 ** -24],
    ['F16', [0x00, 0xfc], Number.NEGATIVE_INFINITY],
    ['F16', [0x01, 0x7c], Number.NaN],
    ['BF16', [0x80, 0x3f], 1],
    ['BF16', [0x49, 0xc0], -3.140_625],
    ['BF16', [0x80, 0x7f], Number.POSITIVE_INFINITY],
    ['F64', [0, 0, 0, 0, 0, 0, 0x04, 0x40], 2.5],
    ['F64', [0, 0, 0, 0, 0, 0, 0xf0, 0x7e], Number.POSITIVE_INFINITY],
  ];
  for (const [type, stored, value] of known)
    it(`are read: ${type} ${stored.join(' ')} is ${value}`, () =>
      assert.deepEqual(floatsOf(bytes(...stored), type)[0], value));

  it('are read in blocks with a scale each', () => {
    const values = floatsOf(bytes(...block([0x00, 0x38], 3, 10), ...block([0x00, 0x40], 31, 0xff)), 'Q8_0');
    assert.equal(values.length, 64);
    assert.deepEqual([values[3], values[63]], [5, -2]);
    assert.equal(normOf(values), Math.sqrt(29));
  });

  it('need not begin at a round address', () => {
    const shifted = bytes(9, 0, 0, 0x80, 0xbf).subarray(1);
    assert.deepEqual([...floatsOf(shifted, 'F32')], [-1]);
  });

  it('are told from types that hold no floats', () => {
    assert.ok(isFloatType('BF16'));
    for (const name of ['Q4_K', 'I32', 'toString', '']) assert.ok(!isFloatType(name), name);
  });
});

describe('numbers to be stored', () => {
  it('are the same bytes in 32 bits', () =>
    fc.assert(
      fc.property(fc.float32Array(), (values) => {
        assert.deepEqual(floatsOf(float32Bytes(values), 'F32'), values);
      }),
    ));

  it('come back from 16 bits when they were 16 bits', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = halfValue(bits);
      if (Number.isNaN(value)) assert.ok(Number.isNaN(halfValue(half(value))));
      else assert.equal(half(value), bits);
    }
  });

  it('become the nearest 16-bit number, the even one of two', () =>
    fc.assert(
      fc.property(fc.float({ min: -65_000, max: 65_000, noNaN: true }), (value) => {
        const bits = half(value);
        const distance = (to: number) => Math.abs(halfValue(to) - value);
        for (const other of [bits - 1, bits + 1].filter((near) => (near & 0x7fff) < 0x7c00 && near >= 0))
          assert.ok(distance(bits) < distance(other) || (distance(bits) === distance(other) && bits % 2 === 0));
      }),
    ));

  it('in the middle between two become the even one', () =>
    assert.deepEqual(
      [2049, 2051, 2 ** -25, 3 * 2 ** -25].map((value) => halfValue(half(value))),
      [2048, 2052, 0, 2 ** -23],
    ));

  it('become infinite above the largest', () => {
    assert.deepEqual(
      [65_519, 65_520, 1e38, Number.POSITIVE_INFINITY, -65_520].map((value) => halfValue(half(value))),
      [65_504, Infinity, Infinity, Infinity, -Infinity],
    );
  });
});

describe('normOf', () => {
  it('is finite exactly when all numbers are', () =>
    fc.assert(
      fc.property(fc.float32Array({ minLength: 1 }), (values) => {
        assert.equal(Number.isFinite(normOf(values)), values.every(Number.isFinite));
      }),
    ));

  it('is the length of the vector', () => assert.equal(normOf(Float32Array.of(3, -4)), 5));
});

/** A Q8_0 block: the scale's two bytes, and 32 numbers of which one is not 0. */
function block(scale: readonly number[], at: number, value: number): readonly number[] {
  const numbers = new Uint8Array(32);
  numbers[at] = value;
  return [...scale, ...numbers];
}
