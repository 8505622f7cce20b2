import assert from 'node:assert/strict';
import { readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { IndexedRepository, sharedReaders, until } from './indexedRepository.ts';

const readme = '# The readme\n\nIt explains walruses.\n';
const adder = 'export function addNumbers(left: number, right: number) {\n  return left + right;\n}\n';
const greeter = 'def greet(name):\n    return "hello " + name\n';

describe('an indexed folder', () => {
  const readers = sharedReaders();
  let repository: IndexedRepository;
  beforeEach(async () => {
    repository = await IndexedRepository.create(readers());
    await repository.write({ 'README.md': readme, 'src/add.ts': adder, 'src/greet.py': greeter });
  });
  afterEach(() => repository[Symbol.asyncDispose]());

  describe('passes', () => {
    it('bring everything in, with all that a search needs', async () => {
      await repository.start();
      assert.deepEqual(repository.paths, ['README.md', 'src/add.ts', 'src/greet.py']);
      assert.deepEqual(await repository.find('add numbers'), ['src/add.ts']);
      const [named] = await repository.store.byName(['addNumbers'], 5);
      assert.ok(named);
      assert.deepEqual(named.paths, ['src/add.ts']);
      assert.equal(named.chunk.text.trimEnd(), adder.trimEnd());
      const { state, files, chunks } = repository.indexer.status;
      assert.deepEqual({ state, files, chunks }, { state: 'ready', files: 3, chunks: 3 });
    });

    it('read what changed while nobody looked, and nothing else', async () => {
      await repository.start();
      await repository.stop();
      await repository.write({ 'src/add.ts': adder.replace('addNumbers', 'sumNumbers'), 'src/new.ts': 'export {};\n' });
      await repository.remove('src/greet.py');
      repository.chunked.length = 0;
      await repository.start();
      assert.deepEqual(repository.chunked.toSorted(), ['src/add.ts', 'src/new.ts']);
      assert.deepEqual(repository.paths, ['README.md', 'src/add.ts', 'src/new.ts']);
      assert.deepEqual(await repository.find('sumNumbers'), ['src/add.ts']);
      for (const gone of ['add', 'greet']) assert.deepEqual(await repository.find(gone), []);
    });

    it('do not chunk again what was only touched', async () => {
      await repository.start();
      await utimes(repository.at('src/add.ts'), 1, 1);
      repository.chunked.length = 0;
      await repository.pass();
      assert.deepEqual(repository.chunked, []);
      assert.equal(repository.store.files.get('src/add.ts')?.modifiedMs, 1000);
    });

    it('chunk a content once, however many files have it', async () => {
      await repository.write({ 'src/copy.ts': adder, 'src/copy2.ts': adder });
      await repository.start();
      assert.equal(repository.store.chunkCount, 3);
      assert.deepEqual(await repository.find('addNumbers'), ['src/add.ts', 'src/copy.ts', 'src/copy2.ts']);
    });

    it('remove what is ignored now', async () => {
      await repository.start();
      await repository.write({ '.gitignore': 'src\n' });
      repository.changed('.gitignore');
      await until(() => repository.paths.length === 1);
      assert.deepEqual(repository.paths, ['README.md']);
      assert.deepEqual(await repository.find('addNumbers'), []);
    });

    it('tell how far they are', async () => {
      for (let at = 0; at < 100; at++) await repository.write({ [`src/f${at}.ts`]: `export const f${at} = ${at};\n` });
      const totals = new Set<number>();
      await repository.start({ paused: true });
      using _ = repository.indexer.onStatus.on(() => {
        const { progress } = repository.indexer.status;
        if (progress) totals.add(progress.filesTotal);
      });
      repository.indexer.setPaused(false);
      await repository.indexer.passesDone;
      assert.deepEqual([...totals], [103]);
    });
  });

  describe('saves', () => {
    beforeEach(() => repository.start());

    it('can be searched at once', async () => {
      await repository.write({ 'src/add.ts': `${adder}// walruses\n` });
      repository.changed('src/add.ts');
      await repository.findable('walruses', 'README.md', 'src/add.ts');
    });

    it('win over a pass that is under way', async () => {
      for (let at = 0; at < 200; at++)
        await repository.write({ [`many/f${at}.ts`]: adder.replaceAll('Numbers', `Numbers${at}`).repeat(20) });
      repository.indexer.pass();
      await until(() => repository.indexer.status.progress !== undefined);
      await repository.write({ 'src/add.ts': 'export const walrus = 1;\n' });
      repository.changed('src/add.ts');
      await repository.findable('walrus', 'src/add.ts');
      assert.ok(repository.paths.length < 203, 'the pass was over before the save');
      await repository.indexer.passesDone;
      assert.equal(repository.paths.length, 203);
      assert.deepEqual(await repository.find('walrus'), ['src/add.ts']);
    });

    it('of many events in a moment are one', async () => {
      repository.chunked.length = 0;
      for (let at = 0; at < 5; at++) {
        await repository.write({ 'src/add.ts': `export const state${at} = ${at};\n` });
        repository.changed('src/add.ts');
      }
      await repository.findable('state4', 'src/add.ts');
      assert.ok(repository.chunked.length <= 2, `chunked ${repository.chunked.length} times`);
    });

    it('of a flood of events are one pass, at its end', async () => {
      await repository.indexer.passesDone;
      let passes = 0;
      const { discovery } = repository;
      const walk = discovery.walk.bind(discovery);
      discovery.walk = (signal) => (passes++, walk(signal));
      for (let wave = 0; wave < 5; wave++) {
        const names = Array.from({ length: 210 }, (_, at) => `none/w${wave}f${at}.ts`);
        repository.changed(...names);
        await setTimeout(60);
      }
      await repository.write({ 'src/late.ts': 'export const walrusLate = 1;\n' });
      await repository.findable('walrusLate', 'src/late.ts');
      assert.equal(passes, 1);
    });

    it('take away the rows of deleted files and folders', async () => {
      await repository.remove('README.md');
      repository.changed('README.md');
      await repository.findable('walruses');
      await repository.remove('src');
      repository.changed('src');
      await until(() => repository.paths.length === 0);
      assert.equal(repository.store.chunkCount, 0);
    });

    it('keep the chunks of what is moved, file or folder', async () => {
      repository.chunked.length = 0;
      await repository.move('src/add.ts', 'lib/sum.ts');
      repository.changed('src/add.ts', 'lib/sum.ts');
      await repository.findable('addNumbers', 'lib/sum.ts');
      await repository.move('lib', 'library');
      repository.changed('library');
      await repository.findable('addNumbers', 'library/sum.ts');
      assert.deepEqual(repository.chunked, []);
    });

    it('bring in a folder that appears', async () => {
      await repository.write({ 'deep/er/one.ts': 'export const walrusOne = 1;\n' });
      repository.changed('deep');
      await repository.findable('walrusOne', 'deep/er/one.ts');
    });
  });

  describe('in git', () => {
    const versions = { one: 'export const one = "walrus";\n', two: 'export const two = "seal";\n' };
    beforeEach(async () => {
      repository.git('init', '-q', '-b', 'main');
      repository.git('add', '.');
      repository.git('commit', '-q', '-m', 'one');
      repository.git('checkout', '-q', '-b', 'other');
      await repository.write({ 'src/add.ts': versions.two, 'src/only.ts': 'export const onlyOther = 1;\n' });
      repository.git('add', '.');
      repository.git('commit', '-q', '-m', 'two');
      await repository.start();
    });

    it('changing the branch and back chunks nothing twice', async () => {
      repository.chunked.length = 0;
      repository.git('checkout', '-q', 'main');
      repository.changed('src/add.ts', 'src/only.ts', '.git/HEAD');
      await repository.findable('addNumbers', 'src/add.ts');
      await repository.findable('onlyOther');
      assert.deepEqual(repository.chunked, ['src/add.ts']);
      await repository.indexer.passesDone;
      repository.git('checkout', '-q', 'other');
      repository.changed('src/add.ts', 'src/only.ts', '.git/HEAD');
      await repository.findable('seal', 'src/add.ts');
      await repository.findable('onlyOther', 'src/only.ts');
      await repository.indexer.passesDone;
      repository.git('checkout', '-q', 'main');
      await repository.pass();
      assert.deepEqual(repository.paths, ['README.md', 'src/add.ts', 'src/greet.py']);
      assert.deepEqual(repository.chunked, ['src/add.ts']);
    });

    it('waits until git has finished, and then looks at everything', async () => {
      await repository.write({ '.git/index.lock': '' });
      const names = Array.from({ length: 250 }, (_, at) => `many/f${at}.ts`);
      for (const [at, name] of names.entries()) await repository.write({ [name]: `export const many${at} = 1;\n` });
      repository.changed(...names);
      await setTimeout(100);
      assert.equal(repository.paths.length, 4);
      await repository.remove('.git/index.lock');
      await until(() => repository.paths.length === 254);
    });

    it('forgets at once what was ignored, even after a change of branch', async () => {
      repository.git('checkout', '-q', 'main');
      await repository.write({ '.gitignore': 'src/add.ts\n' });
      await repository.pass();
      const before = repository.chunked.length;
      await repository.write({ '.gitignore': '' });
      await repository.pass();
      assert.deepEqual(repository.chunked.slice(before), ['src/add.ts']);
    });
  });

  describe('forgetting', () => {
    it('deletes a subfolder, from the disk as well, and keeps it out until it is remembered', async () => {
      await repository.start();
      await repository.indexer.forget('src');
      assert.deepEqual(repository.paths, ['README.md']);
      assert.deepEqual(await repository.find('addNumbers'), []);
      repository.changed('src/add.ts');
      await repository.pass();
      await repository.stop();
      await repository.start();
      assert.deepEqual(repository.paths, ['README.md']);
      assert.equal(await readFile(join(repository.indexFolder, 'forgotten.json'), 'utf8'), '["src"]');
      await repository.indexer.remember('src');
      await repository.findable('addNumbers', 'src/add.ts');
    });

    it('also holds for what a pass has just read', async () => {
      for (let at = 0; at < 100; at++) await repository.write({ [`src/f${at}.ts`]: `export const f${at} = ${at};\n` });
      await repository.start({ paused: true });
      repository.indexer.setPaused(false);
      await until(() => repository.chunked.length > 0 || repository.indexer.status.progress !== undefined);
      await repository.indexer.forget('src');
      await repository.indexer.passesDone;
      assert.deepEqual(repository.paths, ['README.md']);
    });
  });

  describe('the user’s wishes', () => {
    it('to pause is followed until it is taken back; deletions are carried out even so', async () => {
      await repository.start();
      repository.indexer.setPaused(true);
      assert.equal(repository.indexer.status.state, 'paused');
      await repository.write({ 'src/add.ts': 'export const walrus = 1;\n' });
      await repository.remove('src/greet.py');
      repository.changed('src/add.ts', 'src/greet.py');
      await repository.findable('greet');
      assert.deepEqual(await repository.find('walrus'), []);
      repository.indexer.setPaused(false);
      await repository.findable('walrus', 'src/add.ts');
    });

    it('to type comes first, and saves do not wait for that', async () => {
      repository.gate.activity();
      await repository.begin();
      await until(() => repository.indexer.status.state === 'waiting');
      assert.deepEqual(repository.paths, []);
      await repository.write({ 'src/add.ts': 'export const walrus = 1;\n' });
      repository.changed('src/add.ts');
      await repository.findable('walrus', 'src/add.ts');
      assert.deepEqual(repository.paths, ['src/add.ts']);
      await repository.indexer.passesDone;
      assert.equal(repository.paths.length, 3);
    });
  });
});
