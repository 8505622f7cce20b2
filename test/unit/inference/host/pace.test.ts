import assert from 'node:assert/strict';
import type { GenerateChunk } from '../../../../src/inference/generate.ts';
import { ChunkBatch } from '../../../../src/inference/host/chunkBatch.ts';
import { PrefillPace } from '../../../../src/inference/host/prefillPace.ts';
import { TokenCache } from '../../../../src/inference/host/tokenCache.ts';

describe('PrefillPace', () => {
  it('makes slices of about a tenth of a second, smaller ones in the background', () => {
    const pace = new PrefillPace(512);
    for (let i = 0; i < 20; i++) pace.measured(100, 500);
    assert.equal(pace.sliceTokens('typing'), 20);
    assert.equal(pace.sliceTokens('background'), 16);
    for (let i = 0; i < 20; i++) pace.measured(100, 10);
    assert.equal(pace.sliceTokens('typing'), 512);
    assert.equal(Math.round(pace.sliceTokens('background') / 10), 40);
  });

  it('learns nothing from single tokens', () => {
    const pace = new PrefillPace(512);
    const before = pace.sliceTokens('typing');
    for (let i = 0; i < 20; i++) pace.measured(1, 50);
    assert.equal(pace.sliceTokens('typing'), before);
  });
});

describe('TokenCache', () => {
  it('tokenises a text once, and forgets the one unused for longest', () => {
    const tokenised: string[] = [];
    const cache = new TokenCache((text) => {
      tokenised.push(text);
      return text.split('');
    }, 6);
    assert.deepEqual(cache.tokens('abc'), ['a', 'b', 'c']);
    for (const text of ['def', 'abc', 'ghi', 'abc', 'def', 'longer than the cache', 'x']) cache.tokens(text);
    assert.deepEqual(tokenised, ['abc', 'def', 'ghi', 'def', 'longer than the cache', 'x']);
  });
});

describe('ChunkBatch', () => {
  it('sends the first chunk at once and loses nothing of the rest', () => {
    const sent: GenerateChunk[] = [];
    const batch = new ChunkBatch((chunk) => sent.push(chunk));
    for (let i = 0; i < 100; i++) {
      batch.add({ text: 'ab', logProbability: -0.5, tokens: 1 });
      if (i === 0) assert.equal(sent.length, 1);
    }
    batch.flush();
    batch.flush();
    assert.ok(sent.length < 50, `${sent.length} messages`);
    assert.equal(sent.map(({ text }) => text).join(''), 'ab'.repeat(100));
    assert.equal(
      sent.reduce((sum, { tokens }) => sum + tokens, 0),
      100,
    );
    assert.equal(
      sent.reduce((sum, { logProbability }) => sum + logProbability, 0),
      -50,
    );
  });
});
