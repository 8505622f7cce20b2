import assert from 'node:assert/strict';
import type { GenerateChunk } from '../../../../src/inference/generate.ts';
import { ChunkBatch } from '../../../../src/inference/host/chunkBatch.ts';
import { PrefillPace } from '../../../../src/inference/host/prefillPace.ts';
import { ThreadPace } from '../../../../src/inference/host/threadPace.ts';
import { TokenCache } from '../../../../src/inference/host/tokenCache.ts';

/** Milliseconds of a pass when every thread has a core, and when threads wait for each other. */
const idle = (threads: number): number => 100 / threads;
const busy = (threads: number): number => 60 + 40 * threads;

/** Decodes for some time; answers how many passes used each number of threads. */
function decode(pace: ThreadPace, fromMs: number, forMs: number, passMs: (threads: number) => number) {
  const used = new Map<number, number>();
  for (let nowMs = fromMs; nowMs < fromMs + forMs; ) {
    const threads = pace.threads(nowMs);
    used.set(threads, (used.get(threads) ?? 0) + 1);
    nowMs += passMs(threads);
    pace.measured(threads, passMs(threads), nowMs);
  }
  return used;
}

function share(used: ReadonlyMap<number, number>, threads: number): number {
  return (used.get(threads) ?? 0) / [...used.values()].reduce((sum, each) => sum + each, 0);
}

describe('PrefillPace', () => {
  it('makes slices of about half a second, smaller ones in the background', () => {
    const pace = new PrefillPace(512);
    for (let i = 0; i < 20; i++) pace.measured(100, 2_500);
    assert.equal(pace.sliceTokens('typing'), 20);
    assert.equal(pace.sliceTokens('background'), 16);
    for (let i = 0; i < 20; i++) pace.measured(100, 100);
    assert.equal(Math.round(pace.sliceTokens('typing') / 10), 50);
    assert.equal(Math.round(pace.sliceTokens('background') / 10), 25);
    for (let i = 0; i < 20; i++) pace.measured(100, 1);
    assert.equal(pace.sliceTokens('typing'), 512);
  });

  it('makes smaller slices of a chat while somebody types', () => {
    const pace = new PrefillPace(512);
    for (let i = 0; i < 20; i++) pace.measured(100, 100);
    assert.equal(Math.round(pace.sliceTokens('chat') / 10), 25);
    assert.equal(Math.round(pace.sliceTokens('chat', true) / 10), 10);
    assert.equal(pace.sliceTokens('typing', true), pace.sliceTokens('typing'));
  });

  it('learns nothing from single tokens', () => {
    const pace = new PrefillPace(512);
    const before = pace.sliceTokens('typing');
    for (let i = 0; i < 20; i++) pace.measured(1, 50);
    assert.equal(pace.sliceTokens('typing'), before);
  });
});

describe('ThreadPace', () => {
  it('uses all cores of an idle machine and one of a busy one', () => {
    const pace = new ThreadPace(8);
    assert.ok(share(decode(pace, 0, 20_000, idle), 8) > 0.95);
    decode(pace, 20_000, 20_000, busy);
    assert.ok(share(decode(pace, 40_000, 20_000, busy), 1) > 0.9);
    decode(pace, 60_000, 30_000, idle);
    assert.ok(share(decode(pace, 90_000, 20_000, idle), 8) > 0.95);
  });

  it('tries a neighbour with single tokens only, not with a slice of a prompt', () => {
    const pace = new ThreadPace(8);
    decode(pace, 0, 10_000, idle);
    // The best was measured just now, its neighbour long ago.
    pace.measured(8, idle(8), 16_000);
    pace.measured(8, idle(8), 16_100);
    assert.equal(pace.threads(16_200), 4);
    assert.equal(pace.settledThreads(), 8);
  });

  it('has no choice with one thread', () => {
    assert.deepEqual([...decode(new ThreadPace(1), 0, 1000, () => 10).keys()], [1]);
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
    const batch = new ChunkBatch((chunk) => sent.push(chunk), 'typing');
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
