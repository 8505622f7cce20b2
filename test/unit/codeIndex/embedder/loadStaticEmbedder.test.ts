import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadStaticEmbedder } from '../../../../src/codeIndex/embedder/loadStaticEmbedder.ts';

const original = readFileSync(join(import.meta.dirname, 'fixtures', 'small.safetensors'));

describe('loadStaticEmbedder', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'hearth-embedder-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const load = (bytes: Uint8Array) => {
    const path = join(folder, 'x.safetensors');
    writeFileSync(path, bytes);
    return loadStaticEmbedder(path);
  };

  it('is named after its content', async () => {
    const { id, dimensions } = await load(original);
    assert.match(id, /^static-1-[0-9a-f]{16}$/);
    assert.equal(dimensions, 16);
    assert.equal((await load(original)).id, id);
  });

  it('says that a file is not there', async () => {
    await assert.rejects(loadStaticEmbedder(join(folder, 'none')), { code: 'ENOENT' });
  });

  it('refuses a file that was cut short anywhere', async () => {
    for (let length = 0; length < original.length; length += 97)
      await assert.rejects(load(original.subarray(0, length)), /cannot be used as an embedder: it ends inside/);
  });

  const damages: readonly (readonly [what: string, bytes: () => Buffer, message: RegExp])[] = [
    ['a flipped bit', () => flipped(original.length - 500), /checksum is wrong/],
    ['bytes after its end', () => Buffer.concat([original, Buffer.alloc(4)]), /checksum is wrong/],
    ['a text file', () => Buffer.from('# Notes\n\nNothing to see here.'), /no header of safetensors/],
    ['a header that is no JSON', () => withHeader('{"__meta', '<"__meta'), /no header of safetensors/],
    ['another format', () => withHeader('hearth-static-embedder', 'someone-elses-embedder'), /something else/],
    ['other rules', () => withHeader('"rules":"1"', '"rules":"9"'), /another version of Hearth/],
    ['another type', () => withHeader('"dtype":"I8"', '"dtype":"U8"'), /no tensor vectors of type I8/],
    ['a missing tensor', () => withHeader('"scales"', '"scaled"'), /no tensor scales/],
    ['a wrong shape', () => withHeader(',16]', ',17]'), /not as long as its shape says/],
    ['a negative offset', () => withHeader('"data_offsets":[0,', '"data_offsets":[-,'), /no header of safetensors/],
  ];
  for (const [what, bytes, message] of damages) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(load(bytes()), message);
    });
  }

  it('never trusts a header, whichever byte of it is wrong', async () => {
    const headerEnd = 8 + Number(original.readBigUInt64LE());
    for (let at = 0; at < headerEnd; at += 3)
      await load(flipped(at)).then(
        ({ dimensions }) => assert.equal(dimensions, 16),
        (error: unknown) => assert.match(String(error), /cannot be used as an embedder/),
      );
  });
});

/** Of the same length as `from`, so that every offset stays true. */
function withHeader(from: string, to: string): Buffer {
  assert.equal(from.length, to.length);
  return Buffer.from(original.toString('latin1').replace(from, to), 'latin1');
}

function flipped(at: number): Buffer {
  const bytes = Buffer.from(original);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return bytes;
}
