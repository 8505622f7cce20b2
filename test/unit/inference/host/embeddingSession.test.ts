import assert from 'node:assert/strict';
import { type EmbeddingModel, EmbeddingSession } from '../../../../src/inference/host/embeddingSession.ts';

/** Stands in for llama.cpp: a token is a character, a vector its length and its first letter, answered when told to. */
class ModelDouble implements EmbeddingModel<string> {
  readonly maxTokens = 8;
  readonly read: string[] = [];
  hold: Promise<void> = Promise.resolve();
  readonly tokenize = (text: string) => text.split('');
  readonly vectorOf = async (tokens: readonly string[]) => {
    this.read.push(tokens.join(''));
    await this.hold;
    return [tokens.length, tokens[0]?.charCodeAt(0) ?? 0];
  };
}

/** Nothing is answered before the returned function is called. */
function holdUp(model: ModelDouble): () => void {
  const held = new EventTarget();
  model.hold = new Promise((resolve) => held.addEventListener('release', () => resolve()));
  return () => void held.dispatchEvent(new Event('release'));
}

const never = new AbortController().signal;

describe('an embedding session', () => {
  it('gives vectors of length 1, or 0 for a blank text, and cuts by tokens', async () => {
    const model = new ModelDouble();
    const session = await EmbeddingSession.open(model);
    assert.equal(session.dimensions, 2);
    const vectors = await session.embed({ texts: ['ab', '', ' \n', 'longer than eight'], role: 'passage' }, never);
    assert.deepEqual(
      vectors.map((vector) => Math.hypot(...vector).toFixed(6)),
      ['1.000000', '0.000000', '0.000000', '1.000000'],
    );
    assert.deepEqual(model.read.slice(1), ['ab', 'longer t']);
  });

  it('stops after the text under way when aborted', async () => {
    const model = new ModelDouble();
    const session = await EmbeddingSession.open(model);
    const release = holdUp(model);
    const stopped = new AbortController();
    const embedding = session.embed({ texts: ['one', 'two', 'three'], role: 'passage' }, stopped.signal);
    await Promise.resolve();
    stopped.abort();
    release();
    await assert.rejects(embedding, { name: 'AbortError' });
    assert.deepEqual(model.read.slice(1), ['one']);
  });

  it('answers a question before the passages that are left', async () => {
    const model = new ModelDouble();
    const session = await EmbeddingSession.open(model);
    const release = holdUp(model);
    const passages = session.embed({ texts: ['one', 'two'], role: 'passage' }, never);
    await Promise.resolve();
    const question = session.embed({ texts: ['why', 'how'], role: 'question' }, never);
    release();
    assert.equal((await question).length, 2);
    assert.equal((await passages).length, 2);
    assert.deepEqual(model.read.slice(1), ['one', 'why', 'how', 'two']);
  });

  it('refuses a model without usable vectors', async () => {
    for (const vector of [[], [0, 0], [Number.NaN, 1]])
      await assert.rejects(
        EmbeddingSession.open({
          maxTokens: 8,
          tokenize: (text) => text.split(''),
          vectorOf: () => Promise.resolve(vector),
        }),
        /no usable vectors/,
      );
  });
});
