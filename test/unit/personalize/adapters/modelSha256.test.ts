import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSha256, modelSha256 } from '../../../../src/personalize/adapters/modelSha256.ts';
import { temporaryFolder } from '../../inference/models/temporaryFolder.ts';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the hash of a model', () => {
  const folder = temporaryFolder();
  const model = () => join(folder(), 'model.gguf');
  const memory = () => join(folder(), 'personal', 'hashes.json');
  const hash = () => modelSha256(model(), memory());

  async function write(text: string, time: Date): Promise<void> {
    await writeFile(model(), text);
    await utimes(model(), time, time);
  }

  it('is that of the whole file', async () => {
    const large = 'x'.repeat(3_000_001);
    await writeFile(model(), large);
    assert.equal(await fileSha256(model()), hashOf(large));
    assert.equal(await hash(), hashOf(large));
  });

  it('is remembered until size or time change', async () => {
    const time = new Date(1_764_000_000_000);
    await write('one', time);
    assert.equal(await hash(), hashOf('one'));
    // Nothing tells this from the file before: that it is not read again is what is remembered.
    await write('two', time);
    assert.equal(await hash(), hashOf('one'));
    await write('two', new Date(time.getTime() + 1));
    assert.equal(await hash(), hashOf('two'));
    await write('three', new Date(time.getTime() + 1));
    assert.equal(await hash(), hashOf('three'));
  });

  it('is found out again when the memory is damaged, gone or cannot be written', async () => {
    await writeFile(model(), 'one');
    await hash();
    for (const text of [
      '',
      '[]',
      '{"version":1,"models":[]}',
      `{"version":1,"models":{"${model()}":{"revision":"x"}}}`,
    ]) {
      await writeFile(memory(), text);
      assert.equal(await hash(), hashOf('one'));
    }
    await rm(memory());
    assert.equal(await hash(), hashOf('one'));
    assert.equal(await modelSha256(model(), join(model(), 'hashes.json')), hashOf('one'));
  });

  it('is not remembered of a file that changes meanwhile', async () => {
    await writeFile(model(), Buffer.alloc(20_000_000));
    const hashed = hash();
    const isHashed = hashed.then(() => true);
    const touched = async (seconds: number) => {
      await utimes(model(), seconds, seconds);
      return false;
    };
    for (let seconds = 1; !(await Promise.race([isHashed, touched(seconds)])); seconds++);
    await hashed;
    await assert.rejects(readFile(memory()), { code: 'ENOENT' });
  });

  it('is remembered for the 64 models that were asked for last', async () => {
    for (let n = 0; n < 66; n++) {
      const path = join(folder(), `${n}.gguf`);
      await writeFile(path, String(n));
      await modelSha256(path, memory());
    }
    const { models } = JSON.parse(await readFile(memory(), 'utf8'));
    const names = Object.keys(models).map((path) => path.slice(folder().length + 1));
    assert.deepEqual(
      names,
      Array.from({ length: 64 }, (_, at) => `${at + 2}.gguf`),
    );
  });

  it('stops when it is told to, and remembers nothing', async () => {
    await writeFile(model(), 'one');
    await assert.rejects(modelSha256(model(), memory(), AbortSignal.abort()), { name: 'AbortError' });
    await assert.rejects(readFile(memory()), { code: 'ENOENT' });
  });

  it('needs the model', () => assert.rejects(hash(), { code: 'ENOENT' }));
});
