import assert from 'node:assert/strict';
import type { GenerateRequest } from '../../../../src/inference/generate.ts';
import { warmUp } from '../../../../src/inference/host/warmUp.ts';

/** What a GPU would be given; whether it helps can only be measured on one. */
async function warmedWith(contextSize: number): Promise<readonly GenerateRequest[]> {
  const requests: GenerateRequest[] = [];
  const stats = { promptTokens: 1, reusedTokens: 0, generatedTokens: 4, prefillMs: 1, decodeMs: 1 };
  const generate = async (request: GenerateRequest) => {
    requests.push(request);
    return { ...stats, end: 'length' as const };
  };
  await warmUp({ generate }, contextSize);
  return requests;
}

const lengthOf = ({ prompt }: GenerateRequest) =>
  prompt.reduce((sum, part) => sum + ('text' in part ? part.text.length : 0), 0);

describe('warming up', () => {
  it('reads a short and a long prompt, and writes some tokens after each', async () => {
    const requests = await warmedWith(4096);
    assert.equal(requests.length, 2);
    const [short = 0, long = 0] = requests.map(lengthOf);
    assert.ok(short < 100 && long > 1_500, `${short}, ${long}`);
    assert.ok(requests.every(({ maxTokens }) => maxTokens > 1));
  });

  it('fits into a small context, whatever the tokenizer makes of it', async () => {
    for (const request of await warmedWith(256)) assert.ok(lengthOf(request) + request.maxTokens < 256);
  });
});
