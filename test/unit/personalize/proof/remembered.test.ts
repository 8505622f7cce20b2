import assert from 'node:assert/strict';
import { remembered } from '../../../../src/personalize/proof/remembered.ts';
import type { ProofTools } from '../../../../src/personalize/proof/tools.ts';
import { sampleOf } from './fakeModel.ts';

const never = new AbortController().signal;

describe('remembered scores', () => {
  it('are asked for once per sample and stack', async () => {
    let asked = 0;
    const tools: ProofTools = {
      score: async () => ({ logProbability: -++asked, tokens: 1 }),
      // oxlint-disable-next-line require-yield -- nothing is written here
      async *generate() {
        return undefined;
      },
    };
    const { score } = remembered(tools);
    const [a, b] = [sampleOf('a'), sampleOf('b')];
    const stack = [{ path: '/adapter.gguf', scale: 1 }];
    const scores = [
      await score({ ...a, adapters: [] }, never),
      await score({ ...a, adapters: stack }, never),
      await score({ ...b, adapters: [] }, never),
      await score({ ...a, adapters: [] }, never),
      await score({ ...a, adapters: [{ path: '/adapter.gguf', scale: 0.5 }] }, never),
      await score({ ...a, adapters: stack }, never),
    ];
    assert.deepEqual(
      scores.map(({ logProbability }) => -logProbability),
      [1, 2, 3, 1, 4, 2],
    );
  });
});
