import assert from 'node:assert/strict';
import { silentLogger } from '../../../../src/base/logger.ts';
import { Completer, type CompleterOptions } from '../../../../src/inference/completion/completer.ts';
import type { Generate } from '../../../../src/inference/generate.ts';
import { createSyntax, type Syntax } from '../../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from '../../syntax/grammarFolder.ts';
import { queryAt } from './fixture.ts';

const never = new AbortController().signal;
const end = { promptTokens: 9, reusedTokens: 0, generatedTokens: 1, prefillMs: 1, decodeMs: 1, end: 'stop' } as const;

const single: CompleterOptions['styleScore'] = (_document, _offset, text) => (text.includes("'") ? 1 : -1);
const quotes = [
  ['"a";', -0.3],
  ["'b';", -0.35],
  ["'c';", -0.9],
] as const;

describe('alternatives', () => {
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

  /** A pipeline on a model that writes these, one after the other, so likely each. */
  function pipeline(
    drafts: readonly (readonly [text: string, logProbability: number])[],
    styleScore?: CompleterOptions['styleScore'],
  ) {
    const left = [...drafts];
    const generate: Generate = async function* ({ priority }) {
      // What is drafted ahead is none of these.
      const [text, logProbability] = (priority === 'typing' ? left.shift() : undefined) ?? ['', 0];
      yield { text, logProbability, tokens: 1 };
      return end;
    };
    const model = { id: 'm', name: 'm', architecture: 'x', device: 'cpu', contextSize: 2048, charactersPerToken: 3 };
    const completer = new Completer({
      generate,
      model: () => ({ ...model, fimFormat: 'qwen' }),
      syntax,
      sources: [],
      multiline: () => 'never',
      indentStyle: async () => ({ insertSpaces: true, size: 2 }),
      ...(styleScore === undefined ? {} : { styleScore }),
      log: silentLogger,
      now: () => performance.now(),
    });
    const ask = async (trigger: 'automatic' | 'invoked', marked = 'const a = █\n') => {
      const completions = await completer.complete({ ...queryAt(marked), trigger }, never);
      return completions.map(({ insertText }) => insertText);
    };
    return { completer, ask };
  }

  it('come in the order of their style where they are equally likely', async () => {
    const { ask, completer } = pipeline(quotes, single);
    assert.deepEqual(await ask('invoked'), ['"a";'], 'there is only one at first');
    assert.deepEqual(await ask('invoked'), ["'b';", '"a";', "'c';"]);
    completer[Symbol.dispose]();
  });

  it('come as the model gave them where nobody knows the style', async () => {
    const { ask, completer } = pipeline(quotes);
    await ask('invoked');
    assert.deepEqual(await ask('invoked'), ['"a";', "'b';", "'c';"]);
    completer[Symbol.dispose]();
  });

  it('are not asked about their style while someone types', async () => {
    const asked: string[] = [];
    const { ask, completer } = pipeline(quotes, (_document, _at, text) => {
      asked.push(text);
      return 0;
    });
    assert.deepEqual(await ask('automatic'), ['"a";']);
    assert.deepEqual(await ask('invoked'), ['"a";', "'b';", "'c';"]);
    assert.equal(asked.length, 3);
    assert.deepEqual(await ask('automatic'), ['"a";', "'b';", "'c';"]);
    assert.equal(asked.length, 3, 'several are known, but nobody asked for them');
    completer[Symbol.dispose]();
  });

  it('are judged where they would stand', async () => {
    const asked: unknown[] = [];
    const { ask, completer } = pipeline(quotes, (document, offset, text) => {
      asked.push([document.text.slice(0, offset), text]);
      return 0;
    });
    await ask('invoked');
    assert.deepEqual(asked, [], 'one alone is no choice');
    await ask('invoked');
    assert.deepEqual(asked[0], ['const a = ', '"a";']);
    completer[Symbol.dispose]();
  });
});
