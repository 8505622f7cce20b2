import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import { FileReaders, type FileReadersOptions, type ReadFile } from '../../../../src/codeIndex/indexer/fileReaders.ts';
import type { FileTask } from '../../../../src/codeIndex/indexer/workerMessages.ts';
import { temporaryFolder } from '../../inference/models/temporaryFolder.ts';

const never = new AbortController().signal;

describe('the file workers', () => {
  const folder = temporaryFolder();
  let readers: FileReaders;
  let warnings: string[];
  const create = (options: Partial<FileReadersOptions> = {}): void => {
    warnings = [];
    readers = new FileReaders({
      workerPath: join(import.meta.dirname, 'fragileWorker.ts'),
      data: { grammarFolder: '' },
      workers: 1,
      log: { ...silentLogger, warn: (line) => warnings.push(line) },
      ...options,
    });
  };
  beforeEach(() => create());
  afterEach(() => readers[Symbol.asyncDispose]());

  async function tasksOf(files: Readonly<Record<string, string>>): Promise<FileTask[]> {
    return Promise.all(
      Object.entries(files).map(async ([path, text]) => {
        const absolutePath = join(folder(), path);
        await writeFile(absolutePath, text);
        return { absolutePath, path, languageId: 'go' };
      }),
    );
  }

  async function read(files: Readonly<Record<string, string>>, isKnown: (blob: string) => boolean = () => false) {
    const results = await readers.read(await tasksOf(files), { isKnown, urgent: false, signal: never });
    return new Map(results.map((result) => [result.task.path, result]));
  }

  it('give chunks with terms and vectors, each to its file', async () => {
    const results = await read({ a: 'one', b: 'three', c: 'one' });
    const a = chunkedAt(results, 'a');
    const b = chunkedAt(results, 'b');
    assert.deepEqual([a.chunks[0]?.text, a.chunks[0]?.terms, a.vectors], ['one', 'go\none', Float32Array.of(6, 1)]);
    assert.deepEqual([b.chunks[0]?.text, b.vectors], ['three', Float32Array.of(8, 1)]);
    const c = results.get('c');
    assert.equal(c?.kind, 'known', 'the same content is chunked once');
    assert.equal(c.facts.blob, a.facts.blob);
    assert.equal(a.facts.bytes, 3);
  });

  it('chunk nothing that is known, and leave out what cannot be read', async () => {
    const [{ facts }] = [chunkedAt(await read({ a: 'one' }), 'a')];
    const results = await readers.read(
      [
        ...(await tasksOf({ a: 'one', b: 'two' })),
        { absolutePath: join(folder(), 'no'), path: 'no', languageId: 'go' },
      ],
      { isKnown: (blob) => blob === facts.blob, urgent: false, signal: never },
    );
    assert.deepEqual(
      results.map(({ kind }) => kind),
      ['known', 'chunked', 'gone'],
    );
    await mkdir(join(folder(), 'folder'));
    const folders = [{ absolutePath: join(folder(), 'folder'), path: 'folder', languageId: 'go' }];
    const [read2] = await readers.read(folders, { isKnown: () => false, urgent: false, signal: never });
    assert.equal(read2?.kind, 'gone');
  });

  it('tell contents apart by language', async () => {
    const [task] = await tasksOf({ a: 'one' });
    assert.ok(task);
    const both = await readers.read([task, { ...task, languageId: 'c' }], {
      isKnown: () => false,
      urgent: false,
      signal: never,
    });
    assert.equal(new Set(both.map((each) => each.kind !== 'gone' && each.facts.blob)).size, 2);
  });

  for (const deed of ['exit', 'throw', 'loop', 'hoard'])
    it(`lose only the file that makes a worker ${deed}, and keep even that in plain blocks`, async () => {
      await readers[Symbol.asyncDispose]();
      create({ fileTimeoutMs: 300, heapMegabytes: 24 });
      const results = await read({ a: 'one', bad: deed, z: 'two' });
      for (const path of ['a', 'z']) assert.deepEqual(chunkedAt(results, path).chunks[0]?.symbolPath, ['go']);
      assert.deepEqual(chunkedAt(results, 'bad').chunks[0]?.symbolPath, ['plaintext']);
      assert.equal(warnings.length, 1);
      assert.match(warnings[0] ?? '', /A file worker died of bad: /);
      await read({ bad: deed });
      assert.equal(warnings.length, 1, 'it was tried again');
    }).timeout(10_000);

  it('skip a content that no worker survives, for good', async () => {
    const results = await read({ a: 'one', bad: 'always exit', z: 'two' });
    assert.deepEqual(chunkedAt(results, 'bad').chunks, []);
    assert.equal(chunkedAt(results, 'z').chunks.length, 1);
    assert.equal(warnings.length, 2);
    assert.deepEqual(chunkedAt(await read({ renamed: 'always exit' }), 'renamed').chunks, []);
    assert.equal(warnings.length, 2);
  });

  it('serve other batches while one of them kills worker after worker', async () => {
    const [bad, good] = await Promise.all([
      read({ bad: 'always exit', worse: 'always throw' }),
      read({ a: 'one', b: 'two' }),
    ]);
    assert.deepEqual(chunkedAt(bad, 'worse').chunks, []);
    assert.equal(chunkedAt(good, 'b').chunks.length, 1);
  });

  it('say so when none can be started', async () => {
    await readers[Symbol.asyncDispose]();
    create({ workerPath: join(folder(), 'none.js') });
    await assert.rejects(read({ a: 'one' }), /No file can be read/);
  });

  it('let urgent files overtake others', async () => {
    const order: string[] = [];
    const files = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`f${at}`, `text ${at}`]));
    const bulk = await tasksOf(files);
    const [urgent] = await tasksOf({ urgent: 'now' });
    assert.ok(urgent);
    const how = { isKnown: () => false, signal: never };
    const slow = readers.read(bulk, { ...how, urgent: false }).then(() => order.push('bulk'));
    const quick = readers.read([urgent], { ...how, urgent: true }).then(() => order.push('urgent'));
    await Promise.all([slow, quick]);
    assert.deepEqual(order, ['urgent', 'bulk']);
  });

  it('can be told to stop', async () => {
    const abort = new AbortController();
    const reading = readers.read(await tasksOf({ a: 'one' }), {
      isKnown: () => false,
      urgent: false,
      signal: abort.signal,
    });
    abort.abort();
    await assert.rejects(reading, { name: 'AbortError' });
    assert.equal((await read({ a: 'one' })).get('a')?.kind, 'chunked');
  });
});

function chunkedAt(results: ReadonlyMap<string, ReadFile>, path: string): ReadFile & { kind: 'chunked' } {
  const result = results.get(path);
  if (result?.kind !== 'chunked') assert.fail(`${path} is ${result?.kind}`);
  return result;
}
