import { strict as assert } from 'node:assert';
import { makeChunker, shown } from './chunkerForTests.ts';

const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');

describe('chunks of Markdown', () => {
  let chunker: ReturnType<typeof makeChunker>;
  before(() => (chunker = makeChunker()));
  after(() => chunker[Symbol.dispose]());

  const chunksOf = (text: string) => chunker.chunk({ path: 'a.md', languageId: 'markdown', text });

  it('are its sections, named by their headings', async () => {
    const text = `---
title: x
# no heading
---

# The *whole* [story](https://a.example)

${words(200)}

## Part one ##

${words(200)}

### Detail

${words(200)}

Part two
--------

${words(200)}
`;
    const chunks = await chunksOf(text);
    assert.deepEqual(chunks.map(shown), [
      'section 1-4',
      'section The whole story 6-8',
      'section The whole story > Part one 10-12',
      'section The whole story > Part one > Detail 14-16',
      'section The whole story > Part two 18-21',
    ]);
    assert.equal(chunks[3]?.header, '# The *whole* [story](https://a.example)\n## Part one ##');
  });

  it('are one for a short section and what is below it', async () => {
    const chunks = await chunksOf('# A\n\none\n\n## B\n\ntwo\n\n## C\n\nthree\n');
    assert.deepEqual(chunks.map(shown), ['section A 1-11']);
  });

  it('see no headings in fences', async () => {
    const chunks = await chunksOf(
      `# A\n\n\`\`\`sh\n# B\n~~~\n\`\`\`\n\n~~~~\n# C\n~~~\n~~~~\n\n${words(250)}\n\n# D\n`,
    );
    assert.deepEqual(
      chunks.map(({ symbolPath }) => symbolPath[0]),
      ['A', 'D'],
    );
  });

  it('do not cut a fence that can be kept whole', async () => {
    const fence = `\`\`\`ts\n${'first();\n\nsecond();\n'.repeat(20)}\`\`\`\n`;
    const chunks = await chunksOf(`# A\n\n${words(200)}\n\n${fence}\n${words(200)}\n\n${fence}`);
    assert.ok(chunks.length > 1);
    for (const { text } of chunks) assert.equal((text.match(/```/g) ?? []).length % 2, 0, text);
  });
});
