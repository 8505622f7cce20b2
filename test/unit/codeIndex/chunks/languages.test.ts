import { strict as assert } from 'node:assert';
import { parsedLanguages } from '../../../../src/syntax/grammars.ts';
import { makeChunker, shown } from './chunkerForTests.ts';
import { languageFixtures } from './languageFixtures.ts';

const long = 'veryLong'.repeat(38).slice(0, 300);

describe('chunks of a language', () => {
  let chunker: ReturnType<typeof makeChunker>;
  before(() => (chunker = makeChunker()));
  after(() => chunker[Symbol.dispose]());

  for (const [languageId, { code, chunks }] of Object.entries(languageFixtures)) {
    it(`cuts ${languageId}`, async () => {
      const found = await chunker.chunk({ path: 'a', languageId, text: code.replaceAll('░', long) });
      assert.deepEqual(found.map(shown), chunks);
    });
  }

  it('has a fixture for every language with a grammar', () => {
    const sameGrammar = ['dockercompose', 'javascriptreact', 'properties', 'svelte'];
    const expected = parsedLanguages('indexing').filter((languageId) => !sameGrammar.includes(languageId));
    assert.deepEqual(Object.keys(languageFixtures).toSorted(), expected.toSorted());
  });

  it('puts the first lines of what is around into the header', async () => {
    const text = `namespace A {
  @sealed
  export class B<T>
    extends C {
    first() { ${long}; ${long}; }
    second() { ${long}; ${long}; }
  }
}
`;
    const [, second] = (await chunker.chunk({ path: 'a', languageId: 'typescript', text })).slice(-2);
    assert.deepEqual(second?.symbolPath, ['A', 'B', 'second']);
    assert.equal(second.header, 'namespace A {\nexport class B<T>');
  });

  it('cuts a long function at its statements, each piece below its signature', async () => {
    const statement = `  if (a) {\n    use('${'x'.repeat(200)}');\n  }\n`;
    const text = `/** Long. */\nfunction f(a: string) {\n${statement.repeat(20)}}\n`;
    const chunks = await chunker.chunk({ path: 'a', languageId: 'typescript', text });
    assert.ok(chunks.length >= 3, `${chunks.length} chunks`);
    for (const [index, chunk] of chunks.entries()) {
      assert.deepEqual([chunk.kind, chunk.symbolPath], ['function', ['f']]);
      assert.equal(chunk.header, index === 0 ? '' : 'function f(a: string) {');
      assert.match(chunk.text, index === 0 ? /^\/\*\* Long/ : /^ {2}if \(a\)/);
      assert.match(chunk.text, /\n( {2})?}$/);
    }
  });

  it('finds what is declared inside a long call', async () => {
    const text = `(function () {\n  'use strict';\n${`  function f() {\n    ${long};\n  }\n`.repeat(9)}})();\n`;
    const chunks = await chunker.chunk({ path: 'a', languageId: 'javascript', text });
    assert.equal(chunks.filter(({ kind, symbolPath }) => kind === 'function' && symbolPath[0] === 'f').length, 9);
    assert.equal(chunks.at(-1)?.header, '(function () {');
  });

  it('puts small neighbours together', async () => {
    const text = Array.from({ length: 100 }, (_, index) => `export const a${index} = () => ${index};\n`).join('');
    const chunks = await chunker.chunk({ path: 'a', languageId: 'typescript', text });
    assert.ok(chunks.length <= 4, `${chunks.length} chunks`);
    assert.ok(chunks.every(({ kind, symbolPath }) => kind === 'statements' && symbolPath.length === 0));
  });

  it('keeps the name of overloads that are put together', async () => {
    const text = 'export function f(a: string): void;\nexport function f(a: number): void;\n';
    const chunks = await chunker.chunk({ path: 'a', languageId: 'typescript', text });
    assert.deepEqual(chunks.map(shown), ['function f 1-2']);
  });

  it('reads scripts in HTML, and leaves templates and data in them alone', async () => {
    const code = `\nfunction a() {\n  ${long};\n  ${long};\n}\nfunction b() {\n  ${long};\n  ${long};\n}\n`;
    for (const [tag, isCode] of [
      ['<script>', true],
      ['<script type="module" defer>', true],
      ['<script type="text/template">', false],
      ['<script type="application/json">', false],
    ] as const) {
      const text = `<p>text</p>\n${tag}${code}</script>\n<p>text</p>\n`;
      const chunks = await chunker.chunk({ path: 'a', languageId: 'html', text });
      assert.equal(
        chunks.map(shown).includes('function script > b 7-11'),
        isCode,
        `${tag}: ${chunks.map(shown).join()}`,
      );
    }
  });
});
