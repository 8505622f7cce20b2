import assert from 'node:assert/strict';
import { silentLogger } from '../../../../src/base/logger.ts';
import { matchBlock } from '../../../../src/edits/match/matchBlock.ts';
import { snippetBlock } from '../../../../src/edits/match/snippet.ts';
import { isRefusal } from '../../../../src/edits/refusal.ts';
import { applyEdits } from '../../../../src/edits/text/fileText.ts';
import { createSyntax, type Syntax } from '../../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from '../../syntax/grammarFolder.ts';

describe('code without a place', () => {
  let grammars: ReturnType<typeof makeGrammarFolder>;
  let syntax: Syntax;
  before(() => {
    grammars = makeGrammarFolder();
    syntax = createSyntax({ grammarFolder: grammars.path, log: silentLogger });
  });
  after(() => {
    syntax[Symbol.dispose]();
    grammars[Symbol.dispose]();
  });

  /** The file with the code in its place; undefined when it has none. */
  async function put(file: string, code: string, languageId = 'typescript'): Promise<string | undefined> {
    const block = await snippetBlock(file, code.split('\n'), { syntax, languageId });
    if (block === undefined) return undefined;
    const match = await matchBlock(file, block, { syntax, languageId });
    assert.ok(!isRefusal(match), JSON.stringify(match));
    return applyEdits(file, match.edits);
  }

  it('takes the place of the function of its name, and nothing else changes', async () => {
    const file = 'const a = 1;\n\nfunction f() {\n  return 1;\n}\n\nfunction g() {}\n';
    assert.equal(
      await put(file, 'function f() {\n  return 2;\n}'),
      'const a = 1;\n\nfunction f() {\n  return 2;\n}\n\nfunction g() {}\n',
    );
  });

  it('keeps an export that the code leaves out', async () => {
    assert.equal(
      await put('export function f() {\n  return 1;\n}\n', 'function f() {\n  return 2;\n}'),
      'export function f() {\n  return 2;\n}\n',
    );
  });

  it('is indented as the method that it replaces', async () => {
    const file = 'class C {\n    m() {\n        return 1;\n    }\n\n    n() {}\n}\n';
    assert.equal(
      await put(file, 'm() {\n    return 2;\n}'),
      'class C {\n    m() {\n        return 2;\n    }\n\n    n() {}\n}\n',
    );
  });

  it('brings its comment in the place of the one there', async () => {
    const file = '/** Old. */\nfunction f() {\n  return 1;\n}\n';
    assert.equal(
      await put(file, '/** New. */\nfunction f() {\n  return 1;\n}'),
      '/** New. */\nfunction f() {\n  return 1;\n}\n',
    );
  });

  it('works in Python', async () => {
    const file = 'class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return 2\n';
    assert.equal(
      await put(file, 'def f(self):\n    return 3', 'python'),
      'class A:\n    def f(self):\n        return 3\n\n    def g(self):\n        return 2\n',
    );
  });

  it('has no place where there is no such declaration, or two, or the code is more than one', async () => {
    assert.equal(await put('function g() {}\n', 'function f() {}'), undefined);
    assert.equal(await put('class A { m() {} }\nclass B { m() {} }\n', 'm() { return 1; }'), undefined);
    assert.equal(await put('function f() {}\nfunction g() {}\n', 'function f() {}\nfunction g() {}'), undefined);
    assert.equal(await put('function f() {}\n', 'just words'), undefined);
  });
});
