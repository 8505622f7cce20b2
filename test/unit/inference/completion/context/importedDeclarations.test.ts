import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { silentLogger } from '../../../../../src/base/logger.ts';
import { createImportedDeclarations } from '../../../../../src/inference/completion/context/importedDeclarations.ts';
import { createSyntax, type Syntax } from '../../../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from '../../../syntax/grammarFolder.ts';
import { queryAt, whileTyping, workspaceOn } from './fixtures.ts';

const noAbort = new AbortController().signal;

const longInterface = (name: string) => `export interface ${name} {\n${'  member: string;\n'.repeat(60)}}\n`;
const importingAt = (line: number) => queryAt(`import { first, second } from './a';\n${'\n'.repeat(line)}█`);

describe('importedDeclarations', () => {
  let grammars: ReturnType<typeof makeGrammarFolder>;
  let syntax: Syntax;
  let folder: string;
  before(() => {
    grammars = makeGrammarFolder();
    const hurried = createSyntax({ grammarFolder: grammars.path, log: silentLogger });
    // However busy the machine is.
    syntax = { ...hurried, parse: (languageId, text) => hurried.parse(languageId, text, 60_000) };
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hearth-imports-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  after(() => {
    syntax[Symbol.dispose]();
    grammars[Symbol.dispose]();
  });

  const write = (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };

  /** What is shown, as `path: text`, best first. */
  const shown = async (marked: string, path?: string, languageId?: string) => {
    const source = createImportedDeclarations({ workspace: workspaceOn(folder), syntax });
    const found = await source.snippets(queryAt(marked, path, languageId), noAbort);
    return found.toSorted((a, b) => b.score - a.score).map((each) => `${each.path}: ${each.text}`);
  };

  it('shows the signatures of what is imported, those used nearest first', async () => {
    write({
      'src/far.ts': 'export function far(): void {}\nexport const unrelated = 1;\n',
      'src/near.ts': '/** Doc. */\nexport function near(a: number): string { return String(a); }\n',
    });
    const code = `import { far } from './far';\nimport { near } from './near';\nfar();\n\n\nnear(1);\n█\n`;
    assert.deepEqual(await shown(code), [
      'src/near.ts: /** Doc. */\nexport function near(a: number): string { ... }',
      'src/far.ts: export function far(): void { ... }',
    ]);
  });

  it('follows renamed, default and namespace imports, and exports of exports', async () => {
    write({
      'src/a.ts': 'export default class Store { get(key: string) { return key; } }\n',
      'src/b.ts': 'export const used = 1;\nexport const unused = 2;\n',
      'src/index.ts': "export { inner as outer } from './lib/deep';\nexport * from './lib/more.js';\n",
      'src/lib/deep.ts': 'export type inner = string;\n',
      'src/lib/more.ts': 'export function more() {}\n',
    });
    const code = `import Shop from './a';\nimport * as b from './b';\nimport { outer as mine, more } from '.';
b.used;\nlet m: mine;\nmore();\nnew Shop();\n█`;
    assert.deepEqual((await shown(code)).toSorted(), [
      'src/a.ts: export default class Store { get(key: string) { ... } }',
      'src/b.ts: export const used = 1;',
      'src/lib/deep.ts: export type inner = string;',
      'src/lib/more.ts: export function more() { ... }',
    ]);
  });

  const languages: readonly (readonly [
    languageId: string,
    path: string,
    code: string,
    files: Readonly<Record<string, string>>,
    expected: string,
  ])[] = [
    [
      'python',
      'pkg/main.py',
      'from .shop import buy\nbuy(1)\n█',
      { 'pkg/shop.py': 'def buy(a: int):\n    return a\n' },
      'pkg/shop.py: def buy(a: int):\n    ...',
    ],
    [
      'python',
      'pkg/main.py',
      'from pkg import shop\nshop.buy(1)\n█',
      { 'pkg/__init__.py': '', 'pkg/shop.py': 'def buy(a):\n    return a\n' },
      'pkg/shop.py: def buy(a):\n    ...',
    ],
    [
      'go',
      'main.go',
      'package main\nimport "x.org/app/shop"\nfunc main() {\n\tshop.Buy()\n\t█\n}\n',
      { 'shop/buy.go': 'package shop\nfunc Buy() {}\n', 'shop/buy_test.go': 'package shop\nfunc Buy() {}\n' },
      'shop/buy.go: func Buy() { ... }',
    ],
    [
      'rust',
      'src/main.rs',
      'use crate::shop::buy;\nfn main() {\n  buy();\n  █\n}\n',
      { 'src/shop.rs': 'pub fn buy() -> u8 { 1 }\n' },
      'src/shop.rs: pub fn buy() -> u8 { ... }',
    ],
    [
      'java',
      'src/a/Main.java',
      'import a.b.Shop;\nclass Main { Shop s;\n█ }\n',
      { 'src/a/b/Shop.java': 'class Shop { int buy() { return 1; } }\n' },
      'src/a/b/Shop.java: class Shop { int buy() { ... } }',
    ],
    [
      'c',
      'main.c',
      '#include "shop.h"\nint main(void) {\n  buy(1);\n  █\n}\n',
      { 'include/shop.h': 'int buy(int a);\nint sell(int a);\n' },
      'include/shop.h: int buy(int a);',
    ],
    [
      'php',
      'app/main.php',
      '<?php\nuse App\\Shop;\n$s = new Shop();\n█',
      { 'app/Shop.php': '<?php\nclass Shop { function buy() { return 1; } }\n' },
      'app/Shop.php: class Shop { function buy() { ... } }',
    ],
    [
      'ruby',
      'lib/main.rb',
      "require_relative 'shop'\nbuy(1)\n█",
      { 'lib/shop.rb': 'def buy(a)\n  a\nend\n' },
      'lib/shop.rb: def buy(a)\n  ...\nend',
    ],
  ];
  for (const [languageId, path, code, files, expected] of languages) {
    it(`reads ${languageId}: ${Object.keys(files).join(', ')}`, async () => {
      write(files);
      assert.deepEqual(await shown(code, path, languageId), [expected]);
    });
  }

  it('shows five declarations of 500 characters at most', async () => {
    const names = Array.from({ length: 9 }, (_, i) => `name${i}`);
    write({ 'src/a.ts': names.map(longInterface).join('') });
    const [only, ...none] = await shown(`import { ${names.join(', ')} } from './a';\n█`);
    assert.deepEqual(none, []);
    assert.equal(only?.match(/export interface/g)?.length, 5);
    assert.ok(only.length <= 5 * 501 + 'src/a.ts: '.length);
  });

  it('skips what is missing, excluded, outside of the folder, or not code', async () => {
    write({ 'src/binary.ts': '\0\0\0export', 'package.json': '{}' });
    const code = `import { a } from './missing';\nimport { b } from '../../outside';\nimport { c } from 'fs';
import { d } from './binary';\nimport { e } from './main';\na(b, c, d, e);\n█`;
    assert.deepEqual(await shown(code), []);
    assert.deepEqual(await shown('import { a } from "./a";\n█', 'a.yaml', 'yaml'), []);
  });

  it('reads a file once per version', async () => {
    write({ 'src/a.ts': 'export const first = 1;\n' });
    const workspace = workspaceOn(folder);
    const source = createImportedDeclarations({ workspace, syntax });
    assert.equal((await source.snippets(importingAt(0), noAbort))[0]?.text, 'export const first = 1;');
    await source.snippets(importingAt(1), noAbort);
    assert.deepEqual(workspace.read, ['src/a.ts']);
    write({ 'src/a.ts': 'export const second = 2;\n' });
    utimesSync(join(folder, 'src/a.ts'), new Date(), new Date(Date.now() + 5_000));
    assert.equal((await source.snippets(importingAt(2), noAbort))[0]?.text, 'export const second = 2;');
  });

  it('tells files of the same path and version in two workspace folders apart', async () => {
    const one = queryAt(`import { a } from './a';\n█`);
    const other = { ...one, document: { ...one.document, uri: 'file:///other/src/main.ts' } };
    const workspace = {
      fileVersion: async (_uri: string, path: string) => (path === 'src/a.ts' ? 'open 1' : undefined),
      readFile: async (uri: string) => `export const a = '${uri}';\n`,
      filesIn: async () => [],
    };
    const source = createImportedDeclarations({ workspace, syntax });
    for (const query of [one, other]) {
      const [found] = await source.snippets(query, noAbort);
      assert.equal(found?.text, `export const a = '${query.document.uri}';`);
    }
  });

  it('does not change while a line is typed, even of words that are imported', async () => {
    const names = Array.from({ length: 8 }, (_, i) => `name${i}`);
    write(Object.fromEntries(names.map((name) => [`src/${name}.ts`, `export const ${name} = 1;\n`])));
    const imports = names.map((name) => `import { ${name} } from './${name}';\n`).join('');
    const source = createImportedDeclarations({ workspace: workspaceOn(folder), syntax });
    const start = queryAt(`${imports}name1();\n  █\nname7();\n`);
    const before = await source.snippets(start, noAbort);
    assert.equal(before.length, 5);
    for (const query of whileTyping(start, 'name0(name3, name6);')) {
      assert.deepEqual(await source.snippets(query, noAbort), before);
      await source.snippets(queryAt('█', 'third.ts'), noAbort);
      assert.deepEqual(await source.snippets(query, noAbort), before);
    }
  });
});
