import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fimFormatNamed } from '../../../../src/inference/completion/fimFormats.ts';
import { catalogue, fileNameOf, isDownloadable, starterId } from '../../../../src/inference/models/catalogue.ts';

describe('the catalogue', () => {
  it('begins with the embedded starter, exactly as it lies in models/', async () => {
    const bytes = await readFile(join(import.meta.dirname, '../../../../models/starter.gguf'));
    const [starter] = catalogue;
    assert.equal(starter?.id, starterId);
    assert.equal(starter.downloadBytes, bytes.length);
    assert.equal(starter.sha256, createHash('sha256').update(bytes).digest('hex'));
    assert.equal(starter.url, undefined);
  });

  it('gives every other row its own file, over https, and its own well-formed hash', () => {
    const others = catalogue.filter(isDownloadable);
    assert.equal(others.length, catalogue.length - 1);
    for (const row of others) {
      assert.match(
        row.url,
        /^https:\/\/huggingface\.co\/[\w.-]+\/[\w.-]+\/resolve\/(main|[0-9a-f]{40})\/[\w.-]+\.gguf$/,
      );
      assert.match(row.sha256, /^[0-9a-f]{64}$/);
      assert.match(fileNameOf(row), /^[\w.-]+\.gguf$/);
    }
    for (const unique of [catalogue.map((row) => row.id), others.map(fileNameOf), catalogue.map((row) => row.sha256)])
      assert.equal(new Set(unique.map((each) => each.toLowerCase())).size, unique.length);
  });

  it('knows the FIM format of every completion model', () => {
    for (const row of catalogue)
      assert.equal(fimFormatNamed(row.fimFormat) !== undefined, row.use === 'completion' || row.use === 'chat', row.id);
  });

  it('offers the 4-bit 3B at about 2 GB and the 7B below 6.5 GB of memory', () => {
    assert.ok(memoryGB('qwen2.5-coder-3b') > 1.9 && memoryGB('qwen2.5-coder-3b') < 2.5);
    assert.ok(memoryGB('qwen2.5-coder-7b') > 5.5 && memoryGB('qwen2.5-coder-7b') < 6.5);
  });
});

function memoryGB(id: string): number {
  return (catalogue.find((row) => row.id === id)?.memoryBytes ?? 0) / 1e9;
}
