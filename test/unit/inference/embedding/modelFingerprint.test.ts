import assert from 'node:assert/strict';
import { copyFile, truncate, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { modelFingerprint } from '../../../../src/inference/embedding/modelFingerprint.ts';
import { temporaryFolder } from '../models/temporaryFolder.ts';

describe('the fingerprint of a model file', () => {
  const folder = temporaryFolder();
  const starter = resolve('models/starter.gguf');

  it('goes with the content, wherever the file lies', async () => {
    const copy = join(folder(), 'copy.gguf');
    await copyFile(starter, copy);
    assert.equal(await modelFingerprint(copy), await modelFingerprint(starter));
    assert.match(await modelFingerprint(copy), /^[0-9a-f]{16}$/);
  });

  it('changes with the size, with either end and between, in small files with every byte', async () => {
    const path = join(folder(), 'model.gguf');
    const seen: string[] = [];
    const note = async (bytes: Buffer) => {
      await writeFile(path, bytes);
      seen.push(await modelFingerprint(path));
    };
    const large = Buffer.alloc(12_000_000);
    await note(large);
    for (const at of [0, 2 ** 20 + 5, large.length - 1]) await note(Buffer.from(large).fill(1, at, at + 1));
    await note(Buffer.alloc(large.length + 1));
    for (const small of ['', 'a', 'b']) await note(Buffer.from(small));
    assert.equal(new Set(seen).size, seen.length);
  });

  it('names a model of gigabytes in a moment', async () => {
    const path = join(folder(), 'sparse.gguf');
    await writeFile(path, 'GGUF');
    await truncate(path, 5e9);
    const startMs = performance.now();
    await modelFingerprint(path);
    assert.ok(performance.now() - startMs < 1000);
  });
});
