import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { AdapterUnavailable, type AdapterUse } from '../../../../src/inference/generate.ts';
import {
  type ContextKind,
  Contexts,
  type LentContext,
  NoMemoryForContext,
} from '../../../../src/inference/host/contexts.ts';
import { maxContexts } from '../../../../src/inference/host/plan.ts';
import { until } from './hosts.ts';

const never = new AbortController().signal;
const stackOf = (...names: string[]): ContextKind => ({
  adapters: names.map((path) => ({ path, scale: 1 })),
  room: 'short',
});
const short = (...adapters: AdapterUse[]): ContextKind => ({ adapters, room: 'short' });
const long = (...names: string[]): ContextKind => ({ ...stackOf(...names), room: 'long' });

/** Stands in for a context: what matters here is when it is opened and closed. */
class Context implements AsyncDisposable {
  readonly name: string;
  users = 0;
  readonly #all: Set<Context>;
  constructor(name: string, all: Set<Context>) {
    this.name = name;
    this.#all = all;
    all.add(this);
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.resolve();
    assert.equal(this.users, 0, `${this.name} is closed while it is used`);
    this.#all.delete(this);
  }
}

function keepsLimits(names: readonly string[]): void {
  const longOnes = names.filter((name) => name.startsWith('long')).length;
  assert.ok(longOnes <= maxContexts.long && names.length - longOnes <= maxContexts.short, names.join());
}

function contexts(options: { idleMs?: number; places?: number } = {}) {
  const open = new Set<Context>();
  const opened: string[] = [];
  const broken = new Set<string>();
  const stacks = new Contexts<Context>({
    bare: new Context('bare', new Set()),
    open: async ({ adapters, room }) => {
      const stack = adapters.map(({ path, scale }) => path + (scale === 1 ? '' : `*${scale}`)).join('+');
      const name = room === 'long' ? `long ${stack}` : stack;
      await Promise.resolve();
      if (broken.has(name)) throw new AdapterUnavailable('unusable', name, 'it is broken');
      if (open.size >= (options.places ?? maxContexts.short + maxContexts.long))
        throw adapters.length === 0
          ? new NoMemoryForContext('no room')
          : new AdapterUnavailable('outOfMemory', name, 'no room');
      opened.push(name);
      return new Context(name, open);
    },
    ...(options.idleMs === undefined ? {} : { idleMs: options.idleMs }),
  });
  const names = () => [...open].map(({ name }) => name).toSorted();
  return { stacks, opened, broken, names };
}

