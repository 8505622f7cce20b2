import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { AdapterUnavailable, type AdapterUse } from '../../../../src/inference/generate.ts';
import { AdapterStacks, type LentStack } from '../../../../src/inference/host/adapterStacks.ts';
import { maxStacks } from '../../../../src/inference/host/plan.ts';
import { until } from './hosts.ts';

const never = new AbortController().signal;
const stackOf = (...names: string[]): AdapterUse[] => names.map((path) => ({ path, scale: 1 }));

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

function contexts(options: { idleMs?: number; room?: number } = {}) {
  const open = new Set<Context>();
  const opened: string[] = [];
  const broken = new Set<string>();
  const stacks = new AdapterStacks<Context>({
    bare: new Context('bare', new Set()),
    open: async (adapters) => {
      const name = adapters.map(({ path, scale }) => path + (scale === 1 ? '' : `*${scale}`)).join('+');
      await Promise.resolve();
      if (broken.has(name)) throw new AdapterUnavailable('unusable', name, 'it is broken');
      if (open.size >= (options.room ?? maxStacks)) throw new AdapterUnavailable('outOfMemory', name, 'no room');
      opened.push(name);
      return new Context(name, open);
    },
    ...(options.idleMs === undefined ? {} : { idleMs: options.idleMs }),
  });
  const names = () => [...open].map(({ name }) => name).toSorted();
  return { stacks, opened, broken, names };
}

describe('AdapterStacks', () => {
  it('lends the bare context where no adapter is on', async () => {
    const { stacks, opened } = contexts();
    for (const adapters of [[], [{ path: 'a', scale: 0 }]])
      assert.equal((await stacks.lend(adapters, never)).context.name, 'bare');
    assert.deepEqual(opened, []);
  });

  it('opens a stack once, for all who ask at once and later, and another for each scale and order', async () => {
    const { stacks, opened } = contexts();
    const all = await Promise.all([1, 2, 3].map(() => stacks.lend(stackOf('a', 'b'), never)));
    assert.equal(new Set(all.map(({ context }) => context)).size, 1);
    for (const lent of all) lent[Symbol.dispose]();
    await stacks.lend([{ path: 'off', scale: 0 }, ...stackOf('a', 'b')], never);
    await stacks.lend([{ path: 'a', scale: 0.5 }], never);
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
    const { stacks, names } = contexts({ room: 1 });
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

  it('keeps its promises whoever comes and goes', async () => {
    const step = fc.record({
      stack: fc.constantFrom('a', 'b', 'c', 'd'),
      holds: fc.nat({ max: 3 }),
      aborts: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { stacks, names } = contexts();
        await Promise.all(
          steps.map(async ({ stack, holds, aborts }) => {
            const abort = new AbortController();
            if (aborts) void Promise.resolve().then(() => abort.abort());
            const lent: LentStack<Context> | undefined = await stacks
              .lend(stackOf(stack), abort.signal)
              .catch(() => undefined);
            if (lent === undefined) return assert.ok(aborts, 'only an abort is a reason not to lend');
            lent.context.users++;
            assert.equal(lent.context.name, stack);
            assert.ok(names().includes(stack), 'what is lent is open');
            assert.ok(names().length <= maxStacks, names().join());
            for (let turn = 0; turn < holds; turn++) await Promise.resolve();
            lent.context.users--;
            lent[Symbol.dispose]();
          }),
        );
        assert.ok(names().length <= maxStacks);
      }),
      { numRuns: 200 },
    );
  });
});
