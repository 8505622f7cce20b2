import { strict as assert } from 'node:assert';
import { silentLogger } from '../../../src/base/logger.ts';
import { declarationsIn } from '../../../src/syntax/declarations.ts';
import { createSyntax, type Syntax } from '../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from './grammarFolder.ts';

/** The declarations of `code`, each as `kind name` and its signature's lines. */
const cases: Readonly<Record<string, { readonly code: string; readonly declares: readonly string[] }>> = {
  typescript: {
    code: `const { x } = y; // not documentation
/**
 * One.
 * Two.
 * Three.
 */
@Sealed() export default class A extends B {
  /** m */
  m(a: number): string {
    return 'x';
  }
  f = async () => { a(); };
}
export const g = (n: number): string => { return ''; };
export const h = 3, k = { a: 1, m() { return 2; } };
declare function ff(): void;
// gen
export function* gen() { yield 1; }

// far away

export type U = 'a' | 'b';
export interface I { a: string; m(): void }
export enum E { A, B }
`,
    declares: [
      `class A
/**
 * One.
 * Two.
 */
@Sealed() export default class A extends B {
  /** m */
  m(a: number): string { ... }
  f = async () => { ... };
}`,
      'variable g\nexport const g = (n: number): string => { ... };',
      'variable h\nh = 3',
      'variable k\nk = { a: 1, m() { ... } }',
      'function ff\ndeclare function ff(): void;',
      'function gen\n// gen\nexport function* gen() { ... }',
      "type U\nexport type U = 'a' | 'b';",
      'interface I\nexport interface I { a: string; m(): void }',
      'enum E\nexport enum E { A, B }',
    ],
  },
  typescriptreact: {
    code: 'export function Button(props: Props) { return <b>{props.text}</b>; }\n',
    declares: ['function Button\nexport function Button(props: Props) { ... }'],
  },
  javascript: { code: 'class A { f() { return 1; } }\n', declares: ['class A\nclass A { f() { ... } }'] },
  python: {
    code: `@cached
def f(a: int) -> str:
    """Doc."""
    return ''

# Why.
class A(B):
    """Doc."""
    x: int = 1

    def m(self):
        """Doc m."""
        pass

    async def p(self):
        return 1
X = 1
if X:
    def q(a):
        return a
`,
    declares: [
      'function f\n@cached\ndef f(a: int) -> str:\n    """Doc."""\n    ...',
      `class A
# Why.
class A(B):
    """Doc."""
    x: int = 1

    def m(self):
        """Doc m."""
        ...

    async def p(self):
        ...`,
      'variable X\nX = 1',
      'function q\ndef q(a):\n    ...',
    ],
  },
  go: {
    code: `package p
// F does.
func F(a int) error { return nil }
func (s *S) M() {}
type S struct { A int }
type (
	X int
	Y = string
)
const C = 1
`,
    declares: [
      'function F\n// F does.\nfunc F(a int) error { ... }',
      'function M\nfunc (s *S) M() { ... }',
      'type S\ntype S struct { A int }',
      'type X\nX int',
      'type Y\nY = string',
      'variable C\nconst C = 1',
    ],
  },
  rust: {
    code: `/// Doc.
#[derive(Debug)]
pub struct S { a: u8 }
impl S { pub fn new() -> Self { S { a: 1 } } }
pub trait T { fn m(&self); }
mod inner { pub fn g() {} }
`,
    declares: [
      'class S\n/// Doc.\n#[derive(Debug)]\npub struct S { a: u8 }',
      'class S\nimpl S { pub fn new() -> Self { ... } }',
      'interface T\npub trait T { fn m(&self); }',
      'function g\npub fn g() { ... }',
    ],
  },
  java: {
    code: `/** Doc. */
@Ann
public class S extends B { private int x = 1; public S(int a) { x = a; } int m() { return 1; } }
record R(int a) {}
`,
    declares: [
      'class S\n/** Doc. */\n@Ann\npublic class S extends B { private int x = 1; public S(int a) { ... } int m() { ... } }',
      'class R\nrecord R(int a) {}',
    ],
  },
  c: {
    code: `#ifndef H
#define H
#define MAX(a, b) ((a) > (b) ? (a) : (b))
typedef struct { int a; } T;
/* doc */
char *f(int a, char *b);
static int *g(void) { return 0; }
int w = 1, z[3];
#endif
`,
    declares: [
      'macro H\n#define H',
      'macro MAX\n#define MAX(a, b) ((a) > (b) ? (a) : (b))',
      'type T\ntypedef struct { int a; } T;',
      'function f\n/* doc */\nchar *f(int a, char *b);',
      'function g\nstatic int *g(void) { ... }',
      'variable w\nint w = 1, z[3];',
      'variable z\nint w = 1, z[3];',
    ],
  },
  cpp: {
    code: `namespace n { class A : public B { public: A(); int m() const { return 1; } }; }
template <typename T> T g(T a) { return a; }
int n::A::k(int b) { return 1; }
`,
    declares: [
      'class A\nclass A : public B { public: A(); int m() const { ... } }',
      'function g\ntemplate <typename T> T g(T a) { ... }',
      'function k\nint n::A::k(int b) { ... }',
    ],
  },
  csharp: {
    code: `namespace A.B;
/// <summary>Doc</summary>
public class F<T> { public F(int a) { x(); } public int P { get { return 1; } set; } }
`,
    declares: [
      'class F\n/// <summary>Doc</summary>\npublic class F<T> { public F(int a) { ... } public int P { get { ... } set; } }',
    ],
  },
  php: {
    code: '<?php\nnamespace N;\n/** Doc */\nfunction g(int $a): int { return 1; }\nclass A { public function m() { return 1; } }\n',
    declares: [
      'function g\n/** Doc */\nfunction g(int $a): int { ... }',
      'class A\nclass A { public function m() { ... } }',
    ],
  },
  ruby: {
    code: '# Doc\nclass A < B\n  def m(a, b = 1)\n    a\n  end\nend\nLIMIT = 2\n',
    declares: ['class A\n# Doc\nclass A < B\n  def m(a, b = 1)\n    ...\n  end\nend', 'variable LIMIT\nLIMIT = 2'],
  },
  css: { code: '.a { color: red; }', declares: [] },
};

describe('declarationsIn', () => {
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

  const declarations = async (languageId: string, code: string) => {
    using parsed = (await syntax.parse(languageId, code, 60_000)) ?? assert.fail();
    return declarationsIn(parsed);
  };

  for (const [languageId, { code, declares }] of Object.entries(cases)) {
    it(`reads ${languageId}`, async () => {
      const found = await declarations(languageId, code);
      assert.deepEqual(
        found.map(({ kind, name, signature }) => `${kind} ${name}\n${signature}`),
        declares,
      );
    });
  }

  it('says where a declaration is', async () => {
    const code = "const s = '😀';\n/** Doc. */\nexport function f() { return 1; }\n";
    const found = await declarations('typescript', code);
    const [, f] = found;
    assert.equal(f && code.slice(f.start, f.end), 'export function f() { return 1; }');
  });

  it('reads what is left of code that is being typed', async () => {
    const found = await declarations('typescript', 'export function a(x: number) { return x }\nconst b = a(\n');
    assert.equal(found[0]?.signature, 'export function a(x: number) { ... }');
  });

  it('cuts a signature at 2,000 characters, between lines', async () => {
    const code = `export interface Long {\n${'  member: string;\n'.repeat(500)}}\n`;
    const [long] = await declarations('typescript', code);
    assert.ok(long && long.signature.length <= 2_000 && long.signature.endsWith('member: string;'));
  });
});
