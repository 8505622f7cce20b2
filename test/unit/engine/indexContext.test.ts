import assert from 'node:assert/strict';
import { silentLogger } from '../../../src/base/logger.ts';
import type { Hit, SearchRequest } from '../../../src/codeIndex/search/hit.ts';
import { createIndexContext } from '../../../src/engine/indexContext.ts';
import { createSyntax } from '../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from '../syntax/grammarFolder.ts';

const never = new AbortController().signal;
const code = "import { taxOn } from './tax.js';\n\nexport function total(amount) {\n  return amount + taxOn(█\n}\n";

const hit: Hit = {
  folder: '/shop',
  path: 'src/tax.js',
  languageId: 'javascript',
  symbolPath: ['taxOn'],
  kind: 'function',
  startLine: 3,
  endLine: 1_003,
  header: '',
  text: `export function taxOn(amount) {\n${'  work();\n'.repeat(1_000)}}`,
  score: 0.5,
  reasons: [{ kind: 'name', name: 'taxOn' }],
};

describe('what the index gives to a completion', () => {
  const asked: SearchRequest[] = [];
  const grammars = makeGrammarFolder();
  after(() => grammars[Symbol.dispose]());
  const source = createIndexContext({
    index: {
      search: async (request) => {
        asked.push(request);
        return { hits: [hit], complete: true };
      },
    },
    documents: { newestFirst: () => [] },
    syntax: createSyntax({ grammarFolder: grammars.path, log: silentLogger }),
  });
  const snippets = () => {
    const document = {
      uri: 'file:///shop/src/cart.js',
      path: 'src/cart.js',
      languageId: 'javascript',
      version: 1,
      text: code.replace('█', ''),
      before: '',
      after: '',
    };
    return source.snippets({ document, offset: code.indexOf('█'), budgetCharacters: 1_000 }, never);
  };

  it('is asked for by the names at the cursor, the file and its imports', async () => {
    await snippets();
    const [request] = asked;
    assert.equal(request?.kind, 'code');
    assert.ok(request?.names?.includes('taxOn'));
    assert.equal(request?.from?.path, '/shop/src/cart.js');
    assert.ok(request?.from?.imports.includes('src/tax.js'), request?.from?.imports.join());
  });

  it('is cut to what the prompt has room for, in whole lines, with its place and reasons', async () => {
    const [snippet] = await snippets();
    assert.equal(snippet?.path, 'src/tax.js');
    assert.ok((snippet?.text.length ?? 0) <= 500);
    assert.match(snippet?.text ?? '', /^export function taxOn\(amount\) \{\n( {2}work\(\);\n?)+$/);
    assert.deepEqual(snippet?.origin, {
      uri: 'file:///shop/src/tax.js',
      startLine: 3,
      reasons: [{ kind: 'name', name: 'taxOn' }],
    });
  });
});
