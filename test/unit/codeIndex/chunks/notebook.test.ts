import { strict as assert } from 'node:assert';
import { makeChunker, shown } from './chunkerForTests.ts';

const cell = (type: string, source: unknown, more: object = {}) => ({ cell_type: type, metadata: {}, source, ...more });
const notebook = (cells: readonly unknown[], language = 'python') =>
  JSON.stringify({ cells, metadata: { language_info: { name: language } }, nbformat: 4 }, undefined, 1);
const longFunction = (name: string) => [
  `def ${name}():\n`,
  ...Array.from({ length: 60 }, () => '    call_something_else()\n'),
];

describe('chunks of a notebook', () => {
  let chunker: ReturnType<typeof makeChunker>;
  before(() => (chunker = makeChunker()));
  after(() => chunker[Symbol.dispose]());

  const chunksOf = (text: string) => chunker.chunk({ path: 'a.ipynb', languageId: 'jupyter', text });

  it('are its cells, with the lines they have in the file, below the headings above', async () => {
    const picture = { outputs: [{ data: { 'image/png': 'iVBORw0KGgo='.repeat(500) } }] };
    const text = notebook([
      cell('markdown', ['# Load\n', '\n', 'Reads "it".']),
      cell('code', ['import pandas\n', 'data = pandas.read_csv("é\\n")'], picture),
      cell('code', []),
      cell('raw', 'one string\nof two lines'),
    ]);
    const chunks = await chunksOf(text);
    assert.deepEqual(
      chunks.map((chunk) => [chunk.kind, chunk.symbolPath, chunk.text]),
      [
        ['cell', ['Load'], '# Load\n\nReads "it".'],
        ['cell', ['Load'], 'import pandas\ndata = pandas.read_csv("é\\n")'],
        ['cell', ['Load'], 'one string\nof two lines'],
      ],
    );
    const lines = text.split('\n');
    const [first, second, third] = chunks.map(({ startLine, endLine }) => lines.slice(startLine, endLine));
    assert.equal(first?.length, 3);
    assert.match(first[0] ?? '', /# Load/);
    assert.deepEqual([second?.length, second?.[0]?.trim()], [2, '"import pandas\\n",']);
    assert.deepEqual([third?.length, /one string/.test(third?.[0] ?? '')], [1, true]);
  });

  it('cut a long cell as its language is cut', async () => {
    const text = notebook([cell('code', [...longFunction('first'), '\n', ...longFunction('second')])]);
    const chunks = await chunksOf(text);
    assert.deepEqual(chunks.map(shown), ['cell first 7-67', 'cell second 69-129']);
    assert.match(text.split('\n')[68] ?? '', /def second/);
  });

  it('fall back to blocks where the file is damaged or no notebook', async () => {
    const whole = notebook([cell('code', ['a = 1\n'])]);
    for (const text of [whole.slice(0, -20), `${whole}}`, '{"cells": 1}', '[1, 2]', '['.repeat(10_000), 'null', '"']) {
      const chunks = await chunksOf(text);
      assert.ok(
        chunks.length > 0 && chunks.every(({ kind }) => kind === 'block' || kind === 'statements'),
        text.slice(0, 50),
      );
    }
  });
});
