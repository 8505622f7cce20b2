import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { silentLogger } from '../../../../src/base/logger.ts';
import { writeLoraGguf } from '../../../../src/formats/gguf/loraGguf.ts';
import { type NamedTensor, writeSafetensors } from '../../../../src/formats/safetensorsFile.ts';
import { AdapterStore } from '../../../../src/personalize/adapters/adapterStore.ts';
import type { BaseModel } from '../../../../src/personalize/adapters/baseModel.ts';
import { type Problem, ProblemError } from '../../../../src/protocol/problems.ts';
import { claim, safetensorsFile } from '../../formats/safetensorsBytes.ts';
import { temporaryFolder } from '../../inference/models/temporaryFolder.ts';
import { facts, peftParts, toyAdapter, toyBase } from './toyAdapters.ts';

const base = toyBase();
const first = 'base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight';
const megabyte = 2 ** 20;

interface Place {
  readonly folder: string;
  readonly weights: string;
  readonly config: string;
}
type Spoil = (place: Place) => Promise<unknown>;
type Tensors = (tensors: NamedTensor[]) => readonly NamedTensor[];

describe('an adapter of somebody else', () => {
  const home = temporaryFolder();
  const foreign = (): Place => ({
    folder: join(home(), 'foreign'),
    weights: join(home(), 'foreign', 'adapter_model.safetensors'),
    config: join(home(), 'foreign', 'adapter_config.json'),
  });
  const kept = () => join(home(), 'personal', 'adapters');

  beforeEach(async () => {
    const { folder, weights, config } = foreign();
    await mkdir(folder);
    const parts = peftParts(base);
    await writeSafetensors(weights, parts.tensors, { format: 'pt' });
    await writeFile(config, JSON.stringify(parts.config));
  });

  const importFrom = async (paths: readonly string[], on: BaseModel = base) => {
    const store = await AdapterStore.open({ folder: join(home(), 'personal'), log: silentLogger });
    return store.import(paths, { ...facts(), training: null, proof: null }, on);
  };

  it('is kept when it is good: as a folder, a file with its configuration beside it, or both files', async () => {
    const { folder, weights, config } = foreign();
    for (const paths of [[folder], [weights], [weights, config], [config, weights]]) {
      const card = await importFrom(paths);
      assert.deepEqual([card.origin, card.rank, card.alpha, card.base.sha256], ['imported', 2, 4, base.sha256]);
    }
    assert.equal((await readdir(kept())).length, 4);
  });

  const corpus: readonly (readonly [what: string, code: Problem['code'], message: RegExp, spoil: Spoil])[] = [
    [
      'a folder without anything',
      'adapter.none',
      /holds no adapter/,
      async ({ weights, config }) => Promise.all([rm(weights), rm(config)]),
    ],
    ['no configuration', 'adapter.none', /holds no adapter/, ({ config }) => rm(config)],
    ['a link to a device', 'adapter.none', /holds no adapter/, replaced((path) => symlink('/dev/zero', path))],
    ['a pipe', 'adapter.none', /holds no adapter/, replaced(async (path) => execFileSync('mkfifo', [path]))],
    ['a folder of that name', 'adapter.none', /holds no adapter/, replaced((path) => mkdir(path))],
    [
      'a pickle by its name',
      'adapter.pickle',
      /adapter_model\.bin is a pickle file/,
      ({ weights, folder }) => rename(weights, join(folder, 'adapter_model.bin')),
    ],
    [
      'a pickle disguised',
      'adapter.pickle',
      /can run code/,
      bytes(() => Buffer.from('80028a0a6cfc9c46f9206aa850192e', 'hex')),
    ],
    [
      'PyTorch’s archive disguised',
      'adapter.pickle',
      /can run code/,
      bytes(() => Buffer.from('PK\x03\x04archive/data.pkl')),
    ],
    [
      'a GGUF file by its name',
      'adapter.gguf',
      /adapter\.gguf is a GGUF adapter/,
      async ({ weights, folder }) => {
        await rm(weights);
        await writeLoraGguf(join(folder, 'adapter.gguf'), toyAdapter(base));
      },
    ],
    ['a GGUF file disguised', 'adapter.gguf', /safetensors/, replaced((path) => writeLoraGguf(path, toyAdapter(base)))],
    ['nothing in it', 'adapter.damaged', /ends inside its header/, bytes(() => Buffer.alloc(0))],
    ['a download cut short', 'adapter.damaged', /ends inside its tensors/, ({ weights }) => truncate(weights, 5000)],
    [
      'bytes after its end',
      'adapter.damaged',
      /no tensor at its end/,
      bytes((good) => Buffer.concat([good, Buffer.alloc(8)])),
    ],
    ['a gigantic header', 'adapter.damaged', /no header/, bytes((good) => good.fill(0x7f, 5, 8))],
    [
      'a tensor of 2^60 numbers',
      'adapter.damaged',
      /not as long/,
      bytes(() => safetensorsFile({ [first]: claim(0, 8, { shape: [2 ** 30, 2 ** 30] }) }, Buffer.alloc(8))),
    ],
    [
      'a sparse file of 64 GB',
      'adapter.misfit',
      /has 16 inputs/,
      async ({ weights }) => {
        const a = claim(0, 2 ** 36, { shape: [2, 2 ** 33] });
        const b = claim(2 ** 36, 2 ** 36 + 64, { shape: [8, 2] });
        const header = safetensorsFile({ [first]: a, [first.replace('_A', '_B')]: b }, Buffer.alloc(0));
        await writeFile(weights, header);
        await truncate(weights, header.length + 2 ** 36 + 64);
      },
    ],
    [
      'overlapping tensors',
      'adapter.damaged',
      /overlaps/,
      bytes(() => safetensorsFile({ [first]: claim(0, 8), b: claim(4, 8) }, Buffer.alloc(8))),
    ],
    [
      'a tensor twice',
      'adapter.damaged',
      /occurs twice/,
      bytes((good) => headerOf(good, first.replace('_A', '_B'), first)),
    ],
    [
      'one tensor by two names',
      'adapter.damaged',
      /two tensors for A/,
      tensors((all) => [...all, { ...found(all, first), name: first.replace('.weight', '.default.weight') }]),
    ],
    ['one half missing', 'adapter.damaged', /one half/, tensors((all) => all.filter(({ name }) => name !== first))],
    [
      'halves of two ranks',
      'adapter.damaged',
      /do not fit together/,
      tensors((all) => all.map((each) => (each.name === first ? resized(each, [3, 16]) : each))),
    ],
    [
      'three dimensions',
      'adapter.damaged',
      /do not fit together/,
      tensors((all) => all.map((each) => (each.name === first ? resized(each, [2, 4, 4]) : each))),
    ],
    ['whole numbers', 'adapter.damaged', /no floats but I32/, bytes((good) => headerOf(good, '"F32"', '"I32"'))],
    [
      'tensors of experts',
      'adapter.unsupported',
      /mixture of experts/,
      renamed('base_model.model.model.layers.0.mlp.experts.7.up_proj.lora_A.weight'),
    ],
    [
      'embeddings',
      'adapter.unsupported',
      /embeddings/,
      renamed('base_model.model.model.embed_tokens.lora_embedding_A'),
    ],
    ['an output layer', 'adapter.unsupported', /output layer/, renamed('base_model.model.lm_head.lora_A.weight')],
    ['DoRA’s magnitudes', 'adapter.unsupported', /DoRA/, renamed(first.replace('lora_A', 'lora_magnitude_vector'))],
    [
      'a name that climbs',
      'adapter.unsupported',
      /passwd/,
      renamed('base_model.model.model.layers.0.../../../etc/passwd.lora_A.weight'),
    ],
    ['a name with escapes', 'adapter.unsupported', /\?\[31m/, renamed('\u001b[31mred')],
    [
      'a layer that the model has not',
      'adapter.misfit',
      /no blk\.9\.attn_q/,
      tensors((all) => all.map((each) => ({ ...each, name: each.name.replace('layers.1.', 'layers.9.') }))),
    ],
    [
      'another width',
      'adapter.misfit',
      /has 16 inputs .* adapter's 8/,
      tensors((all) => all.map((each) => (each.name === first ? resized(each, [2, 8]) : each))),
    ],
    ['nothing that it changes', 'adapter.misfit', /changes nothing/, tensors(() => [])],
    [
      'a hash of another model',
      'adapter.otherBase',
      /made for Other, not for Toy/,
      ({ weights }) =>
        writeSafetensors(weights, peftParts(base).tensors, {
          'hearth.base.sha256': 'f'.repeat(64),
          'hearth.base.name': 'Other',
        }),
    ],
    [
      'a rank of 300',
      'adapter.unsupported',
      /rank 300/,
      async ({ weights, config }) => {
        const parts = peftParts(base, 300);
        await writeSafetensors(weights, parts.tensors);
        await writeFile(config, JSON.stringify(parts.config));
      },
    ],
    [
      'NaN',
      'adapter.values',
      /not finite/,
      tensors((all) =>
        all.map((each) => (each.name === first ? { ...each, values: each.values.fill(Number.NaN, 5, 6) } : each)),
      ),
    ],
    [
      'an infinity',
      'adapter.values',
      /not finite/,
      tensors((all) =>
        all.map((each) =>
          each.name === first ? { ...each, values: each.values.fill(Number.NEGATIVE_INFINITY, 5, 6) } : each,
        ),
      ),
    ],
    [
      'numbers that would spoil the model',
      'adapter.values',
      /on average/,
      tensors((all) => all.map((each) => ({ ...each, values: each.values.map((value) => value * 1000) }))),
    ],
    ['a huge alpha', 'adapter.values', /on average/, configured({ lora_alpha: 1e6 })],
    ['a configuration that is no JSON', 'adapter.config', /no JSON/, ({ config: path }) => writeFile(path, '{"r": 2,')],
    [
      'a configuration of 2 MB',
      'adapter.config',
      /bytes/,
      ({ config: path }) => writeFile(path, ' '.repeat(2 * megabyte)),
    ],
    ['another kind of adapter', 'adapter.config', /peft_type is "IA3"/, configured({ peft_type: 'IA3' })],
    ['a rank that the tensors have not', 'adapter.config', /its r is 4, but .* has 2/, configured({ r: 4 })],
    ['tensors that it does not name', 'adapter.config', /do not name/, configured({ target_modules: ['v_proj'] })],
    ['DoRA in its configuration', 'adapter.unsupported', /use_dora/, configured({ use_dora: true })],
    ['layers saved beside it', 'adapter.unsupported', /modules_to_save/, configured({ modules_to_save: ['lm_head'] })],
  ];
  // Windows has neither, at least not by these means.
  const possible = corpus.filter(([what]) => process.platform !== 'win32' || !/link|pipe|sparse/.test(what));
  for (const [what, code, message, spoil] of possible)
    it(`is refused with ${what}`, async () => {
      await spoil(foreign());
      const problem = await problemOf(importFrom([foreign().folder]));
      assert.equal(problem.code, code, new ProblemError(problem).message);
      assert.match(new ProblemError(problem).message, message);
      assert.deepEqual(await readdir(kept()).catch(() => []), [], 'nothing is written');
    });

  it('is refused for a model of another or an unknown architecture', async () => {
    const { folder } = foreign();
    assert.equal((await problemOf(importFrom([folder], toyBase('qwen2')))).code, 'adapter.misfit');
    assert.equal((await problemOf(importFrom([folder], toyBase('gemma3')))).code, 'adapter.architecture');
    const unequal = { ...toyBase('llama'), heads: 0 };
    assert.equal((await problemOf(importFrom([folder], unequal))).code, 'adapter.unsupported');
  });

  it('is refused when what was picked is something else', async () => {
    const { folder, weights, config: path } = foreign();
    const gguf = join(home(), 'x.gguf');
    await copyFile(weights, gguf);
    assert.equal((await problemOf(importFrom([gguf]))).code, 'adapter.gguf');
    assert.equal((await problemOf(importFrom([gguf, path]))).code, 'adapter.gguf');
    assert.equal((await problemOf(importFrom([join(home(), 'none')]))).code, 'adapter.none');
    assert.equal((await problemOf(importFrom([folder, path]))).code, 'adapter.none');
    assert.equal((await problemOf(importFrom([]))).code, 'adapter.none');
  });

  it('is kept or refused whatever bytes of it are changed, and never takes much', async function () {
    this.timeout(30_000);
    const { folder, weights, config: path } = foreign();
    const files = [weights, path] as const;
    const good = await Promise.all(files.map((file) => readFile(file)));
    const headerBytes = 8 + Number(good[0]?.readBigUInt64LE());
    const change = fc.record({ at: fc.nat(headerBytes + 200), by: fc.integer({ min: 1, max: 255 }) });
    const before = process.memoryUsage().arrayBuffers;
    const counts = { kept: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), fc.nat(1), async (changes, which) => {
        const changed = Buffer.from(good[which] ?? '');
        for (const { at, by } of changes) changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ by;
        await Promise.all(files.map((file, n) => writeFile(file, n === which ? changed : (good[n] ?? ''))));
        try {
          await importFrom([folder]);
          counts.kept++;
        } catch (cause) {
          counts.refused++;
          assert.ok(cause instanceof ProblemError && cause.problem.code.startsWith('adapter.'), String(cause));
        }
      }),
      { numRuns: 150 },
    );
    assert.ok(counts.kept > 5 && counts.refused > 50, JSON.stringify(counts));
    assert.equal((await readdir(kept())).length, counts.kept, 'each is whole or not there');
    assert.ok(process.memoryUsage().arrayBuffers - before < 50 * megabyte);
  });
});

