import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import { AdapterStore } from '../../../../src/personalize/adapters/adapterStore.ts';
import { ProblemError } from '../../../../src/protocol/problems.ts';
import { temporaryFolder } from '../../inference/models/temporaryFolder.ts';
import { facts, toyAdapter, toyBase, toyHash } from './toyAdapters.ts';

const base = toyBase('llama');

describe('an exported adapter', () => {
  const home = temporaryFolder();
  const store = () => AdapterStore.open({ folder: join(home(), 'personal'), log: silentLogger });
  const exports = () => join(home(), 'exports');

  it('is a folder with what PEFT, vLLM and llama-server read', async () => {
    const { id } = await (await store()).add(toyAdapter(base), facts(), base);
    const folder = await (await store()).export(id, exports());
    assert.equal(basename(folder), `hearth-adapter-${id}`);
    assert.deepEqual(await filesOf(folder), [
      'adapter_config.json',
      'adapter_model.safetensors',
      'adapter.gguf',
      'README.md',
    ]);
    const kept = join(home(), 'personal', 'adapters', id, 'adapter.gguf');
    assert.deepEqual(await readFile(join(folder, 'adapter.gguf')), await readFile(kept));
    const config = JSON.parse(await readFile(join(folder, 'adapter_config.json'), 'utf8'));
    assert.deepEqual(
      [config.peft_type, config.r, config.lora_alpha, config.bias, config.use_rslora, config.base_model_name_or_path],
      ['LORA', 2, 4, 'none', false, 'Toy'],
    );
    assert.deepEqual(config.target_modules, [
      'down_proj',
      'gate_proj',
      'k_proj',
      'o_proj',
      'q_proj',
      'up_proj',
      'v_proj',
    ]);
  });

  it('can be imported again, by its model only', async () => {
    const window = await store();
    const adapter = toyAdapter(base);
    const { id } = await window.add(adapter, facts(), base);
    const folder = await window.export(id, exports());
    const again = await window.import([folder], facts('again'), base);
    assert.notEqual(again.id, id);
    assert.equal(again.origin, 'imported');
    assert.deepEqual(await window.load(again.id), adapter);
    // The same shapes, other numbers: only the hash can tell.
    const lookalike = toyBase('llama', 'cd'.repeat(32));
    await assert.rejects(
      window.import([folder], facts(), lookalike),
      (cause) => cause instanceof ProblemError && cause.problem.code === 'adapter.otherBase',
    );
  });

  it('does not take the place of an earlier one', async () => {
    const window = await store();
    const { id } = await window.add(toyAdapter(base), facts(), base);
    for (let n = 0; n < 3; n++) await window.export(id, exports());
    assert.deepEqual(
      await filesOf(exports()),
      ['', '-2', '-3'].map((end) => `hearth-adapter-${id}${end}`),
    );
  });

  it('tells in its README what it is for, what it is made of and how it did, but shows no code', async () => {
    const window = await store();
    const { id, sha256 } = await window.add(toyAdapter(base), { ...facts(), notes: 'Ours.' }, base);
    const readme = await readmeOf(await window.export(id, exports()));
    for (const part of [
      /base_model: "Toy"/,
      /# Toy adapter/,
      new RegExp(toyHash),
      new RegExp(sha256),
      /rank, alpha \| 2, 4/,
      /from 7 examples/,
      /Ours\./,
      /steps \| 3/,
      /loss after \| 2/,
      /## Licence/,
      /## Data/,
      /llama-server -m/,
    ])
      assert.match(readme, part);
    assert.ok(!readme.includes('const x'), 'samples are the user’s code');
  });

  it('says what it was trained on only where that is known', async () => {
    const window = await store();
    const { id } = await window.add(toyAdapter(base), facts(), base);
    const folder = await window.export(id, exports());
    const again = await window.import([folder], facts(), base);
    assert.match(await readmeOf(folder), /give it only to people who may see that code/);
    assert.match(await readmeOf(await window.export(again.id, exports())), /did not train it/);
  });

  it('lets no name become Markdown, HTML or YAML', async () => {
    const window = await store();
    const hostile = 'x\n---\n# <img src=//e> [a](command:b) `c` | d \u202e';
    const { id } = await window.add(
      toyAdapter(base),
      { ...facts(hostile), notes: hostile },
      { ...base, name: hostile },
    );
    const readme = await readmeOf(await window.export(id, exports()));
    const [, yaml = '', ...body] = readme.split(/^---$/m);
    assert.equal(body.length, 1);
    assert.equal(yaml.trim().split('\n').length, 3);
    assert.deepEqual(body[0]?.match(/^#+ .*/gm)?.slice(1), [
      '## Use',
      '## Data',
      '## Licence',
      '## Measured against the base model',
    ]);
    assert.doesNotMatch(body.join(''), /[^\\]<|[^\\]\]\(|\u202e/);
  });

  it('is there as a whole or not at all', async () => {
    const window = await store();
    const { id } = await window.add(toyAdapter(base), facts(), base);
    await writeFile(exports(), 'no folder');
    await assert.rejects(window.export(id, exports()), isNotWritten);
    await rm(exports());
    assert.deepEqual(await filesOf(home()), ['personal']);
  });
});

function isNotWritten(cause: unknown): boolean {
  return cause instanceof ProblemError && cause.problem.code === 'adapter.notWritten';
}

async function filesOf(folder: string): Promise<string[]> {
  return (await readdir(folder)).toSorted((a, b) => a.localeCompare(b));
}

function readmeOf(exported: string): Promise<string> {
  return readFile(join(exported, 'README.md'), 'utf8');
}
