import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { duplicateKey } from '../../../src/formats/jsonKeys.ts';

describe('duplicateKey', () => {
  it('finds nothing in what JSON.stringify writes', () =>
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        assert.equal(duplicateKey(JSON.stringify(value, null, 1), 9), undefined);
      }),
    ));

  it('finds a key that was written again, wherever and however', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (record, at) => {
        const keys = Object.keys(record);
        const key = keys[at % keys.length] ?? '';
        const json = `${JSON.stringify(record).slice(0, -1)},${JSON.stringify(key)}:0}`;
        assert.equal(duplicateKey(json, 99), key);
      }),
    );
    assert.equal(duplicateKey(String.raw`[{"a":1,"\u0061" : 2}]`, 2), 'a');
    assert.equal(duplicateKey('{"x":{"a":1},"a":{"x":["a","a"]}}', 3), undefined);
    assert.equal(duplicateKey(String.raw`{"a\"":1,"a":"{\"a\":0}"}`, 3), undefined);
  });

  it('stops where it nests too deep, at once', () => {
    assert.throws(() => duplicateKey('[[[1]]]', 2), RangeError);
    assert.throws(() => duplicateKey('['.repeat(50_000_000), 3), RangeError);
  });

  it('ends on whatever is no JSON', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', ' ', 'a') }), (text) => {
        try {
          duplicateKey(text, 3);
        } catch (cause) {
          assert.ok(cause instanceof RangeError);
        }
      }),
    ));
});
