import assert from 'node:assert/strict';
import type { Priority } from '../../../../src/inference/generate.ts';
import { chooseSequence, type Reusable, SequencePool } from '../../../../src/inference/host/sequencePool.ts';
import { priorities, Turns } from '../../../../src/inference/host/turns.ts';

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

  it('serves typing before chat, chat before background work, and forgets who gave up waiting', async () => {
    const only = new Cached();
    const pool = new SequencePool([only]);
    await pool.lend([1], 'typing', never);
    const order: string[] = [];
    const gaveUp = new AbortController();
    const waiting = [
      pool.lend([1], 'background', never).then(() => order.push('background')),
      pool.lend([1], 'typing', gaveUp.signal).catch(() => order.push('gave up')),
      pool.lend([1], 'chat', never).then(() => order.push('chat')),
      pool.lend([1], 'typing', never).then(() => order.push('typing')),
    ];
    gaveUp.abort();
    await waiting[1];
    for (const next of [3, 2, 0]) {
      pool.giveBack(only);
      await waiting[next];
    }
    assert.deepEqual(order, ['gave up', 'typing', 'chat', 'background']);
    await assert.rejects(pool.lend([1], 'typing', AbortSignal.abort()), { name: 'AbortError' });
  });
});

/** Work that lasts until it is told to end. */
function lasting(turns: Turns, priority: Priority, place?: string) {
  const ending = new EventTarget();
  const end = (how: string) => () => void ending.dispatchEvent(new Event(how));
  const work = () =>
    new Promise<void>((resolve, reject) => {
      ending.addEventListener('end', () => resolve());
      ending.addEventListener('fail', () => reject(new Error('failed')));
    });
  return { done: turns.run(priority, work, place), end: end('end'), fail: end('fail') };
}

describe('Turns', () => {
  it('wakes background work when the last typing ended, also when it failed', async () => {
    const turns = new Turns();
    const typing = [lasting(turns, 'typing'), lasting(turns, 'typing')];
    assert.equal(turns.isPreceded('background'), true);
    let quiet = false;
    const background = turns.quiet('background', never).then(() => (quiet = true));
    typing[0]?.fail();
    await assert.rejects(typing[0]?.done ?? Promise.resolve());
    assert.equal(quiet, false);
    typing[1]?.end();
    await background;
    assert.equal(turns.isPreceded('background'), false);
    await turns.quiet('background', never);
  });

  it('lets typing go before chat, chat before background work, and equals side by side', async () => {
    const turns = new Turns();
    const chat = lasting(turns, 'chat');
    assert.deepEqual(
      priorities.map((priority) => turns.isPreceded(priority)),
      [false, false, true],
    );
    const order: string[] = [];
    const background = turns.quiet('background', never).then(() => order.push('background'));
    const typing = lasting(turns, 'typing');
    assert.equal(turns.isPreceded('chat'), true);
    const other = turns.quiet('chat', never).then(() => order.push('chat'));
    typing.end();
    await other;
    chat.end();
    await background;
    assert.deepEqual(order, ['chat', 'background']);
  });

  it('tells at which place somebody goes before, and wakes those who wait for a change when somebody begins', async () => {
    const turns = new Turns();
    lasting(turns, 'typing', 'short');
    assert.deepEqual(
      ['short', 'long', undefined].map((place) => turns.isPreceded('chat', place)),
      [true, false, true],
    );
    const changed = turns.change(never);
    lasting(turns, 'typing', 'long');
    await changed;
    assert.equal(turns.isPreceded('chat', 'long'), true);
  });

  it('knows whether somebody typed a moment ago', async () => {
    const turns = new Turns();
    await turns.run('chat', async () => {});
    assert.equal(turns.isBetweenKeys(), false);
    await turns.run('typing', async () => {});
    assert.equal(turns.isBetweenKeys(), true);
  });

  it('lets aborted background work go', async () => {
    const turns = new Turns();
    const abort = new AbortController();
    const typing = lasting(turns, 'typing');
    const background = turns.quiet('background', abort.signal);
    abort.abort();
    await assert.rejects(background, { name: 'AbortError' });
    typing.end();
    await typing.done;
    await assert.rejects(turns.quiet('background', abort.signal), { name: 'AbortError' });
  });
});
