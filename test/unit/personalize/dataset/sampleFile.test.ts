import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { readSamples, type Samples, writeSamples } from '../../../../src/personalize/dataset/sampleFile.ts';

const tokens = fc.array(fc.nat({ max: 200_000 }), { minLength: 1, maxLength: 40 });
const weight = fc.double({ min: 0.01, max: 5, noNaN: true });
const part = fc.constantFrom<('train' | 'validation')[]>('train', 'validation');
const kind = fc.constantFrom<Samples['samples'][number]['kind'][]>('accepted', 'instead', 'typed', 'edit', 'replay');
const samples: fc.Arbitrary<Samples> = fc.record(
  {
    samples: fc.array(
      fc.tuple(tokens, tokens, weight, part, kind).map(([prompt, text, ...rest]) => ({
        tokens: [...prompt, ...text],
        from: prompt.length,
        markers: [0],
        weight: rest[0],
        split: rest[1],
        kind: rest[2],
      })),
    ),
    pairs: fc.array(
      fc.record({ prompt: tokens, chosen: tokens, rejected: tokens, weight, split: part }, { noNullPrototype: true }),
    ),
  },
  { noNullPrototype: true },
);

describe('the file of samples', () => {
  let folder: string;
  let path: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samples-'));
    path = join(folder, 'samples.jsonl');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const one: Samples = {
    samples: [{ tokens: [1, 2, 3], from: 2, markers: [], weight: 1, split: 'train', kind: 'typed' }],
    pairs: [{ prompt: [1], chosen: [2], rejected: [3], weight: 1, split: 'train' }],
  };

  it('gives back what was written', async () => {
    await fc.assert(
      fc.asyncProperty(samples, async (all) => {
        await writeSamples(path, all);
        assert.deepEqual(await readSamples(path), all);
      }),
      { numRuns: 30 },
    );
  });

  it('holds more than one block', async () => {
    const many = {
      tokens: Array.from({ length: 1_000 }, (_, at) => at),
      from: 900,
      markers: [0, 40],
      weight: 1,
    } as const;
    const all: Samples = {
      ...one,
      samples: Array.from({ length: 800 }, () => ({ ...many, split: 'train', kind: 'edit' })),
    };
    await writeSamples(path, all);
    assert.deepEqual(await readSamples(path), all);
  });

  it('is for the user alone', async function () {
    if (process.platform === 'win32') return this.skip();
    await writeSamples(path, one);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  });

  it('is refused with the line and the reason', async () => {
    await writeSamples(path, one);
    const [head = '', sample = '', pair = ''] = (await readFile(path, 'utf8')).split('\n');
    const bad: readonly (readonly [lines: readonly string[], error: RegExp])[] = [
      [[], /is not whole/],
      [['{}'], /Line 1 of .*: these are no training samples/],
      [['nonsense'], /Line 1 of /],
      [[head.replace('"version":1', '"version":2')], /Line 1 of .*: version 2 is unknown/],
      [[head, sample], /is not whole: it has 1 samples and 0 pairs/],
      [[head, sample, pair, pair], /is not whole/],
      [[head, sample.replace('"from":2', '"from":3'), pair], /Line 2 of .*: from is 3, no place within 3 tokens/],
      [[head, sample.replace('"from":2', '"from":0'), pair], /Line 2 of .*: from is 0/],
      [[head, sample.replace('[1,2,3]', '[1,2.5,3]'), pair], /Line 2 of .*: tokens are no tokens/],
      [
        [head, sample.replace('"markers":[]', '"markers":[2]'), pair],
        /Line 2 of .*: markers are no places before from/,
      ],
      [[head, sample.replace('"weight":1', '"weight":0'), pair], /Line 2 of .*: weight is 0/],
      [[head, sample.replace('"train"', '"test"'), pair], /Line 2 of .*: split is test/],
      [[head, sample.replace('"typed"', '"other"'), pair], /Line 2 of .*: kind is other/],
      [[head, sample, pair.replace('[3]', '[]')], /Line 3 of .*: rejected are no tokens/],
      [[head, sample, '[]'], /Line 3 of .*: this is no object/],
      [[head, sample, pair.slice(0, 20)], /Line 3 of /],
    ];
    for (const [lines, error] of bad) {
      await writeFile(path, lines.map((line) => `${line}\n`).join(''));
      await assert.rejects(readSamples(path), error);
    }
  });
});
