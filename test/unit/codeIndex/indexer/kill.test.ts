import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { makeGrammarFolder } from '../../syntax/grammarFolder.ts';
import { IndexedRepository, sharedReaders } from './indexedRepository.ts';

const files = 200;
const functionsPerFile = 20;

describe('a process that is killed while it indexes', () => {
  const readers = sharedReaders();
  let grammars: ReturnType<typeof makeGrammarFolder>;
  before(() => {
    grammars = makeGrammarFolder();
  });
  after(() => grammars[Symbol.dispose]());

  /** Starts it, waits until something is written, and kills it. */
  async function killSoon({ folder, indexFolder, storeFolder }: IndexedRepository): Promise<void> {
    const entry = join(import.meta.dirname, 'indexingProcess.ts');
    const args = [entry, folder, indexFolder, storeFolder, grammars.path];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      assert.ok(!text.includes('done'), 'it was done before it was killed');
      child.kill('SIGKILL');
    });
    await once(child, 'close');
  }

  it('leaves what the next one completes', async () => {
    await using repository = await IndexedRepository.create(readers());
    for (let file = 0; file < files; file++) {
      const parts = Array.from({ length: functionsPerFile }, (_, at) => functionNamed(`walrus${file}At${at}`));
      await repository.write({ [`src/f${file}.ts`]: parts.join('\n') });
    }
    await repository.lendStore(() => killSoon(repository));
    assert.ok(repository.paths.length > 0 && repository.paths.length < files, `${repository.paths.length} files`);
    await repository.start();
    assert.equal(repository.paths.length, files);
    assert.ok(repository.chunked.length < files, 'what was there was read again');
    for (const file of [0, 57, files - 1]) {
      const found = await repository.store.byTerms([`walrus${file}at7`], 5);
      assert.deepEqual(
        found.map(({ paths }) => paths),
        [[`src/f${file}.ts`]],
      );
    }
  }).timeout(30_000);
});

function functionNamed(name: string): string {
  const lines = Array.from({ length: 25 }, (_, at) => `  console.log('${name}', ${at});`);
  return `export function ${name}() {\n${lines.join('\n')}\n}\n`;
}
