import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { silentLogger } from '../../../../src/base/logger.ts';
import { type LoraAdapter, type LoraModule, writeLoraGguf } from '../../../../src/formats/gguf/loraGguf.ts';
import { AdapterStore } from '../../../../src/personalize/adapters/adapterStore.ts';
import { kindOf } from '../../../../src/personalize/adapters/architectures.ts';
import { type BaseModel, readBaseModel } from '../../../../src/personalize/adapters/baseModel.ts';
import { temporaryFolder } from '../../inference/models/temporaryFolder.ts';
import type { Written } from './llamaTokens.ts';
import { facts, toyModule } from './toyAdapters.ts';

const run = promisify(execFile);
const starter = resolve('models/starter.gguf');
const code = 'function add(a, b) {\n  return';

describe('an adapter in llama.cpp', () => {
  const folder = temporaryFolder();

  it('changes what the starter writes, by its numbers, its alpha and its rank', async function () {
    this.timeout(60_000);
    const store = await AdapterStore.open({ folder: join(folder(), 'personal'), log: silentLogger });
    const base = await readBaseModel(starter, await store.baseSha256(starter), 'Hearth starter');
    assert.deepEqual([base.architecture, base.heads, base.kvHeads], ['qwen3', 4, 2]);

    const strong = adapterOf(base, 4, 64);
    const card = await store.add(strong, facts(), base);
    await store.select({ base: base.sha256, folder: '' }, { id: card.id, scale: 1 });
    const [kept] = (await store.stackFor(base.sha256, '')).adapters;
    const others: readonly (readonly [name: string, adapter: LoraAdapter])[] = [
      ['empty', withModules(strong, (module) => ({ ...module, b: module.b.map(() => 0) }))],
      [
        'halves',
        withModules({ ...strong, alpha: 32 }, (module) => ({ ...module, b: module.b.map((value) => 2 * value) })),
      ],
      ['misfit', { ...strong, architecture: 'llama' }],
    ];
    const paths: string[] = [];
    for (const [name, adapter] of others) {
      paths.push(join(folder(), `${name}.gguf`));
      await writeLoraGguf(paths.at(-1) ?? '', adapter);
    }
    const [bare, withStrong, withEmpty, withHalves, withMisfit] = await writtenWith([kept?.path ?? '', ...paths]);
    assert.ok(Array.isArray(bare) && bare.length > 5, 'the bare model writes something');
    assert.ok(Array.isArray(withStrong), String(withStrong));
    assert.notDeepEqual(withStrong, bare);
    assert.deepEqual(withEmpty, bare, 'a B of zeros adds nothing');
    assert.deepEqual(withHalves, withStrong, 'half the alpha and twice the B');
    assert.equal(typeof withMisfit, 'string', 'one for another architecture is not loaded');
  });
});

/** Changes all weights of the layers, enough to be noticed. */
function adapterOf(base: BaseModel, rank: number, alpha: number): LoraAdapter {
  const modules = new Map<string, LoraModule>();
  for (const [weight, { inputs, outputs }] of base.weights)
    if (kindOf(weight) !== undefined) modules.set(weight, toyModule(rank, inputs, outputs, modules.size));
  return { architecture: base.architecture, alpha, modules };
}

function withModules(adapter: LoraAdapter, change: (module: LoraModule) => LoraModule): LoraAdapter {
  return { ...adapter, modules: new Map([...adapter.modules].map(([weight, module]) => [weight, change(module)])) };
}

async function writtenWith(adapters: readonly string[]): Promise<Written> {
  const script = join(import.meta.dirname, 'llamaTokens.ts');
  const { stdout } = await run(process.execPath, [script, starter, code, ...adapters]);
  return JSON.parse(stdout);
}
