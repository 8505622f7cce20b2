import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import { AdapterStore } from '../../../../src/personalize/adapters/adapterStore.ts';
import type { AdapterCard } from '../../../../src/personalize/adapters/card.ts';
import type { Place } from '../../../../src/personalize/adapters/uses.ts';
import { type Problem, ProblemError } from '../../../../src/protocol/problems.ts';
import { temporaryFolder } from '../../inference/models/temporaryFolder.ts';
import { facts, toyAdapter, toyBase, toyHash } from './toyAdapters.ts';

const base = toyBase();
const otherHash = 'cd'.repeat(32);
const personal: Place = { base: toyHash, folder: '' };
const shared: Place = { base: toyHash, folder: '/w' };
const missing = '20261125-000000000000';

describe('the adapters on disk', () => {
  const home = temporaryFolder();
  const folder = () => join(home(), 'personal');
  const inside = (...names: string[]) => join(folder(), 'adapters', ...names);
  const open = (leftoverMs?: number) =>
    AdapterStore.open({ folder: folder(), log: silentLogger, ...(leftoverMs !== undefined && { leftoverMs }) });

  it('are none before the first, and nothing is written for that', async () => {
    const store = await open();
    assert.deepEqual(await store.list(), []);
    assert.deepEqual(await store.stackFor(toyHash, '/w'), { adapters: [], problems: [] });
    assert.deepEqual(await readdir(home()), []);
  });

  it('come back with their cards, newest first, in every window', async () => {
    const [store, window] = [await open(), await open()];
    const first = await add(store, 1);
    const second = await add(window, 2);
    for (const each of [store, window, await open()]) {
      const cards = await each.list();
      assert.deepEqual(cards.map(({ id }) => id).toSorted(), [first.id, second.id].toSorted());
      assert.ok((cards[0]?.createdMs ?? 0) >= (cards[1]?.createdMs ?? 0));
      assert.deepEqual(
        cards.find(({ id }) => id === first.id),
        first,
      );
      assert.deepEqual(await each.load(second.id), toyAdapter(base, 2, 2));
    }
    const { weights: _, ...identity } = base;
    assert.deepEqual(first.base, identity);
    assert.deepEqual([first.rank, first.alpha, first.origin, first.modules.length], [2, 4, 'trained', 7]);
    assert.deepEqual((await readdir(inside(first.id))).toSorted(), ['adapter.gguf', 'card.json']);
  });

  it('are never taken without a check', async () => {
    const store = await open();
    const adapter = toyAdapter(base);
    adapter.modules.get('blk.0.attn_q.weight')?.b.fill(Number.NaN);
    await assert.rejects(store.add(adapter, facts(), base), hasCode('adapter.values'));
    await assert.rejects(store.add(toyAdapter(toyBase('qwen2')), facts(), base), hasCode('adapter.misfit'));
    const badFacts = { ...facts(), proof: { numbers: { loss: Number.NaN }, samples: [] } };
    await assert.rejects(store.add(toyAdapter(base), badFacts, base), { name: 'FieldFault' });
    assert.deepEqual(await readdir(inside()).catch(() => []), []);
  });

  it('are left out when they are not whole', async () => {
    const store = await open();
    const damages: readonly ((id: string) => Promise<unknown>)[] = [
      (id) => rm(inside(id, 'card.json')),
      (id) => rm(inside(id, 'adapter.gguf')),
      (id) => truncate(inside(id, 'adapter.gguf'), 1000),
      (id) => truncate(inside(id, 'card.json'), 100),
      (id) => writeFile(inside(id, 'card.json'), '{"version":2}'),
      async (id) =>
        writeFile(inside(id, 'card.json'), (await readFile(inside(id, 'card.json'), 'utf8')).replace(id, missing)),
      async (id) => {
        const bytes = await readFile(inside(id, 'adapter.gguf'));
        bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
        await writeFile(inside(id, 'adapter.gguf'), bytes);
      },
    ];
    const good = await add(store);
    for (const damage of damages) {
      const { id } = await add(store, 2);
      assert.equal((await store.list()).length, 2);
      await damage(id);
      assert.deepEqual(await idsOf(store), [good.id], String(damage));
      await assert.rejects(store.load(id), hasCode('adapter.unknown'));
      await assert.rejects(store.select(personal, { id, scale: 1 }), hasCode('adapter.unknown'));
    }
  });

  it('get another name or a proof', async () => {
    const store = await open();
    const { id } = await add(store);
    const proof = { numbers: { loss: 1 }, samples: [] };
    const revised = await store.revise(id, { name: 'Mine', proof });
    assert.deepEqual(await (await open()).list(), [revised]);
    assert.deepEqual([revised.name, revised.proof], ['Mine', proof]);
    await assert.rejects(store.revise(missing, { name: 'x' }), hasCode('adapter.unknown'));
  });

  it('are removed with every use of them', async () => {
    const store = await open();
    const [first, second] = [await add(store, 1), await add(store, 2)];
    await store.select(personal, { id: first.id, scale: 1 });
    await store.select(personal, { id: second.id, scale: 1 });
    await store.remove(first.id);
    assert.deepEqual(await idsOf(store), [second.id]);
    assert.deepEqual(await readdir(inside()), [second.id]);
    assert.ok(!JSON.stringify(await store.uses()).includes(first.id));
    await store.remove(second.id);
    await store.remove(missing);
    assert.deepEqual([await store.list(), (await store.uses()).places], [[], []]);
  });

  it('cannot be reached by a path', async () => {
    const store = await open();
    await writeFile(join(home(), 'precious'), 'x');
    for (const id of ['..', '../..', '.', '', '/', join(home(), 'precious'), '..\\..']) {
      await assert.rejects(store.remove(id), hasCode('adapter.unknown'), id);
      await assert.rejects(store.load(id), hasCode('adapter.unknown'), id);
      await assert.rejects(store.export(id, home()), hasCode('adapter.unknown'), id);
    }
    assert.deepEqual(await readdir(home()), ['precious']);
  });

  it('are all gone when all is deleted, and other things stay', async () => {
    const store = await open();
    const model = join(home(), 'model.gguf');
    await writeFile(model, 'x');
    await store.baseSha256(model);
    const { id } = await add(store);
    await store.select(personal, { id, scale: 1 });
    await writeFile(join(folder(), 'style.json'), '{}');
    await store.deleteAll();
    assert.deepEqual(await readdir(folder()), ['style.json']);
    assert.deepEqual(await store.stackFor(toyHash, ''), { adapters: [], problems: [] });
    await rm(join(folder(), 'style.json'));
    await add(store);
    await store.deleteAll();
    assert.deepEqual(await readdir(home()), ['model.gguf']);
  });

  describe('in use', () => {
    it('are stacked: the folder’s, then the personal one', async () => {
      const store = await open();
      const [mine, ours] = [await add(store, 1), await add(store, 2)];
      await store.select(personal, { id: mine.id, scale: 1.2 });
      await store.select(shared, { id: ours.id, scale: 0.5 });
      assert.deepEqual(await store.stackFor(toyHash, '/w'), {
        adapters: [
          { path: inside(ours.id, 'adapter.gguf'), scale: 0.5 },
          { path: inside(mine.id, 'adapter.gguf'), scale: 1.2 },
        ],
        problems: [],
      });
      assert.deepEqual((await store.stackFor(toyHash, '/v')).adapters, [
        { path: inside(mine.id, 'adapter.gguf'), scale: 1.2 },
      ]);
      assert.deepEqual((await store.stackFor(otherHash, '/w')).adapters, []);
    });

    it('change in every window that asks', async () => {
      const [store, window] = [await open(), await open()];
      const { id } = await add(store);
      assert.equal((await window.stackFor(toyHash, '')).adapters.length, 0);
      await store.select(personal, { id, scale: 1 });
      assert.equal((await window.stackFor(toyHash, '')).adapters[0]?.scale, 1);
      await window.rescale(personal, 0.25);
      assert.equal((await store.stackFor(toyHash, '')).adapters[0]?.scale, 0.25);
      await store.rollBack(personal);
      assert.equal((await window.stackFor(toyHash, '')).adapters.length, 0);
    });

    it('are changed by one window on top of the other', async () => {
      const windows = await Promise.all(Array.from({ length: 4 }, () => open()));
      const { id } = await add(await open());
      const places = windows.flatMap((store, window) =>
        Array.from({ length: 5 }, (_, n) => ({ store, place: { base: toyHash, folder: `/${window}/${n}` } })),
      );
      await Promise.all(places.map(({ store, place }) => store.select(place, { id, scale: 1 })));
      const uses = await (await open()).uses();
      assert.deepEqual(
        uses.places.map((use) => use.folder).toSorted(),
        places.map(({ place }) => place.folder).toSorted(),
      );
      assert.deepEqual((await readdir(folder())).toSorted(), ['adapters', 'use.json']);
    });

    it('are left out, and told of, when they are lost', async () => {
      const store = await open();
      const [mine, ours] = [await add(store, 1), await add(store, 2)];
      await store.select(personal, { id: mine.id, scale: 1 });
      await store.select(shared, { id: ours.id, scale: 1 });
      await truncate(inside(mine.id, 'adapter.gguf'), 1000);
      await rm(inside(ours.id), { recursive: true });
      const { adapters, problems } = await (await open()).stackFor(toyHash, '/w');
      assert.deepEqual(adapters, []);
      assert.deepEqual(problems, [
        { code: 'adapter.lost', name: ours.id },
        { code: 'adapter.lost', name: mine.id },
      ] satisfies Problem[]);
    });

    it('are read before they are first named, not each time', async () => {
      const store = await open();
      const { id } = await add(store);
      const gguf = inside(id, 'adapter.gguf');
      const time = new Date(1_764_000_000_000);
      await utimes(gguf, time, time);
      await store.select(personal, { id, scale: 1 });
      const stack = await store.stackFor(toyHash, '');
      assert.equal(await store.stackFor(toyHash, ''), stack);
      const bytes = await readFile(gguf);
      await writeFile(gguf, bytes.fill(1, bytes.length - 4));
      await utimes(gguf, time, time);
      assert.equal((await store.list()).length, 1, 'size and time are as before');
      await store.rescale(personal, 1.5);
      assert.equal((await store.stackFor(toyHash, '')).problems.length, 1);
    });

    it('are those of the same model only', async () => {
      const store = await open();
      const other = toyBase('qwen3', otherHash);
      const { id } = await add(store, 1, other);
      await assert.rejects(store.select(personal, { id, scale: 1 }), hasCode('adapter.otherBase'));
      await store.select({ base: otherHash, folder: '' }, { id, scale: 1 });
      // Whatever use.json says.
      const text = await readFile(join(folder(), 'use.json'), 'utf8');
      await writeFile(join(folder(), 'use.json'), text.replace(otherHash, toyHash));
      const { adapters, problems } = await store.stackFor(toyHash, '');
      assert.deepEqual([adapters, problems], [[], [{ code: 'adapter.lost', name: 'adapter 1' }]]);
    });

    it('are none when use.json is damaged, which is set aside at the next change', async () => {
      const store = await open();
      const { id } = await add(store);
      await store.select(personal, { id, scale: 1 });
      await writeFile(join(folder(), 'use.json'), '{"version":1,');
      assert.deepEqual(await store.stackFor(toyHash, ''), { adapters: [], problems: [] });
      await store.select(shared, { id, scale: 1 });
      assert.equal((await store.stackFor(toyHash, '/w')).adapters.length, 1);
      assert.equal(await readFile(join(folder(), 'use.json.damaged'), 'utf8'), '{"version":1,');
    });
  });

  describe('after a kill', () => {
    const old = new Date(Date.now() - 3_600_000);

    it('are freed of what was left behind', async () => {
      const gone = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
      const good = await add(await open());
      const leftovers = [
        inside(`${missing}.${gone}-01234567.new`),
        inside(missing),
        inside(`${missing}.01234567.gone`),
        join(folder(), 'adapters.01234567.gone'),
      ];
      const kept = [inside(`${missing}.${process.pid}-01234567.new`), inside('notes')];
      for (const path of [...leftovers, ...kept]) {
        await mkdir(path);
        await writeFile(join(path, 'adapter.gguf'), 'x');
        await utimes(path, old, old);
      }
      const files = [`use.json.${gone}-01234567.new`, 'use.lock.0a1b2c3d-0000-4000-8000-000000000000'];
      for (const name of files) {
        await writeFile(join(folder(), name), 'x');
        await utimes(join(folder(), name), old, old);
      }
      const store = await open();
      assert.deepEqual(await idsOf(store), [good.id]);
      assert.deepEqual(
        (await readdir(inside())).toSorted(),
        [good.id, ...kept.map((path) => path.slice(inside().length + 1))].toSorted(),
      );
      assert.deepEqual(await readdir(folder()), ['adapters']);
    });

    it('keep what another window may still be writing', async () => {
      const young = inside(`${missing}.999999999-01234567.new`);
      await mkdir(young, { recursive: true });
      await mkdir(inside(missing));
      await open();
      assert.equal((await readdir(inside())).length, 2);
      await open(0);
      assert.deepEqual(await readdir(inside()), []);
    });
  });
});

function hasCode(code: Problem['code']): (cause: unknown) => boolean {
  return (cause) => cause instanceof ProblemError && cause.problem.code === code;
}

function add(store: AdapterStore, seed = 1, on = base): Promise<AdapterCard> {
  return store.add(toyAdapter(on, 2, seed), facts(`adapter ${seed}`), on);
}

async function idsOf(store: AdapterStore): Promise<string[]> {
  return (await store.list()).map(({ id }) => id);
}
