import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { unixLines } from '../../../../src/base/unixLines.ts';
import type { Chunk } from '../../../../src/codeIndex/chunk.ts';
import { makeChunker } from './chunkerForTests.ts';
import { languageFixtures } from './languageFixtures.ts';

const maxCharacters = 2_400;

describe('chunks of any file', () => {
  let chunker: ReturnType<typeof makeChunker>;
  before(() => (chunker = makeChunker()));
  after(() => chunker[Symbol.dispose]());

  const chunksOf = (languageId: string, text: string) => chunker.chunk({ path: 'a', languageId, text });

  // Lines of real code in any order, of any length: what a file looks like while it is being written.
  const lines = Object.values(languageFixtures).flatMap(({ code }) => code.split('\n'));
  const line = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...lines, '', '# Title', '```', '\tvoid f() {', '}', '😀', '\0') },
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

  it('do not depend on the files before', async () => {
    const [before, text] = ['const a = [', 'const a = [1];\nfunction f() {}\n'];
    const alone = await chunksOf('typescript', text);
    await chunksOf('typescript', before + text);
    assert.deepEqual(await chunksOf('typescript', text), alone);
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
