import assert from 'node:assert/strict';
import { silentLogger } from '../../../../src/base/logger.ts';
import { type DraftRequest, draft } from '../../../../src/inference/completion/draft.ts';
import type { Generate, GenerateRequest, GenerateStats } from '../../../../src/inference/generate.ts';
import { createSyntax, type Syntax } from '../../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from '../../syntax/grammarFolder.ts';
import { situationAt } from './fixture.ts';

const stats: Omit<GenerateStats, 'end'> = {
  promptTokens: 10,
  reusedTokens: 9,
  generatedTokens: 3,
  prefillMs: 1,
  decodeMs: 1,
};

const snippet = { source: 'index', path: 'b.ts', text: 'b', score: 1 };
const adapter = { path: '/adapter.gguf', scale: 0.5 };

/** A model that says what the test wrote down: the one thing here that a real model cannot be made to do. */
function scripted(chunks: readonly string[], end: GenerateStats['end']) {
  const seen: { request?: GenerateRequest; said: number; left: boolean } = { said: 0, left: false };
  const generate: Generate = async function* (request) {
    seen.request = request;
    try {
      for (const text of chunks) {
        seen.said++;
        yield { text, logProbability: -0.5, tokens: 1 };
      }
      return { ...stats, end };
    } finally {
      seen.left = true;
    }
  };
  return { generate, seen };
}

describe('draft', () => {
  let syntax: Syntax;
  let grammars: ReturnType<typeof makeGrammarFolder>;
  before(() => {
    grammars = makeGrammarFolder();
    syntax = createSyntax({ grammarFolder: grammars.path, log: silentLogger });
  });
  after(() => {
    syntax[Symbol.dispose]();
    grammars[Symbol.dispose]();
  });

  async function drafted(marked: string, extent: DraftRequest['extent'], chunks: string[], end: GenerateStats['end']) {
    const { generate, seen } = scripted(chunks, end);
    const measured: GenerateStats[] = [];
    const result = await draft(
      {
        situation: situationAt(marked),
        prompt: [],
        typed: '',
        extent,
        temperature: 0,
        priority: 'typing',
        origin: 'model',
        snippets: [snippet],
        adapters: [adapter],
      },
      { generate, syntax, onText: () => {}, onStats: (each) => measured.push(each) },
      new AbortController().signal,
    );
    return { ...result, seen, measured };
  }

  it('asks for one line and takes it as it comes', async () => {
    const { text, seen, measured, meanLogProbability } = await drafted('const a = █\n', 'line', ['1', ';'], 'stop');
    assert.equal(text, '1;');
    assert.deepEqual(seen.request?.stop, ['\n']);
    assert.equal(measured.length, 1);
    assert.equal(meanLogProbability, -0.5);
  });

  it('asks with the adapters in use, and keeps what the model was given', async () => {
    const { seen, snippets } = await drafted('const a = █\n', 'line', ['1'], 'stop');
    assert.deepEqual(seen.request?.adapters, [adapter]);
    assert.deepEqual(snippets, [snippet]);
  });

  it('ends a line that was cut at the token limit with its last whole word', async () => {
    assert.equal((await drafted('const a = █\n', 'line', ['one + ', 'tw'], 'length')).text, 'one + ');
  });

  it('leaves the model as soon as the block is complete', async () => {
    const chunks = ['\n  return a', ' + b;\n', '}', '\n', 'function more() {', '\n'];
    const { text, multiline, seen } = await drafted('function add(a, b) {█\n', 'block', chunks, 'length');
    assert.equal(text, '\n  return a + b;\n}');
    assert.equal(multiline, true);
    assert.ok(seen.said < chunks.length, 'the rest was never generated');
    assert.ok(seen.left, 'the stream was closed');
  });

  it('trims a block that ended by itself in the middle of a statement', async () => {
    const { text } = await drafted('function f() {█\n}\n', 'block', ['\n  one();\n', '  two('], 'endOfText');
    assert.equal(text, '\n  one();');
  });

  it('keeps the first line of a block that makes no whole', async () => {
    const { text, multiline } = await drafted('if (a) █\n', 'block', ['{\n', '  for (const b of a'], 'length');
    assert.equal(multiline, false);
    assert.equal(text, '{');
  });
});
