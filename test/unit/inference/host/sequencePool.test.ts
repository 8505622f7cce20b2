import assert from 'node:assert/strict';
import { chooseSequence, type Reusable, SequencePool } from '../../../../src/inference/host/sequencePool.ts';
import { Turns } from '../../../../src/inference/host/turns.ts';

class Cached implements Reusable {
  readonly tokens: number[];
  constructor(...tokens: number[]) {
    this.tokens = tokens;
  }
  get nextTokenIndex(): number {
    return this.tokens.length;
  }
  compareContextTokens(tokens: readonly number[]) {
    const index = this.tokens.findIndex((token, at) => token !== tokens[at]);
    return { firstDifferentIndex: index < 0 ? this.tokens.length : index };
  }
}

const never = new AbortController().signal;

describe('SequencePool', () => {
  it('lends the sequence that saves most, or the one unused for longest', () => {
    const [oldest, short, long] = [new Cached(9, 9, 9), new Cached(1, 2), new Cached(1, 2, 3, 4)];
    assert.equal(chooseSequence([oldest, short, long], [1, 2, 3, 5]), long);
    assert.equal(chooseSequence([oldest, short, long], [7, 8]), oldest);
    // Sharing only the first of nine tokens is not worth the loss of a cache.
    assert.equal(chooseSequence([oldest, long], [1, 0, 0, 0, 0, 0, 0, 0, 0]), oldest);
    assert.equal(chooseSequence([], [1]), undefined);
  });

  it('waits for the sequence of an aborted request rather than losing its cache', async () => {
    const [own, other] = [new Cached(1, 2, 3, 4), new Cached()];
    const pool = new SequencePool([own, other]);
    const abort = new AbortController();
    assert.equal(await pool.lend([1, 2, 3, 4], 'typing', abort.signal), own);
    abort.abort();
    const next = pool.lend([1, 2, 3, 4, 5], 'typing', never);
    assert.equal(await pool.lend([7], 'typing', never), other);
    pool.giveBack(own);
    assert.equal(await next, own);
  });

  it('serves typing before background work, and forgets who gave up waiting', async () => {
    const only = new Cached();
    const pool = new SequencePool([only]);
    await pool.lend([1], 'typing', never);
    const order: string[] = [];
    const gaveUp = new AbortController();
    const waiting = [
      pool.lend([1], 'background', never).then(() => order.push('background')),
      pool.lend([1], 'typing', gaveUp.signal).catch(() => order.push('gave up')),
      pool.lend([1], 'typing', never).then(() => order.push('typing')),
    ];
    gaveUp.abort();
    await waiting[1];
    pool.giveBack(only);
    await waiting[2];
    pool.giveBack(only);
    await waiting[0];
    assert.deepEqual(order, ['gave up', 'typing', 'background']);
    await assert.rejects(pool.lend([1], 'typing', AbortSignal.abort()), { name: 'AbortError' });
  });
});

describe('Turns', () => {
  it('wakes background work when the last typing ended, also when it failed', async () => {
    const turns = new Turns();
    const ends: (() => void)[] = [];
    const typing = [1, 2].map(() => turns.run('typing', () => new Promise<void>((_, reject) => ends.push(reject))));
    assert.equal(turns.typing, true);
    let quiet = false;
    const background = turns.quiet(never).then(() => (quiet = true));
    ends[0]?.();
    await assert.rejects(typing[0] ?? Promise.resolve());
    assert.equal(quiet, false);
    ends[1]?.();
    await Promise.allSettled(typing);
    await background;
    assert.equal(turns.typing, false);
    await turns.quiet(never);
  });

  it('lets aborted background work go', async () => {
    const turns = new Turns();
    const abort = new AbortController();
    const ends: (() => void)[] = [];
    const typing = turns.run('typing', () => new Promise<void>((resolve) => ends.push(resolve)));
    const background = turns.quiet(abort.signal);
    abort.abort();
    await assert.rejects(background, { name: 'AbortError' });
    ends[0]?.();
    await typing;
  });
});