async function problemOf(imported: Promise<unknown>): Promise<Problem> {
  const cause: unknown = await imported.then(
    () => assert.fail('it was kept'),
    (error: unknown) => error,
  );
  assert.ok(cause instanceof ProblemError, String(cause instanceof Error ? cause.stack : cause));
  return cause.problem;
}

function replaced(by: (path: string) => Promise<unknown>): Spoil {
  return async ({ weights }) => {
    await rm(weights);
    await by(weights);
  };
}

function bytes(change: (good: Buffer) => Buffer): Spoil {
  return async ({ weights }) => writeFile(weights, change(await readFile(weights)));
}

function tensors(change: Tensors): Spoil {
  return ({ weights }) => writeSafetensors(weights, change(peftParts(base).tensors));
}

/** The first tensor under another name. */
function renamed(name: string): Spoil {
  return tensors((all) => all.map((each) => (each.name === first ? { ...each, name } : each)));
}

function configured(changes: Readonly<Record<string, unknown>>): Spoil {
  return ({ config: path }) => writeFile(path, JSON.stringify({ ...peftParts(base).config, ...changes }));
}

function found(all: readonly NamedTensor[], name: string): NamedTensor {
  return all.find((each) => each.name === name) ?? assert.fail(name);
}

function resized(tensor: NamedTensor, shape: readonly number[]): NamedTensor {
  return { ...tensor, shape, values: new Float32Array(shape.reduce((product, length) => product * length, 1)) };
}

/** Of the same length as `from`, so that every offset stays true. */
function headerOf(good: Buffer, from: string, to: string): Buffer {
  assert.equal(from.length, to.length);
  assert.ok(good.includes(from));
  return Buffer.from(good.toString('latin1').replace(from, to), 'latin1');
}
