import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { silentLogger } from '../../../src/base/logger.ts';
import { parsedLanguages } from '../../../src/syntax/grammars.ts';
import { createSyntax, type Syntax } from '../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from './grammarFolder.ts';

const samples: Readonly<Record<string, string>> = {
  dockercompose: 'services:\n  a: { image: b }\n',
  kotlin: 'class A(val b: Int) {\n  fun f(): Int = b\n}\n',
  lua: 'local function f(a)\n  return a\nend\n',
  svelte: '<script>let a = 1;</script>\n<p>{a}</p>\n',
  toml: '[a.b]\nc = "d"\n',
  vue: '<template><p>{{ a }}</p></template>\n<script setup>const a = 1;</script>\n',
  yaml: 'a: 1\nb:\n  - c: |\n      text\n',
  zig: 'pub fn f(a: u32) u32 {\n    return a;\n}\n',
};

describe('syntax for indexing', () => {
  let folder: ReturnType<typeof makeGrammarFolder>;
  let syntax: Syntax;
  before(() => {
    folder = makeGrammarFolder();
    syntax = createSyntax({ grammarFolder: folder.path, log: silentLogger, use: 'indexing' });
  });
  after(() => {
    syntax[Symbol.dispose]();
    folder[Symbol.dispose]();
  });

  it('parses all that is parsed while editing, and more', () => {
    const more = parsedLanguages('indexing').filter((languageId) => !parsedLanguages().includes(languageId));
    assert.deepEqual(more.toSorted(), Object.keys(samples).toSorted());
    assert.deepEqual(
      parsedLanguages().filter((languageId) => !parsedLanguages('indexing').includes(languageId)),
      [],
    );
  });

  for (const [languageId, text] of Object.entries(samples)) {
    it(`parses ${languageId}`, async () => {
      using parsed = await syntax.parse(languageId, text, 60_000);
      assert.equal(parsed?.hasError, false, parsed?.root.toString());
      assert.ok(parsed.root.namedChildCount > 0);
    });
  }

  it('gives a text one tree, whatever was parsed before', async () => {
    // A pair for which deriving the second tree from the first gives another tree than parsing anew.
    const text = 'if (a) { [ ` => /* return /* if (a) { if (a) { return \n if (a) {';
    const before = 'if (a) { [ ` => /* return /* if (a) { /* return \n if (a) {';
    const alone = await treeOf(syntax, text);
    await treeOf(syntax, before);
    assert.equal(await treeOf(syntax, text), alone);
  });

  it('does not hand YAML to its grammar where that would write beyond its memory', async () => {
    const nested = Array.from({ length: 300 }, (_, index) => `${' '.repeat(index)}a:`).join('\n');
    for (const text of [nested, '- '.repeat(300), 'a: 1\n'.repeat(40_000)])
      assert.equal(await syntax.parse('yaml', text, 60_000), undefined);
  });

  // In a process of its own: what is written beyond a grammar's memory would haunt the other tests.
  it('goes on after a failed parse, and without a grammar that fails again and again', async () => {
    copyFileSync(join(folder.path, 'tree-sitter-yaml.wasm'), join(folder.path, 'tree-sitter-lua.wasm'));
    const script = `
      import { createSyntax } from ${addressOf('syntax/syntax.ts')};
      import { silentLogger } from ${addressOf('base/logger.ts')};
      const log = { ...silentLogger, warn: (message) => console.log(message.replace(/:.*/, '')) };
      const syntax = createSyntax({ grammarFolder: ${JSON.stringify(folder.path)}, log, use: 'indexing' });
      const nested = Array.from({ length: 1200 }, (_, index) => ' '.repeat(index) + 'a:').join('\\n');
      for (const text of ['a: 1', nested, 'a: 1', nested, nested, 'a: 1']) {
        using parsed = await syntax.parse('lua', text, 60_000);
        console.log(parsed?.hasError);
      }
      globalThis.gc();
      using json = await syntax.parse('json', '{}', 60_000);
      console.log(json?.hasError);`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--expose-gc',
      '--input-type=module',
      '-e',
      script,
    ]);
    const failed = 'tree-sitter-lua.wasm failed while parsing';
    const lines = ['false', failed, 'undefined', 'false', failed, 'undefined', `${failed} and is not used again`];
    assert.deepEqual(stdout.trim().split('\n'), [...lines, 'undefined', 'undefined', 'false']);
  });
});

async function treeOf(syntax: Syntax, text: string): Promise<string | undefined> {
  using parsed = await syntax.parse('typescript', text, 60_000);
  return parsed?.root.toString();
}

function addressOf(path: string): string {
  return JSON.stringify(new URL(`../../../src/${path}`, import.meta.url).href);
}
