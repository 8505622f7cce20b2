import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkGguf } from '../../../../src/inference/models/gguf.ts';
import { useOf } from '../../../../src/inference/models/modelUse.ts';
import { encoderDouble } from './encoderDouble.ts';
import { temporaryFolder } from './temporaryFolder.ts';

describe('what a model file is for', () => {
  const folder = temporaryFolder();

  for (const [what, architecture, name, poolingType, classifies, use] of [
    ['a model that writes', 'qwen2', 'Qwen2.5 Coder 1.5B', 0, false, 'completion'],
    ['Qwen3 Embedding, which pools', 'qwen3', 'Qwen3 0.6B', 3, false, 'embedding'],
    ['Jina for code, which does not say', 'qwen2', 'Jina Code Embeddings 1.5b', 0, false, 'embedding'],
    ['an encoder', 'nomic-bert', 'x', 0, false, 'embedding'],
    ['an encoder with a head that is not used', 'modern-bert', 'x', 2, true, 'embedding'],
    ['BGE reranker, which does not say', 'bert', 'Bge Reranker V2 M3', 0, true, 'rerank'],
    ['a classifier without a name', 'bert', '', 0, true, 'rerank'],
    ['Qwen3 Reranker', 'qwen3', 'x', 4, true, 'rerank'],
  ] as const)
    it(`is seen of ${what}`, () => assert.equal(useOf({ architecture, name, poolingType, classifies }), use));

  it('is read from the header', async () => {
    const path = join(folder(), 'x.gguf');
    const seen: string[] = [];
    for (const double of [{ pooling: 2 }, { pooling: 0 }, { pooling: 0, ranks: true }, { pooling: 4, ranks: true }]) {
      await writeFile(path, encoderDouble(double));
      seen.push(useOf(await checkGguf(path)));
    }
    assert.deepEqual(seen, ['embedding', 'embedding', 'rerank', 'rerank']);
  });
});
