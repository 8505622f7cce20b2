import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStyleSample } from '../../../../src/engine/personal/styleSample.ts';

describe('a sample of a file’s style', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hearth-sample-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const sampleOf = (path: string, content: string | Uint8Array, languageId = 'typescript') => {
    const absolutePath = join(folder, path);
    writeFileSync(absolutePath, content);
    // As it was found; meanwhile it may have been saved.
    return readStyleSample({ path, absolutePath, languageId, bytes: 1, modifiedMs: 1 });
  };

  it('is its text with the time it was really read at', async () => {
    const sample = await sampleOf('a.ts', '\uFEFFf();\r\n');
    const { mtimeMs } = statSync(join(folder, 'a.ts'));
    assert.deepEqual(sample, { path: 'a.ts', languageId: 'typescript', text: 'f();\n', modifiedMs: mtimeMs });
  });

  it('is the beginning of a long one, in whole lines', async () => {
    const sample = await sampleOf('a.ts', "f('a long line');\n".repeat(20_000));
    assert.ok(sample && sample.text.length <= 20_000 && sample.text.length > 19_000);
    assert.match(sample.text, /^(?:f\('a long line'\);\n?)+$/);
  });

  it('is the whole of a configuration, half of which says nothing', async () => {
    const text = JSON.stringify({ prettier: { singleQuote: true }, keywords: Array(5_000).fill('word') }, undefined, 2);
    assert.equal((await sampleOf('package.json', text, 'json'))?.text, text);
  });

  it('is nothing for data, bytes, what a program wrote, and what is gone', async () => {
    assert.equal(await sampleOf('data.ts', 'f();\n'.repeat(110_000)), undefined);
    assert.equal(await sampleOf('bytes.ts', new Uint8Array([102, 0, 1, 2])), undefined);
    assert.equal(await sampleOf('made.ts', '// @generated\nf();\n'), undefined);
    assert.equal(await sampleOf('bundle.ts', `${'f();'.repeat(6_000)}\n`), undefined);
    const gone = {
      path: 'b.ts',
      absolutePath: join(folder, 'b.ts'),
      languageId: 'typescript',
      bytes: 1,
      modifiedMs: 1,
    };
    assert.equal(await readStyleSample(gone), undefined);
  });
});
