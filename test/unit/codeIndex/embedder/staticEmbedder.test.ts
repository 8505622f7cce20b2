import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadStaticEmbedder } from '../../../../src/codeIndex/embedder/loadStaticEmbedder.ts';
import type { StaticEmbedder } from '../../../../src/codeIndex/embedder/staticEmbedder.ts';
import { words } from '../../../../src/codeIndex/embedder/words.ts';

/** Made by starter/embedder/parity.py: what Python makes of each text. */
const fixtures = join(import.meta.dirname, 'fixtures');
const cases: readonly { text: string; words: string[]; vector: number[] }[] = JSON.parse(
  readFileSync(join(fixtures, 'parity.json'), 'utf8'),
);
const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

describe('StaticEmbedder', () => {
  let embedder: StaticEmbedder;
  before(async () => {
    embedder = await loadStaticEmbedder(join(fixtures, 'small.safetensors'));
  });
  const vectorOf = (text: string): Float32Array => embedder.embed([text])[0] ?? new Float32Array();

  it('splits words as Python does', () => {
    for (const { text, words: expected } of cases) assert.deepEqual(words(text), expected, JSON.stringify(text));
  });

  it('makes the vectors that Python makes', () => {
    for (const { text, vector } of cases) {
      const off = vectorOf(text).map((value, at) => Math.abs(value - (vector[at] ?? Number.NaN)));
      assert.ok(Math.max(...off) < 1e-5, JSON.stringify(text));
    }
  });

  it('makes vectors of length 1, whatever else it embedded before', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...cases.map((each) => each.text)));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const alone = vectorOf(one);
        const [, together] = embedder.embed([other, one]);
        assert.deepEqual(together, alone);
        const length = Math.sqrt(cosine(alone, alone));
        assert.ok(length === 0 || Math.abs(length - 1) < 1e-6);
      }),
    );
  });

  it('makes nothing of a text without words', () => {
    assert.deepEqual(vectorOf('{}();'), new Float32Array(embedder.dimensions));
  });

  it('cares for words, not for how they are joined', () => {
    assert.ok(cosine(vectorOf('readFile(path)'), vectorOf('path READ_FILE')) > 0.9999);
    assert.ok(cosine(vectorOf('readFile(path)'), vectorOf('http server')) < 0.9);
  });

  it('tells texts of other scripts apart', () => {
    assert.ok(cosine(vectorOf('파일을 읽는'), vectorOf('파일을 읽는')) > 0.9999);
    assert.ok(
      cosine(vectorOf('파일을 읽는'), vectorOf('파일을 쓰는')) >
        cosine(vectorOf('파일을 읽는'), vectorOf('서버의 이름')),
    );
  });
});