describe('Contexts', () => {
  it('lends the bare context where no adapter is on', async () => {
    const { stacks, opened } = contexts();
    for (const kind of [short(), short({ path: 'a', scale: 0 })])
      assert.equal((await stacks.lend(kind, never)).context.name, 'bare');
    assert.deepEqual(opened, []);
  });

  it('opens a stack once, for all who ask at once and later, and another for each scale and order', async () => {
    const { stacks, opened } = contexts();
    const all = await Promise.all([1, 2, 3].map(() => stacks.lend(stackOf('a', 'b'), never)));
    assert.equal(new Set(all.map(({ context }) => context)).size, 1);
    for (const lent of all) lent[Symbol.dispose]();
    await stacks.lend(short({ path: 'off', scale: 0 }, ...stackOf('a', 'b').adapters), never);
    await stacks.lend(short({ path: 'a', scale: 0.5 }), never);
    assert.deepEqual(opened, ['a+b', 'a*0.5']);
    const { stacks: others, opened: inOrder } = contexts();
    for (const names of [
      ['a', 'b'],
      ['b', 'a'],
    ])
      await others.lend(stackOf(...names), never);
    assert.deepEqual(inOrder, ['a+b', 'b+a']);
  });

  it('closes the least recently used that nobody uses', async () => {
    const { stacks, names } = contexts();
    for (const name of ['a', 'b', 'a', 'c']) (await stacks.lend(stackOf(name), never))[Symbol.dispose]();
    assert.deepEqual(names(), ['a', 'c']);
    const held = await stacks.lend(stackOf('a'), never);
    (await stacks.lend(stackOf('c'), never))[Symbol.dispose]();
    (await stacks.lend(stackOf('d'), never))[Symbol.dispose]();
    assert.deepEqual(names(), ['a', 'd']);
    held[Symbol.dispose]();
  });

  it('waits while all are in use, until one is given back, or the signal aborts', async () => {
    const { stacks, names } = contexts();
    const [a] = [await stacks.lend(stackOf('a'), never), await stacks.lend(stackOf('b'), never)];
    const abort = new AbortController();
    const gaveUp = stacks.lend(stackOf('d'), abort.signal);
    const waiting = stacks.lend(stackOf('c'), never);
    abort.abort();
    await assert.rejects(gaveUp, { name: 'AbortError' });
    assert.deepEqual(names(), ['a', 'b']);
    a?.[Symbol.dispose]();
    assert.equal((await waiting).context.name, 'c');
    assert.deepEqual(names(), ['b', 'c']);
    await assert.rejects(stacks.lend(stackOf('c'), AbortSignal.abort()), { name: 'AbortError' });
  });

  it('tells all who wait for a stack that it is broken, and tries again when it is asked for again', async () => {
    const { stacks, broken, names } = contexts();
    broken.add('a');
    for (const outcome of await Promise.allSettled([1, 2].map(() => stacks.lend(stackOf('a'), never))))
      assert.ok(outcome.status === 'rejected' && outcome.reason instanceof AdapterUnavailable);
    broken.clear();
    assert.equal((await stacks.lend(stackOf('a'), never)).context.name, 'a');
    (await stacks.lend(stackOf('b'), never))[Symbol.dispose]();
    (await stacks.lend(stackOf('c'), never))[Symbol.dispose]();
    assert.deepEqual(names(), ['a', 'c'], 'the failure takes no place');
  });

  it('gives up a stack that nobody uses where memory is short, and no other', async () => {
    const { stacks, names } = contexts({ places: 1 });
    (await stacks.lend(stackOf('a'), never))[Symbol.dispose]();
    const held = await stacks.lend(stackOf('b'), never);
    assert.deepEqual(names(), ['b']);
    await assert.rejects(stacks.lend(stackOf('a'), never), { name: 'AdapterUnavailable', fault: 'outOfMemory' });
    held[Symbol.dispose]();
    assert.equal((await stacks.lend(stackOf('a'), never)).context.name, 'a');
  });

  it('closes what was not used for a while', async () => {
    const { stacks, names } = contexts({ idleMs: 20 });
    const held = await stacks.lend(stackOf('a'), never);
    (await stacks.lend(stackOf('b'), never))[Symbol.dispose]();
    await until(() => !names().includes('b'), 'the idle stack was closed');
    assert.deepEqual(names(), ['a']);
    held[Symbol.dispose]();
    await until(() => names().length === 0, 'the other one was closed');
  });

  it('opens a long room for the bare model as well, which no short one takes the place of, and the other way round', async () => {
    const { stacks, names } = contexts();
    (await stacks.lend(long(), never))[Symbol.dispose]();
    for (const name of ['a', 'b', 'c', 'd']) (await stacks.lend(stackOf(name), never))[Symbol.dispose]();
    assert.deepEqual(names(), ['c', 'd', 'long ']);
    (await stacks.lend(long('a'), never))[Symbol.dispose]();
    assert.deepEqual(names(), ['c', 'd', 'long a']);
    const held = await stacks.lend(long(), never);
    let came = false;
    const waiting = stacks.lend(long('a'), never).then(() => (came = true));
    (await stacks.lend(stackOf('a'), never))[Symbol.dispose]();
    assert.equal(came, false, 'one long room at a time');
    held[Symbol.dispose]();
    await waiting;
  });

  it('gives up what nobody uses in the other room only where memory is short', async () => {
    const { stacks, names } = contexts({ places: 1 });
    (await stacks.lend(stackOf('a'), never))[Symbol.dispose]();
    const held = await stacks.lend(long(), never);
    assert.deepEqual(names(), ['long ']);
    await assert.rejects(stacks.lend(stackOf('a'), never), { name: 'AdapterUnavailable', fault: 'outOfMemory' });
    held[Symbol.dispose]();
    const typing = await stacks.lend(stackOf('a'), never);
    await assert.rejects(stacks.lend(long(), never), { name: 'NoMemoryForContext' });
    typing[Symbol.dispose]();
  });

  it('keeps its promises whoever comes and goes', async () => {
    const step = fc.record({
      stack: fc.constantFrom('a', 'b', 'c', 'd'),
      isLong: fc.boolean(),
      holds: fc.nat({ max: 3 }),
      aborts: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { stacks, names } = contexts();
        await Promise.all(
          steps.map(async ({ stack, isLong, holds, aborts }) => {
            const abort = new AbortController();
            if (aborts) void Promise.resolve().then(() => abort.abort());
            const lent: LentContext<Context> | undefined = await stacks
              .lend(isLong ? long(stack) : stackOf(stack), abort.signal)
              .catch(() => undefined);
            if (lent === undefined) return assert.ok(aborts, 'only an abort is a reason not to lend');
            lent.context.users++;
            assert.equal(lent.context.name, isLong ? `long ${stack}` : stack);
            assert.ok(names().includes(lent.context.name), 'what is lent is open');
            keepsLimits(names());
            for (let turn = 0; turn < holds; turn++) await Promise.resolve();
            lent.context.users--;
            lent[Symbol.dispose]();
          }),
        );
        keepsLimits(names());
      }),
      { numRuns: 200 },
    );
  });
});
