import assert from 'node:assert/strict';
import { silentLogger } from '../../../../../src/base/logger.ts';
import { wantsBlock } from '../../../../../src/inference/completion/blocks/lineDecision.ts';
import { createSyntax } from '../../../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from '../../../syntax/grammarFolder.ts';

const block: Readonly<Record<string, readonly string[]>> = {
  typescript: [
    'function add(a: number, b: number) {█',
    'function add(a: number, b: number) {█}\n',
    'function add(a: number, b: number) {\n  █\n}\nadd(1, 2);\n',
    'function add(a: number, b: number) {█\nfunction sub() {}\n',
    'function add(a: number, b: number): number █\n',
    'class A {\n  constructor() {█\n  }\n}\n',
    'interface A {█\n}\n',
    'xs.forEach((x) => {█});\n',
    'if (a) {\n  b();\n} else {█\n}\n',
    'function f() {\n  // sorts by name\n  █\n}\n',
    '/**\n * Adds two numbers.\n */\n█\n',
    'class A {\n  /** Adds. */\n  █\n\n  sub() {\n  }\n}\n',
    'try {█\n',
  ],
  typescriptreact: ["const A = () => {\n  useEffect(() => {█});\n  return <p>Don't</p>;\n};\n"],
  javascript: ['describe("a", function () {█\n', 'while (true) {\n  █\n}\n'],
  python: [
    'def add(a, b):█\n',
    'def add(a, b):\n    █\n\nx = 1\n',
    'def add(\n    a,\n    b,\n) -> int:█\n',
    'for x in xs:  # all\n    █\n',
    'class A:\n    def f(self):\n        """Adds."""\n        █\n\n    def g(self):\n        pass\n',
    'if a:\n    pass\nelse:█\n',
  ],
  go: ['func Add(a, b int) int {█\n}\n', 'type A struct {█\n}\n', 'if err != nil {\n\t█\n}\n', '// Add adds.\n█\n'],
  rust: ['fn add(a: u8, b: u8) -> u8 {█\n}\n', 'match x {█\n}\n', 'impl A {\n    █\n}\n', '/// Adds.\n█\n'],
  java: ['class A {\n  int add(int a, int b) {█\n  }\n}\n', 'class A {\n  int add(int a, int b)\n  █\n}\n'],
  c: ['int add(int a, int b) {█\n}\n', 'struct a {█\n};\n', 'int add(int a, int b)\n█\n'],
  ruby: ['def add(a, b)█\nend\n', 'xs.each do |x|\n  █\nend\n', 'xs.each { |x|█ }\n'],
  shellscript: ['if true; then█\nfi\n', 'f() {\n  █\n}\n'],
  css: ['a:hover {█\n}\n'],
  yaml: ['jobs:\n  build:█\n', 'jobs:\n  steps:\n    █\n  other: 1\n', 'run: |█\n'],
  lua: ['function add(a, b)█\nend\n'],
  kotlin: ['fun add(a: Int, b: Int): Int {█\n}\n'],
};

const line: Readonly<Record<string, readonly string[]>> = {
  typescript: [
    'foo(█);',
    'const a = █',
    'if (█) {\n}\n',
    'function add(a: number) {█ return a; }\n',
    'function add(a: number) {█\n  return a;\n}\n',
    'function add(a: number) {\n  █\n  return a;\n}\n',
    'const a = {█};\n',
    'const a = {█\nfoo();\n',
    'foo({█\n',
    'import {█} from "a";\n',
    '// if (a) {█\n',
    'const a = "if (a) {█',
    'const a = `\n  if (a) {█\n`;\n',
    '/**\n * Adds {█\n */\n',
    '/** Adds. */\n█\nfunction add() {}\n',
    'foo();\n█\nbar();\n',
  ],
  typescriptreact: ['const a = <p>{█}</p>;\n', "const a = (\n  <p>\n    Don't {█\n  </p>\n);\n"],
  javascript: ['return {█};\n', 'const { a } = b;█\n'],
  python: [
    'x = {"a":█\n',
    'x = 1█\n',
    '"""Says:█\n"""\n',
    '# if a:█\n',
    'def f(a):\n    """Adds."""\n    █\n    return a\n',
  ],
  go: ['x := Foo{█}\n', 'x := █\n', '// if a {█\n'],
  rust: ['let x = Foo {█};\n', "let x: &'a str = █;\n", '/// Adds {█\nfn add() {}\n'],
  java: ['int[] a = {█};\n', 'return foo(█);\n'],
  c: ['struct a x = {█};\n', 'return foo(1)█\n'],
  ruby: ['x = {█}\n', 'x = 1█\n', '# def foo█\n'],
  yaml: ['name: █\n', 'jobs:█\n  build: 1\n', '# jobs:█\n'],
  json: ['{\n  "a": {█}\n}\n'],
  markdown: ['# Title\n\nSome text:█\n', '```ts\nfunction f() {█\n```\n'],
  plaintext: ['if (a) {█\n'],
};

describe('wantsBlock', () => {
  const folder = makeGrammarFolder();
  const syntax = createSyntax({ grammarFolder: folder.path, log: silentLogger });
  after(() => {
    syntax[Symbol.dispose]();
    folder[Symbol.dispose]();
  });

  const decide = async (languageId: string, document: string) => {
    const [prefix = '', suffix = ''] = document.split('█');
    using parsed = await syntax.parse(languageId, prefix + suffix, 10_000);
    return wantsBlock({ prefix, suffix, languageId, ...(parsed && { parsed }) });
  };

  for (const [expected, table] of [
    ['block', block],
    ['line', line],
  ] as const) {
    for (const [languageId, documents] of Object.entries(table)) {
      for (const document of documents) {
        it(`${expected} in ${languageId}: ${JSON.stringify(document)}`, async () => {
          assert.equal(await decide(languageId, document), expected);
        });
      }
    }
  }

  it('decides without a tree nearly as well', () => {
    for (const [expected, table] of [
      ['block', block],
      ['line', line],
    ] as const) {
      for (const [languageId, documents] of Object.entries(table)) {
        for (const document of documents) {
          const [prefix = '', suffix = ''] = document.split('█');
          // What only a grammar tells: a literal of a named type, and an apostrophe in JSX.
          if (/Foo ?\{|Don't/.test(document)) continue;
          assert.equal(wantsBlock({ prefix, suffix, languageId }), expected, `${languageId}: ${document}`);
        }
      }
    }
  });
});
