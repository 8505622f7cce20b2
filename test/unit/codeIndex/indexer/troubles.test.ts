import assert from 'node:assert/strict';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { Embedder } from '../../../../src/codeIndex/embedder/embedder.ts';
import { FileReaders } from '../../../../src/codeIndex/indexer/fileReaders.ts';
import type { IndexStore } from '../../../../src/codeIndex/store/indexStore.ts';
import { makeGrammarFolder } from '../../syntax/grammarFolder.ts';
import { dimensions, IndexedRepository, sharedReaders, until, workerPath } from './indexedRepository.ts';

/** The same store, whose writes fail with whatever this gives. */
function failing(store: IndexStore, failure: () => Error | undefined): IndexStore {
  const unlessFailing = <T>(work: () => Promise<T>): Promise<T> => {
    const cause = failure();
    return cause === undefined ? work() : Promise.reject(cause);
  };
  return {
    folder: store.folder,
    get chunkCount() {
      return store.chunkCount;
    },
    files: store.files,
    byTerms: (terms, limit) => store.byTerms(terms, limit),
    byVector: (vector, limit) => store.byVector(vector, limit),
    byName: (names, limit) => store.byName(names, limit),
    hasBlob: (blob) => store.hasBlob(blob),
    vectorsOf: (blob) => store.vectorsOf(blob),
    apply: (change) => unlessFailing(() => store.apply(change)),
    tidy: (signal) => store.tidy(signal),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

describe('an indexed folder in trouble', () => {
  const readers = sharedReaders();
  let repository: IndexedRepository;
  let trouble: Error | undefined;
  beforeEach(async () => {
    trouble = undefined;
    repository = await IndexedRepository.create(readers());
    await repository.write({ 'a.ts': 'export const walrus = 1;\n' });
  });
  afterEach(() => repository[Symbol.asyncDispose]());

  const begin = (fault: 'diskFull' | 'broken' | undefined): Promise<void> =>
    repository.begin({
      store: failing(repository.store, () => trouble),
      storeFault: () => fault,
      retryMs: 20,
    });

  it('says once that the disk is full, and goes on when there is room again', async () => {
    trouble = new Error('no room');
    await begin('diskFull');
    await until(() => repository.indexer.status.state === 'error');
    await until(() => repository.chunked.length >= 3);
    assert.deepEqual(repository.problems, ['index.diskFull']);
    assert.equal(repository.indexer.isComplete, false);
    trouble = undefined;
    await until(() => repository.indexer.isComplete);
    await repository.indexer.passesDone;
    assert.deepEqual(repository.paths, ['a.ts']);
    assert.equal(repository.indexer.status.state, 'ready');
  });

  it('does not lose a save that could not be written', async () => {
    await begin(undefined);
    await until(() => repository.indexer.isComplete);
    trouble = new Error('too many open files');
    const failures = repository.chunked.length;
    await repository.write({ 'a.ts': 'export const seal = 1;\n' });
    repository.changed('a.ts');
    await until(() => repository.chunked.length > failures);
    trouble = undefined;
    await repository.findable('seal', 'a.ts');
    assert.deepEqual(repository.problems, []);
  });

  it('gives up a store that is broken', async () => {
    trouble = new Error('damaged');
    await begin('broken');
    await assert.rejects(repository.indexer.failed, /damaged/);
  });
});

describe('an indexed folder with a slow embedder', () => {
  let grammars: ReturnType<typeof makeGrammarFolder>;
  let readers: FileReaders;
  before(() => {
    grammars = makeGrammarFolder();
    readers = new FileReaders({ workerPath, data: { grammarFolder: grammars.path }, workers: 1, log: silentLogger });
  });
  after(async () => {
    await readers[Symbol.asyncDispose]();
    grammars[Symbol.dispose]();
  });

  it('asks it only for what changed, and waits while it is gone', async () => {
    const asked: string[] = [];
    let isGone = true;
    const embedder: Embedder = {
      id: 'test',
      dimensions,
      embed(texts, role) {
        if (isGone) return Promise.reject(new Error('the model is gone'));
        assert.equal(role, 'passage');
        asked.push(...texts);
        return texts.map((text) => vectorOf(text));
      },
    };
    await using repository = await IndexedRepository.create(readers);
    await repository.write({ 'a.ts': [functionNamed('walrus'), functionNamed('seal')].join('\n') });
    await repository.begin({ embedder, retryMs: 20 });
    await until(() => repository.chunked.length >= 2);
    assert.deepEqual(repository.paths, []);
    isGone = false;
    await until(() => repository.indexer.isComplete);
    assert.equal(asked.length, 2);
    const [seal] = await repository.store.byVector(vectorOf(asked[1] ?? ''), 1);
    assert.deepEqual(seal?.chunk.symbolPath, ['seal']);

    await repository.write({ 'a.ts': [functionNamed('walrus'), functionNamed('otter')].join('\n') });
    repository.changed('a.ts');
    await repository.findable('otter', 'a.ts');
    assert.equal(asked.length, 3);
    assert.match(asked[2] ?? '', /^otter/);
    const [walrus] = await repository.store.byVector(vectorOf(asked[0] ?? ''), 1);
    assert.ok(walrus && walrus.score > 0.99);
  });
});

/** Another direction for each text. */
function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(dimensions);
  let hash = 7;
  for (let at = 0; at < text.length; at++) hash = (hash * 31 + text.charCodeAt(at)) % 1_000_003;
  vector[hash % dimensions] = 1;
  return vector;
}

function functionNamed(name: string): string {
  const lines = Array.from({ length: 30 }, (_, at) => `  console.log('${name}', ${at});`);
  return `export function ${name}() {\n${lines.join('\n')}\n}\n`;
}
