import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { unixLines } from '../../../../src/base/unixLines.ts';
import type { Chunk } from '../../../../src/codeIndex/chunk.ts';
import { makeChunker, shown } from './chunkerForTests.ts';
import { languageFixtures } from './languageFixtures.ts';

const maxCharacters = 2_400;

describe('chunks of any file', () => {
  let chunker: ReturnType<typeof makeChunker>;
  before(() => (chunker = makeChunker()));
  after(() => chunker[Symbol.dispose]());

  const chunksOf = (languageId: string, text: string) => chunker.chunk({ path: 'a', languageId, text });

  // Lines of real code in any order, of any length: what a file looks like while it is being written.
  const lines = Object.values(languageFixtures).flatMap(({ code }) => code.split('\n'));
  const shared = ['function a() {', '} function b() {', '}; class C { d() {', '} }', '}'];
  const line = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...lines, '', '# Title', '```', ...shared, '😀', '\0') },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 3_000 }).map((length) => '😀x'.repeat(length)) },
  );
  const files = fc.array(line, { maxLength: 120 }).map((all) => all.join('\n').replaceAll('░', 'long'.repeat(75)));
  const languages = fc.constantFrom(...Object.keys(languageFixtures), 'markdown', 'plaintext');

  it('are in order, disjoint, not too long, and cover every line that is not blank', async () => {
    await fc.assert(
      fc.asyncProperty(languages, files, async (languageId, text) => {
        assertCovers(await chunksOf(languageId, text), text);
      }),
      { numRuns: 80 },
    );
  });

  it('of whole fixtures too, with either line end', async () => {
    for (const [languageId, { code }] of Object.entries(languageFixtures)) {
      for (const times of [1, 4, 12]) {
        const text = code.replaceAll('░', 'long'.repeat(10 * times)).repeat(times);
        assertCovers(await chunksOf(languageId, text), text);
        assert.deepEqual(await chunksOf(languageId, text.replaceAll('\n', '\r\n')), await chunksOf(languageId, text));
      }
    }
  });

  it('leave a line to the first of those that share it', async () => {
    const text = 'function a() {\n  first();\n} function b() {\n  second();\n} class C {}\n';
    assert.deepEqual((await chunksOf('javascript', text)).map(shown), ['statements 1-5']);
    const long = text.replace('first', 'first'.repeat(60)).replace('second', 'second'.repeat(60));
    assert.deepEqual((await chunksOf('javascript', long)).map(shown), ['function a 1-3', 'function b 4-5']);
  });

  it('keep a cut line well-formed', async () => {
    for (const text of ['😀'.repeat(3_000), `x${'😀'.repeat(3_000)}`]) {
      const [chunk] = await chunksOf('plaintext', text);
      assert.equal(Buffer.from(chunk?.text ?? '').toString(), chunk?.text);
    }
  });

  it('are none for a file without text', async () => {
    for (const text of ['', '\n', ' \n\t\n']) assert.deepEqual(await chunksOf('typescript', text), []);
  });
});

function assertCovers(chunks: readonly Chunk[], text: string): void {
  const lines = unixLines(text).split('\n');
  let next = 0;
  for (const { startLine, endLine, text: found } of chunks) {
    assert.ok(startLine >= next && endLine > startLine, `${startLine}-${endLine} after ${next}`);
    for (let line = next; line < startLine; line++) assert.equal(lines[line]?.trim(), '', `line ${line} is missing`);
    const kept = found.split('\n');
    assert.equal(kept.length, endLine - startLine);
    kept.forEach((line, index) => {
      const whole = lines[startLine + index] ?? '';
      assert.ok(
        whole.length < maxCharacters ? line === whole : whole.startsWith(line) && line.length >= maxCharacters - 2,
      );
    });
    assert.ok(found.length <= maxCharacters, `${found.length} characters`);
    assert.equal(Buffer.from(found).toString(), found, 'half a surrogate pair');
    next = endLine;
  }
  for (let line = next; line < lines.length; line++) assert.equal(lines[line]?.trim(), '', `line ${line} is missing`);
}
