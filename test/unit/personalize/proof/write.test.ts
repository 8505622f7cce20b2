import assert from 'node:assert/strict';
import type { Generate } from '../../../../src/personalize/proof/tools.ts';
import { write } from '../../../../src/personalize/proof/write.ts';
import { after, sampleOf } from './fakeModel.ts';

const never = new AbortController().signal;

describe('what the model writes for a proof', () => {
  let asked: Parameters<Generate>[0] | undefined;
  let taken = 0;
  const model = (...chunks: readonly string[]): Generate =>
    async function* (request) {
      asked = request;
      taken = 0;
      for (const text of chunks) {
        taken++;
        yield { text };
      }
    };

  it('ends at the line end for one line, greedily, as background work', async () => {
    assert.equal(await write(sampleOf('total(a);'), after, model('sum', '(b); '), never), 'sum(b);');
    assert.deepEqual(asked, {
      prompt: [{ text: 'prompt' }],
      typed: '',
      maxTokens: 32,
      stop: ['\n'],
      temperature: 0,
      priority: 'background',
      adapters: after,
    });
  });

  it('has as many lines as the user wrote, and the model is stopped there', async () => {
    const text = await write(sampleOf('a();\nb();\n'), after, model('a();\n', 'c();', '\nd', '();\n', 'e();'), never);
    assert.equal(text, 'a();\nc();');
    assert.equal(taken, 3);
    assert.deepEqual(asked?.stop, []);
  });

  it('is shorter when the model ends before', async () => {
    assert.equal(await write(sampleOf('a();\nb();'), after, model('a();'), never), 'a();');
    assert.equal(await write(sampleOf('a();'), after, model(), never), '');
  });
});
