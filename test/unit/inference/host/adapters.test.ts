import assert from 'node:assert/strict';
import { copyFile, link, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { AdapterUnavailable, type AdapterUse } from '../../../../src/inference/generate.ts';
import type { ModelRunner } from '../../../../src/inference/host/modelRunner.ts';
import { type AdapterOptions, adapterFile } from './adapterFile.ts';
import { answer, Hosts, request, starter, until } from './hosts.ts';

type Alter = NonNullable<AdapterOptions['alter']>;

const never = new AbortController().signal;

const stack = (...paths: string[]): AdapterUse[] => paths.map((path) => ({ path, scale: 1 }));

/** Ways to be no adapter for the starter. */
const onlyA: Alter = (matrices) => matrices.filter(({ name }) => !name.endsWith('0.ffn_up.weight.lora_b'));
const renamed =
  (from: string, to: string): Alter =>
  (matrices) =>
    matrices.map(({ name, dimensions }) => ({ name: name.replace(from, to), dimensions }));
const wider: Alter = (matrices) =>
  matrices.map(({ name, dimensions: [one = 0, two = 0] }) => ({ name, dimensions: [one * 2, two * 2] }));
const otherRank: Alter = (matrices) =>
  matrices.map(({ name, dimensions: [one = 0, two = 0] }) => ({
    name,
    dimensions: name.endsWith('lora_a') ? [one, 8] : [one, two],
  }));
const embeddings: Alter = () => [
  { name: 'token_embd.weight.lora_a', dimensions: [4, 8192] },
  { name: 'token_embd.weight.lora_b', dimensions: [4, 384] },
];

describe('adapters in the model host', () => {
  const hosts = new Hosts();
  let runner: ModelRunner;
  let folder: string;
  let written = 0;
  let [a, b, c] = ['', '', ''];

  before(async () => {
    folder = await hosts.folder();
    runner = hosts.runner(folder);
    await runner.use(starter);
    [a, b, c] = [await adapter({ seed: 1 }), await adapter({ seed: 2 }), await adapter({ seed: 3 })];
  });
  after(() => hosts.clean());

  async function adapter(options: AdapterOptions = {}): Promise<string> {
    const path = join(folder, `adapter${++written}.gguf`);
    await writeFile(path, await adapterFile(options));
    return path;
  }
  const textWith = async (adapters: readonly AdapterUse[]) => (await answer(runner, request({ adapters }))).text;

  it('change what the model writes, by their scale; 0 is the bare model', async () => {
    const bare = await textWith([]);
    const adapted = await textWith(stack(a));
    assert.notEqual(adapted, bare);
    assert.equal(await textWith([{ path: a, scale: 0 }]), bare);
    assert.equal(await textWith([{ path: a, scale: 1 }]), adapted);
    assert.notEqual(await textWith([{ path: a, scale: 0.5 }]), adapted);
    assert.equal(await textWith([{ path: a, scale: 1e-6 }]), bare);
  });

  it('stack', async () => {
    const both = await textWith(stack(a, b));
    assert.ok(![await textWith(stack(a)), await textWith(stack(b))].includes(both));
    assert.equal(await textWith([...stack(a, b), { path: c, scale: 0 }]), both);
  });

  it('do not disturb each other, nor the bare model, when several are asked at once', async () => {
    const stacks = [[], stack(a), stack(b), stack(a)];
    const alone: string[] = [];
    for (const adapters of stacks) alone.push(await textWith(adapters));
    assert.equal(new Set(alone).size, 3);
    assert.deepEqual(await Promise.all(stacks.map(textWith)), alone);
  });

  it('have KV caches of their own', async () => {
    const prefix = 'const cached = "in each stack";\n'.repeat(20);
    const unread = async (adapters: readonly AdapterUse[]) => {
      const { promptTokens, reusedTokens } = (await answer(runner, request({ prefix, adapters }))).stats;
      return promptTokens - reusedTokens;
    };
    for (const adapters of [[], stack(a), stack(b)]) assert.ok((await unread(adapters)) > 100);
    for (const adapters of [[], stack(a), stack(b)]) assert.equal(await unread(adapters), 1);
  });

  it('need their file no longer once they are loaded', async () => {
    const path = await adapter({ seed: 4 });
    const text = await textWith(stack(path));
    await rm(path);
    assert.equal(await textWith(stack(path)), text);
  });

  it('are freed with the last context that used them', async () => {
    const path = await adapter({ seed: 5 });
    const [first, second] = [await textWith(stack(path)), await textWith(stack(await adapter({ seed: 6 })))];
    await writeFile(path, await adapterFile({ seed: 6 }));
    assert.equal(await textWith(stack(path)), first, 'still the one in memory');
    await textWith(stack(path, b));
    await textWith(stack(c));
    assert.notEqual(await textWith(stack(path, b)), second);
    await textWith(stack(a));
    await textWith(stack(b));
    assert.equal(await textWith(stack(path)), second, 'read again');
  });

  it('take memory only while a context uses them', async () => {
    const bytes = await adapterFile({ rank: 64 });
    const path = join(folder, 'large.gguf');
    await writeFile(path, bytes);
    await textWith(stack(path));
    const before = (await runner.info())?.residentBytes ?? 0;
    for (let name = 0; name < 12; name++) {
      await link(path, `${path}${name}`);
      await textWith(stack(`${path}${name}`));
    }
    const grownBytes = ((await runner.info())?.residentBytes ?? 0) - before;
    assert.ok(grownBytes < 3 * bytes.length, `grew by ${grownBytes} after 12 adapters of ${bytes.length}`);
  });

  it('that cannot be used are refused by name, and the host goes on', async () => {
    const pid = runner.hostPid;
    const garbage = join(folder, 'garbage.gguf');
    await writeFile(garbage, 'GGUF and then nothing of the kind'.repeat(100));
    const cut = await adapter();
    await truncate(cut, 40_000);
    const model = join(folder, 'model.gguf');
    await copyFile(starter.path, model);
    for (const [path, fault, reason] of [
      [join(folder, 'never.gguf'), 'missing', /ENOENT/],
      [folder, 'unusable', /no GGUF/],
      [garbage, 'unusable', /version/],
      [cut, 'unusable', /the file ends/],
      [model, 'unusable', /no LoRA adapter/],
      [await adapter({ type: 'model' }), 'unusable', /no LoRA adapter/],
      [await adapter({ architecture: 'llama' }), 'unusable', /it is for "llama", the model is qwen3/],
      [await adapter({ alphaAsText: true }), 'unusable', /alpha/],
      [await adapter({ alter: () => [] }), 'unusable', /empty/],
      [await adapter({ alter: onlyA }), 'unusable', /half of "blk.0.ffn_up.weight"/],
      [await adapter({ alter: renamed('lora_a', 'lora_c') }), 'unusable', /belongs to no LoRA/],
      [await adapter({ alter: renamed('ffn_gate', 'ffn_gates') }), 'unusable', /no tensor "blk.0.ffn_gates.weight"/],
      [await adapter({ alter: wider }), 'unusable', /is 384x/],
      [await adapter({ alter: otherRank }), 'unusable', /another shape/],
      [await adapter({ alter: embeddings }), 'unusable', /embeddings/],
    ] as const) {
      const isSaid = (error: unknown) => {
        assert.ok(error instanceof AdapterUnavailable, String(error));
        assert.deepEqual([error.fault, error.path], [fault, path]);
        assert.match(error.reason, reason);
        return true;
      };
      await assert.rejects(answer(runner, request({ adapters: stack(path) })), isSaid);
      await assert.rejects(answer(runner, request({ adapters: stack(a, path) })), isSaid);
      await assert.rejects(runner.score({ ...request(), text: 'x', adapters: stack(path) }, never), isSaid);
    }
    assert.ok((await textWith([])) !== (await textWith(stack(a))));
    assert.equal(runner.hostPid, pid);
  });

  it('whose numbers are none give no probability, and the host goes on', async () => {
    const pid = runner.hostPid;
    const bytes = await adapterFile();
    bytes.fill(0xff, bytes.length - 4000);
    const path = join(folder, 'notANumber.gguf');
    await writeFile(path, bytes);
    await assert.rejects(runner.score({ ...request(), text: 'x', adapters: stack(path) }, never), /no probability/);
    assert.notEqual(await textWith([]), '');
    assert.equal(runner.hostPid, pid);
  });

  it('with a damaged header are refused or harmless', async () => {
    const pid = runner.hostPid;
    const sound = await adapterFile({ seed: 7 });
    const path = join(folder, 'damaged.gguf');
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 400 }), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = Buffer.from(sound);
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        const damaged = `${path}${++written}`;
        await writeFile(damaged, bytes);
        await textWith(stack(damaged)).catch((cause: unknown) => assert.ok(cause instanceof AdapterUnavailable));
      }),
      { numRuns: 60 },
    );
    assert.equal(runner.hostPid, pid);
  });

  for (const [typing, background] of [
    ['the bare model', 'adapters'],
    ['adapters', 'the bare model'],
    ['adapters', 'others'],
  ] as const) {
    it(`let typing with ${typing} go before scores with ${background}`, async () => {
      const stacks = { 'the bare model': [], adapters: stack(a), others: stack(b) };
      const scored = { ...request(), text: 'value = compute(one, two)\n'.repeat(10), adapters: stacks[background] };
      const adapters = stacks[typing];
      for (const each of [adapters, scored.adapters]) await textWith(each);
      const alone = await runner.score(scored, never);
      let isScored = false;
      const elsewhere = [{ text: '# another prompt, so that everything is read\n' }, ...scored.prompt];
      const score = runner.score({ ...scored, prompt: elsewhere }, never).then(() => (isScored = true));
      // Many times the work of the score.
      const prefixes = ['1, ', '2, '].map((each) => each.repeat(300));
      await Promise.all(prefixes.map((prefix) => answer(runner, request({ prefix, maxTokens: 0, adapters }))));
      assert.ok(!isScored, 'the score waited');
      await score;
      // Slices of another size give slightly other sums.
      const again = await runner.score(scored, never);
      assert.equal(again.tokens, alone.tokens);
      assert.ok(Math.abs(again.logProbability / alone.logProbability - 1) < 0.01, JSON.stringify([again, alone]));
    });
  }

  it('are not waited for by typing while background work holds both other stacks', async () => {
    const long = { ...request(), text: 'value = compute(one, two)\n'.repeat(40) };
    const scores = [stack(a), stack(b)].map((adapters) => runner.score({ ...long, adapters }, never));
    let scored = 0;
    for (const score of scores) void score.then(() => scored++);
    const { text } = await answer(runner, request({ adapters: stack(c) }));
    assert.ok(text !== '' && scored === 0);
    await Promise.all(scores);
    await until(() => scored === 2, 'both scores were told');
  });
});
