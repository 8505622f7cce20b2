import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeSource } from '../../../../src/codeIndex/discover/decodeSource.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding);

describe('decodeSource', () => {
  it('reads UTF-8, without its mark and with unix line ends', () => {
    assert.equal(decodeSource(bytes('\ufeffa\r\n한글 é 🙂\r\n')), 'a\n한글 é 🙂\n');
    assert.equal(decodeSource(bytes('')), '');
  });

  it('reads UTF-16 of both orders where it has its mark', () => {
    const little = bytes('\ufeffa한\r\n', 'utf16le');
    assert.equal(decodeSource(little), 'a한\n');
    assert.equal(decodeSource(Buffer.from(little).swap16()), 'a한\n');
  });

  it('refuses UTF-16 without a mark, programs, pictures', () => {
    assert.equal(decodeSource(bytes('let a', 'utf16le')), undefined);
    assert.equal(decodeSource(bytes('\x7fELF\x02\x01\x01\0')), undefined);
    assert.equal(decodeSource(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')), undefined);
    assert.equal(decodeSource(bytes(`${'text '.repeat(5_000)}\0`)), undefined, 'wherever the zero is');
  });

  it('refuses random bytes, whether or not there is a zero among them', () => {
    const noise = fc
      .uint8Array({ minLength: 400, maxLength: 2_000, min: 1 })
      .filter(
        (some) =>
          new Set(some).size > 100 &&
          !(some[0] === 0xff && some[1] === 0xfe) &&
          !(some[0] === 0xfe && some[1] === 0xff),
      );
    fc.assert(
      fc.property(noise, (some) => decodeSource(some) === undefined),
      { numRuns: 50, seed: 3 },
    );
  });

  it('reads source in an old encoding as well as it can', () => {
    const text = decodeSource(bytes('// d\xe9j\xe0 vu: le caf\xe9\nconst a = 1;\n', 'latin1'));
    assert.equal(text, '// d\ufffdj\ufffd vu: le caf\ufffd\nconst a = 1;\n');
  });

  it('does not count a character that the end of the sample cuts through', () => {
    const text = `a${'한'.repeat(5_000)}`;
    assert.equal(decodeSource(bytes(text)), text);
  });

  it('gives back whatever text it is given', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 300 }).filter((some) => !/[\0\r\ufeff\p{Cc}]/u.test(some));
    fc.assert(fc.property(text, (some) => decodeSource(bytes(some)) === some));
  });
});
