import { strict as assert } from 'node:assert';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { type Logger, silentLogger } from '../../../src/base/logger.ts';
import { parsedLanguages } from '../../../src/syntax/grammars.ts';
import { createSyntax, type Syntax, type SyntaxNode } from '../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from './grammarFolder.ts';

const unhurriedMs = 60_000;

const samples: Readonly<Record<string, string>> = {
  c: 'int main(void) { return 0; }\n',
  cpp: 'class A { public: int f() { return 1; } };\n',
  csharp: 'class A { int F() { return 1; } }\n',
  css: '.a { color: red; }\n',
  go: 'package main\n\nfunc main() {}\n',
  html: '<!doctype html><p class="a">text</p>\n',
  ini: '[section]\nkey = value\n',
  java: 'class A { int f() { return 1; } }\n',
  javascript: 'const a = () => 1;\n',
  javascriptreact: 'const a = <p>text</p>;\n',
  json: '{ "a": [1, 2] }\n',
  jsonc: '// why\n{ "a": 1 }\n',
  php: '<?php function f(int $a): int { return $a; }\n',
  powershell: 'function f {\n  param($a)\n  $a\n}\n',
  properties: '[section]\nkey = value\n',
  python: 'def f(a: int) -> int:\n    return a\n',
  ruby: 'def f(a)\n  a\nend\n',
  rust: 'fn f(a: u8) -> u8 { a }\n',
  shellscript: 'f() { echo "$1"; }\n',
  typescript: 'const a = <T,>(x: T): T => x;\n',
  typescriptreact: 'const a = (x: string) => <p>{x}</p>;\n',
};

describe('syntax', () => {
  let folder: ReturnType<typeof makeGrammarFolder>;
  let syntax: Syntax;
  before(() => {
    folder = makeGrammarFolder();
    syntax = createSyntax({ grammarFolder: folder.path, log: silentLogger });
  });
  after(() => {
    syntax[Symbol.dispose]();
    folder[Symbol.dispose]();
  });

  const parseMany = async (count: number) => {
    for (let i = 0; i < count; i++) {
      const unlikeTheLast = `const ${'ab'[i % 2]} = [1, 2, 3].map((x) => x + 1);\n`.repeat(500);
      (await syntax.parse('typescript', unlikeTheLast, unhurriedMs))?.[Symbol.dispose]();
    }
  };

  for (const languageId of parsedLanguages()) {
    it(`parses ${languageId}`, async () => {
      using parsed = await syntax.parse(languageId, samples[languageId] ?? assert.fail('no sample'), unhurriedMs);
      assert.equal(parsed?.hasError, false, parsed?.root.toString());
      assert.ok(parsed.root.namedChildCount > 0);
    });
  }

  it('says nothing about a language without a grammar, or a text over 1 MB', async () => {
    assert.equal(await syntax.parse('yaml', 'a: 1'), undefined);
    assert.equal(await syntax.parse('json', ' '.repeat(1_000_001)), undefined);
  });

  it('gives offsets in UTF-16 units', async () => {
    using parsed = await syntax.parse('typescript', "const a = '😀é漢'; b;", unhurriedMs);
    const last = parsed?.root.lastNamedChild;
    assert.equal(last?.startIndex, "const a = '😀é漢'; ".length);
    assert.equal(last.text, 'b;');
  });

  it('gives up on a text that takes longer than the budget, and parses the next one', async () => {
    const long = 'const a = [1, 2, 3].map((x) => x + 1);\n'.repeat(20_000);
    assert.equal(await syntax.parse('typescript', long, 1), undefined);
    using parsed = await syntax.parse('typescript', 'const a = 1;\n', unhurriedMs);
    assert.equal(parsed?.hasError, false);
  });

  it('keeps a tree valid while others of its language are parsed and after the syntax is disposed', async () => {
    const own = createSyntax({ grammarFolder: folder.path, log: silentLogger });
    using first = await own.parse('typescript', 'const a = 1;\n', unhurriedMs);
    const text = first?.root.toString();
    for (let i = 0; i < 20; i++) (await own.parse('typescript', `const a = ${i};\n`, unhurriedMs))?.[Symbol.dispose]();
    own[Symbol.dispose]();
    assert.equal(await own.parse('typescript', 'const a = 1;\n'), undefined);
    assert.equal(first?.root.toString(), text);
  });

  it('derives from the last tree what a fresh parse would give', async () => {
    const piece = fc.constantFrom('const a = 1;\n', 'f(x);\n', "'😀';\n", 'if (a) {\n  b();\n}\n', '\n', '/* é */ ');
    const pieces = fc.array(piece, { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(pieces, pieces, pieces, pieces, async (start, before, after, end) => {
        const texts = [before, after].map((middle) => [...start, ...middle, ...end].join(''));
        (await syntax.parse('typescript', '', unhurriedMs))?.[Symbol.dispose](); // Resembles nothing: parsed anew.
        using expected = await syntax.parse('typescript', texts[1] ?? '', unhurriedMs);
        (await syntax.parse('typescript', texts[0] ?? '', unhurriedMs))?.[Symbol.dispose]();
        using derived = await syntax.parse('typescript', texts[1] ?? '', unhurriedMs);
        assert.equal(spans(derived?.root), spans(expected?.root));
      }),
      { numRuns: 60 },
    );
  });

  it('goes on without a grammar that cannot be loaded, and says so once', async () => {
    const broken = mkdtempSync(join(tmpdir(), 'hearth-broken-'));
    copyFileSync(join(folder.path, 'web-tree-sitter.wasm'), join(broken, 'web-tree-sitter.wasm'));
    copyFileSync(join(folder.path, 'tree-sitter-json.wasm'), join(broken, 'tree-sitter-json.wasm'));
    const wasm = readFileSync(join(folder.path, 'tree-sitter-css.wasm'));
    writeFileSync(join(broken, 'tree-sitter-css.wasm'), wasm.subarray(0, wasm.length / 2));
    const warnings: string[] = [];
    const log: Logger = { ...silentLogger, warn: (message) => warnings.push(message) };
    using own = createSyntax({ grammarFolder: broken, log });
    for (let i = 0; i < 3; i++) assert.equal(await own.parse('css', '.a {}'), undefined);
    assert.equal(warnings.length, 1, warnings.join('\n'));
    assert.match(warnings[0] ?? '', /tree-sitter-css\.wasm/);
    assert.equal(await own.parse('python', 'a = 1'), undefined);
    using parsed = await own.parse('json', '{}', unhurriedMs);
    assert.equal(parsed?.hasError, false);
    rmSync(broken, { recursive: true, force: true });
  });

  it('frees what it parses', async () => {
    await parseMany(10);
    const start = process.memoryUsage().external;
    await parseMany(60);
    const grown = process.memoryUsage().external - start;
    assert.ok(grown < 30e6, `${Math.round(grown / 1e6)} MB more; 60 trees that are kept take about 100 MB`);
  });
});

/** The tree with every node's extent: two trees that differ anywhere differ here. */
function spans(node: SyntaxNode | undefined): string {
  if (node === undefined) return '';
  return `(${node.type} ${node.startIndex}-${node.endIndex}${node.children.map(spans).join('')})`;
}
