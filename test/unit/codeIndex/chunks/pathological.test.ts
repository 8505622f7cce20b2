import { strict as assert } from 'node:assert';
import { silentLogger } from '../../../../src/base/logger.ts';
import { createChunker } from '../../../../src/codeIndex/chunks/chunker.ts';
import { createSyntax, type Syntax } from '../../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from '../../syntax/grammarFolder.ts';

const steps = (count: number, text: string) =>
  Array.from({ length: count }, (_, index) => ' '.repeat(index) + text).join('\n');

const files: Readonly<Record<string, { readonly languages: readonly string[]; readonly text: string }>> = {
  'a megabyte on one line': { languages: ['javascript', 'json'], text: 'a(b,c);'.repeat(150_000) },
  '50,000 brackets that never close': { languages: ['typescript', 'json', 'go'], text: '['.repeat(50_000) },
  '50,000 nested brackets': { languages: ['python', 'rust'], text: '['.repeat(50_000) + ']'.repeat(50_000) },
  '50,000 nested blocks': { languages: ['c', 'java'], text: '{\n'.repeat(50_000) + '}\n'.repeat(50_000) },
  '20,000 nested functions': { languages: ['javascript'], text: 'function f() {\n'.repeat(20_000) },
  'steps of 1,200': { languages: ['python', 'yaml', 'css'], text: steps(1_200, 'if a:') },
  'a list in a list, 500 deep': { languages: ['yaml'], text: `${'- '.repeat(500)}a` },
  'zero bytes': { languages: ['cpp', 'markdown'], text: '\0'.repeat(300_000) },
  'what was no UTF-8': { languages: ['php', 'plaintext'], text: '\ufffd\ud800a\n'.repeat(50_000) },
  'an array of 200,000 numbers': { languages: ['json'], text: `[\n${'1,\n'.repeat(200_000)}1]` },
  '40,000 rows': { languages: ['yaml'], text: 'a: 1\n'.repeat(40_000) },
};

describe('chunks of a pathological file', function () {
  this.slow(2_000);
  let folder: ReturnType<typeof makeGrammarFolder>;
  let syntax: Syntax;
  const warnings: string[] = [];
  before(() => {
    folder = makeGrammarFolder();
    const log = { ...silentLogger, warn: (message: string) => void warnings.push(message) };
    syntax = createSyntax({ grammarFolder: folder.path, log, use: 'indexing' });
  });
  after(() => {
    syntax[Symbol.dispose]();
    folder[Symbol.dispose]();
  });

  for (const [name, { languages, text }] of Object.entries(files)) {
    it(`are made in time, and the grammar lives on: ${name}`, async () => {
      const chunker = createChunker({ syntax, parseBudgetMs: () => 100, walkBudgetMs: 50 });
      for (const languageId of languages) {
        const start = performance.now();
        const chunks = await chunker.chunk({ path: 'a', languageId, text });
        const tookMs = performance.now() - start;
        assert.ok(tookMs < 3_000, `${languageId}: ${Math.round(tookMs)} ms`);
        assert.ok(chunks.length > 0);
        if (languageId === 'markdown' || languageId === 'plaintext') continue;
        using parsed = await syntax.parse(languageId, '', 10_000);
        assert.ok(parsed, `${languageId} does not parse any more`);
      }
      assert.deepEqual(warnings, []);
    });
  }

  it('are blocks when there is no time to parse it', async () => {
    const text = 'export function f() {\n  return 1;\n}\n\n'.repeat(3_000);
    const hurried = createChunker({ syntax, parseBudgetMs: () => 0 });
    const chunks = await hurried.chunk({ path: 'a', languageId: 'typescript', text });
    assert.ok(chunks.every(({ kind }) => kind === 'block'));
  });

  it('cover the file when there is no time to walk its tree', async () => {
    const text = 'export function f() {\n  return 1;\n}\n\n'.repeat(3_000);
    const hurried = createChunker({ syntax, parseBudgetMs: () => 60_000, walkBudgetMs: -1 });
    const chunks = await hurried.chunk({ path: 'a', languageId: 'typescript', text });
    assert.ok(chunks.every(({ kind }) => kind === 'statements'));
    const covered = chunks.map((chunk) => chunk.text).join('\n');
    assert.equal(covered.match(/function f/g)?.length, 3_000);
  });
});
