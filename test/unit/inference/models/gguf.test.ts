import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { checkGguf, type GgufSummary } from '../../../../src/inference/models/gguf.ts';
import { type Problem, ProblemError } from '../../../../src/protocol/problems.ts';
import {
  array,
  firstTensor,
  ggufFile,
  pair,
  secondTensor,
  type Tensor,
  text,
  textPair,
  uint32,
  uint32Pair,
  uint64,
  withPairs,
} from './ggufBytes.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const starter = join(import.meta.dirname, '../../../../models/starter.gguf');
const starterHeaderBytes = 262_749;

describe('checkGguf', () => {
  const folder = temporaryFolder();
  const write = async (bytes: Buffer): Promise<string> => {
    const path = join(folder(), 'model.gguf');
    await writeFile(path, bytes);
    return path;
  };
  const problemWith = async (bytes: Buffer): Promise<Problem> => problemAt(await write(bytes));
  const reasonOf = async (bytes: Buffer): Promise<string> => {
    const problem = await problemWith(bytes);
    return problem.code === 'model.malformed' ? problem.reason : problem.code;
  };

  it('reads what the starter says of itself', async () => {
    assert.deepEqual(await checkGguf(starter), {
      version: 3,
      architecture: 'qwen3',
      name: 'Hearth starter 1',
      contextTokens: 2048,
      blockCount: 6,
      tensorCount: 68,
      fileBytes: 13_970_016,
      parameterCount: 12_883_968,
      vocabularySize: 8192,
      quantisation: 'Q8_0',
      poolingType: 0,
      classifies: false,
    } satisfies GgufSummary);
  });

  it('accepts the smallest model, in versions 2 and 3, with any alignment that is a power of two', async () => {
    assert.equal((await checkGguf(await write(ggufFile()))).parameterCount, 16);
    assert.equal((await checkGguf(await write(ggufFile({ version: 2 })))).version, 2);
    const sparse = ggufFile({
      pairs: withPairs(uint32Pair('general.alignment', 64)),
      tensors: [firstTensor, { ...secondTensor, offset: 64 }],
      dataBytes: 160,
    });
    assert.equal((await checkGguf(await write(sparse))).tensorCount, 2);
  });

  it('walks over every type of value, texts of any length and arrays', async () => {
    const scalarTypes = [
      [0, 1],
      [1, 1],
      [2, 2],
      [3, 2],
      [4, 4],
      [5, 4],
      [6, 4],
      [7, 1],
      [10, 8],
      [11, 8],
      [12, 8],
    ] as const;
    const pairs = withPairs(
      ...scalarTypes.map(([type, bytes]) => pair(`s.${type}`, type, Buffer.alloc(bytes, 0xff))),
      ...scalarTypes.map(([type, bytes]) => pair(`a.${type}`, 9, array(type, 3, Buffer.alloc(3 * bytes)))),
      textPair('long', 'x'.repeat(3_000_000)),
      pair('tokenizer.ggml.tokens', 9, array(8, 3, text('one'), text('t'.repeat(2_000_000)), text(''))),
    );
    assert.equal((await checkGguf(await write(ggufFile({ pairs })))).vocabularySize, 3);
  });

  it('tells a missing file from one that is no GGUF', async () => {
    assert.equal((await problemAt(join(folder(), 'none.gguf'))).code, 'model.missing');
    assert.equal((await problemAt(join(starter, 'inside'))).code, 'model.missing');
    await mkdir(join(folder(), 'folder.gguf'));
    assert.equal((await problemAt(join(folder(), 'folder.gguf'))).code, 'model.notGguf');
    for (const bytes of ['', 'GGU', 'GGML....', 'PK\x03\x04', '<!doctype html>'.repeat(99)])
      assert.equal((await problemWith(Buffer.from(bytes))).code, 'model.notGguf', JSON.stringify(bytes.slice(0, 20)));
  });

  if (process.platform !== 'win32')
    it('does not wait for the writer of a pipe', async () => {
      const pipe = join(folder(), 'pipe.gguf');
      execFileSync('mkfifo', [pipe]);
      assert.equal((await problemAt(pipe)).code, 'model.notGguf');
    });

  it('says how much of a cut file is there', async () => {
    const path = await write(await readFile(starter));
    await truncate(path, 5_000_000);
    assert.deepEqual(await problemAt(path), {
      code: 'model.truncated',
      path,
      haveBytes: 5_000_000,
      needBytes: 13_970_016,
    });
  });

  it('finds every cut, wherever it is', async () => {
    const path = await write(await readFile(starter));
    // Backwards, so that one file serves all cuts: many in the header, some in the weights, the last byte alone.
    const cuts = [7_220_287, 7_000_001, 4_000_000, 300_000];
    for (let at = starterHeaderBytes; at > 0; at -= 4421) cuts.push(at);
    for (let at = 200; at >= 0; at--) cuts.push(at);
    for (const bytes of cuts) {
      await truncate(path, bytes);
      const problem = await problemAt(path);
      assert.equal(problem.code, bytes < 4 ? 'model.notGguf' : 'model.truncated', `cut at ${bytes}`);
      if (problem.code === 'model.truncated') assert.ok(problem.needBytes > problem.haveBytes, `cut at ${bytes}`);
    }
  });

  const malformed: readonly (readonly [string, Buffer, RegExp])[] = [
    ['version 99', ggufFile({ version: 99 }), /version 99/],
    ['version 1', ggufFile({ version: 1 }), /version 1 .*too old/],
    ['big-endian', ggufFile({ version: 0x03000000 }), /big-endian/],
    ['2^40 tensors', ggufFile({ tensorCount: 2n ** 40n }), /1099511627776 tensors/],
    ['2^63 pairs', ggufFile({ pairCount: 2n ** 63n }), /impossibly large/],
    ['a million pairs', ggufFile({ pairCount: 1_000_000 }), /1000000 metadata entries/],
    ['a key of 2^60 bytes', ggufFile({ pairs: [uint64(2n ** 60n)] }), /impossibly large/],
    ['a key of 2^30 bytes', ggufFile({ pairs: [uint64(2n ** 30n)] }), /key is longer/],
    ['a text of 2^40 bytes', ggufFile({ pairs: [pair('k', 8, uint64(2n ** 40n))] }), /header is larger/],
    ['an array of 2^50 bytes', ggufFile({ pairs: [pair('k', 9, array(0, 2n ** 50n))] }), /header is larger/],
    ['an array of 2^50 texts', ggufFile({ pairs: [pair('k', 9, array(8, 2n ** 50n))] }), /header is larger/],
    ['a nested array', ggufFile({ pairs: [pair('k', 9, array(9, 1, array(0, 0)))] }), /nests arrays/],
    ['an unknown value type', ggufFile({ pairs: [pair('k', 13, uint32(0))] }), /unknown type 13/],
    ['an unknown array type', ggufFile({ pairs: [pair('k', 9, array(13, 0))] }), /unknown type 13/],
    ['an empty key', ggufFile({ pairs: [textPair('', 'x')] }), /key is empty/],
    ['a key twice', ggufFile({ pairs: withPairs(textPair('general.architecture', 'x')) }), /occurs twice/],
    ['no architecture', ggufFile({ pairs: [textPair('general.name', 'x')] }), /no architecture/],
    ['no context length', ggufFile({ pairs: withPairs().slice(0, 1) }), /"toy.context_length"/],
    ['an alignment of 24', ggufFile({ pairs: withPairs(uint32Pair('general.alignment', 24)) }), /alignment is 24/],
    ['an alignment of 0', ggufFile({ pairs: withPairs(uint32Pair('general.alignment', 0)) }), /alignment is 0/],
    [
      'one part of three',
      ggufFile({ pairs: withPairs(pair('split.count', 2, Buffer.from([3, 0]))) }),
      /3 parts; merge/,
    ],
    ['an adapter', ggufFile({ pairs: withPairs(textPair('general.type', 'adapter')) }), /of type "adapter"/],
    ['no tensors', ggufFile({ tensors: [] }), /no weights/],
    ['no dimensions', tensor({ dimensions: [] }), /0 dimensions/],
    ['5 dimensions', tensor({ dimensions: [1, 1, 1, 1, 1] }), /5 dimensions/],
    ['a dimension of 0', tensor({ dimensions: [8, 0] }), /length 0/],
    ['dimensions that overflow', tensor({ dimensions: [2n ** 40n, 2n ** 40n] }), /impossibly large/],
    ['an unknown tensor type', tensor({ type: 4 }), /unknown type 4/],
    ['rows that cut a block', tensor({ type: 8, dimensions: [33] }), /no multiple of 32/],
    ['a name of 64 bytes', tensor({ name: 'n'.repeat(64) }), /tensor name is longer/],
    ['a tensor twice', tensor({ name: 'a' }), /"a" occurs twice/],
    ['an offset beyond the file', tensor({ offset: 2n ** 50n }), /does not follow/],
    ['an offset of 2^63', tensor({ offset: 2n ** 63n }), /impossibly large/],
    ['overlapping tensors', tensor({ offset: 0 }), /overlaps/],
    ['an unaligned tensor', tensor({ offset: 33 }), /not aligned/],
  ];
  for (const [what, bytes, reason] of malformed)
    it(`refuses ${what}`, async () => {
      const start = process.cpuUsage();
      assert.match(await reasonOf(bytes), reason);
      assertQuick(start);
    });

  it('keeps control characters of a file out of its messages', async () => {
    const reason = await reasonOf(ggufFile({ pairs: [pair('\u001b[31m\nkey', 77, uint32(0))] }));
    assert.doesNotMatch(reason, /[^\x20-\x7e]/);
  });

  it('answers or refuses whatever bytes of a header are changed', async function () {
    this.timeout(60_000);
    const good = (await readFile(starter)).subarray(0, starterHeaderBytes);
    const path = await write(await readFile(starter));
    const small = ggufFile();
    const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 8 });
    const smallPath = join(folder(), 'small.gguf');
    await writeFile(smallPath, small);
    await fc.assert(
      fc.asyncProperty(flips, fc.boolean(), async (changes, real) => {
        const bytes = Buffer.from(real ? good : small);
        // Most of the real header is vocabulary: half of its changes go to the first and last 4 kB.
        for (const [at, by] of changes) {
          const index = real && at % 2 === 0 ? (at % 8192) - 4096 : at;
          const wrapped = ((index % bytes.length) + bytes.length) % bytes.length;
          bytes[wrapped] = (bytes[wrapped] ?? 0) ^ by;
        }
        await assertAnswered(bytes, real ? path : smallPath);
      }),
      { numRuns: 150 },
    );
  });

  it('stops when it is told to', async () => {
    await assert.rejects(checkGguf(starter, AbortSignal.abort()), { name: 'AbortError' });
  });
});

function tensor(second: Partial<Tensor>): Buffer {
  return ggufFile({ tensors: [firstTensor, { ...secondTensor, ...second }] });
}

async function assertAnswered(bytes: Buffer, path: string): Promise<void> {
  await writeFile(path, bytes, { flag: 'r+' });
  const start = process.cpuUsage();
  const answered = await checkGguf(path).then(
    (summary) => summary.fileBytes > 0,
    (cause: unknown) => cause instanceof ProblemError,
  );
  assert.ok(answered);
  assertQuick(start);
}

/** Counts this process's own time: on a busy machine the clock says nothing. */
function assertQuick(start: NodeJS.CpuUsage): void {
  const { user, system } = process.cpuUsage(start);
  assert.ok(user + system < 1_000_000);
}

async function problemAt(path: string): Promise<Problem> {
  const cause: unknown = await checkGguf(path).then(
    () => assert.fail(`${path} passed`),
    (error: unknown) => error,
  );
  assert.ok(cause instanceof ProblemError, `not a problem: ${String(cause)}`);
  return cause.problem;
}
