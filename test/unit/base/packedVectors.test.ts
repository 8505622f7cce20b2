import assert from 'node:assert/strict';
import { packVectors, unpackVectors } from '../../../src/base/packedVectors.ts';

describe('packed vectors', () => {
  it('come out as they went in, through JSON', () => {
    const vectors = [Float32Array.of(0.1, -2, 3e-20), Float32Array.of(0, 1, Number.EPSILON)];
    assert.deepEqual(unpackVectors(JSON.parse(JSON.stringify(packVectors(vectors, 3)))), vectors);
    assert.deepEqual(unpackVectors(packVectors([], 3)), []);
  });

  it('take less than a third of what numbers would', () => {
    const vectors = Array.from({ length: 32 }, () => Float32Array.from({ length: 768 }, Math.random));
    const packed = JSON.stringify(packVectors(vectors, 768)).length;
    const plain = JSON.stringify(vectors.map((vector) => [...vector])).length;
    assert.ok(packed < plain / 3, `${packed} of ${plain}`);
  });

  it('are refused when they do not have their length', () => {
    assert.throws(() => packVectors([Float32Array.of(1, 2)], 3), RangeError);
    assert.throws(() => unpackVectors({ ...packVectors([Float32Array.of(1, 2)], 2), dimensions: 3 }), RangeError);
    assert.throws(() => unpackVectors({ dimensions: 0, base64: '' }), RangeError);
  });
});
