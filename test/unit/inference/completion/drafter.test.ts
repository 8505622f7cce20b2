import assert from 'node:assert/strict';
import { silentLogger } from '../../../../src/base/logger.ts';
import { Completer } from '../../../../src/inference/completion/completer.ts';
import type { AdapterUse, Generate, GenerateRequest } from '../../../../src/inference/generate.ts';
import { createSyntax, type Syntax } from '../../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from '../../syntax/grammarFolder.ts';
import { queryAt } from './fixture.ts';

const never = new AbortController().signal;
const snippet = { source: 'fixed', path: 'src/other.ts', text: 'export const one = 1;', score: 1 };
const end = { promptTokens: 9, reusedTokens: 0, generatedTokens: 1, prefillMs: 1, decodeMs: 1, end: 'stop' } as const;

describe('drafts with adapters', () => {
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

  /** A pipeline on a model that answers with the adapters it was asked with. */
  function pipeline(adapters?: () => readonly AdapterUse[]) {
    const asked: GenerateRequest[] = [];
    const generate: Generate = async function* (request) {
      asked.push(request);
      const text = `[${(request.adapters ?? []).map(({ path }) => path).join()}];`;
      if (request.maxTokens > 0) yield { text, logProbability: -0.1, tokens: 1 };
      return end;
    };
    const model = { id: 'm', name: 'm', architecture: 'x', device: 'cpu', contextSize: 2048, charactersPerToken: 3 };
    const completer = new Completer({
      generate,
      model: () => ({ ...model, fimFormat: 'qwen' }),
      ...(adapters === undefined ? {} : { adapters }),
      syntax,
      sources: [{ name: 'fixed', snippets: async () => [snippet] }],
      multiline: () => 'never',
      indentStyle: async () => ({ insertSpaces: true, size: 2 }),
      log: silentLogger,
      now: () => performance.now(),
    });
    return { completer, asked };
  }

  it('go with every request, whoever typed or warmed up', async () => {
    const adapters = [{ path: '/personal.gguf', scale: 1 }];
    const { completer, asked } = pipeline(() => adapters);
    await completer.warmUp(queryAt('const a = █\n'));
    await completer.complete({ ...queryAt('const a = █\n'), trigger: 'invoked' }, never);
    assert.deepEqual(
      asked.map((request) => [request.maxTokens === 0, request.adapters]),
      [true, false].map((isWarmUp) => [isWarmUp, adapters]),
    );
    completer[Symbol.dispose]();
  });

  it('are forgotten when the adapters change, and made with the new ones', async () => {
    let adapters: readonly AdapterUse[] = [];
    const { completer } = pipeline(() => adapters);
    const complete = async () => (await completer.complete(queryAt('const a = █\n'), never))[0]?.insertText;
    assert.equal(await complete(), '[];');
    adapters = [{ path: '/personal.gguf', scale: 1 }];
    assert.equal(await complete(), '[];', 'from the cache');
    completer.modelChanged();
    assert.equal(await complete(), '[/personal.gguf];');
    completer[Symbol.dispose]();
  });

  it('say what they were given, also when they come from the cache', async () => {
    const { completer } = pipeline();
    for (const marked of ['const a = █\n', 'const a = █\n', 'const a = [█\n']) {
      const [completion] = await completer.complete(queryAt(marked), never);
      assert.deepEqual(completion?.snippets, [snippet]);
    }
    completer[Symbol.dispose]();
  });
});
