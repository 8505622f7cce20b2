import { inLanguage, py, type TraitFixture, ts } from './traitFixture.ts';

export const declarationFixtures: readonly TraitFixture[] = [
  ts('variables', 'const a = 1;\nlet b = 2;\nvar c = 3;\nconst { d } = a;\n// let e\n', { const: 2, let: 1, var: 1 }),
  ts(
    'functions',
    'export async function f() {}\nfunction g() {}\nexport const h = (a: A): B => c;\nconst i = x => x;\n  const j = () => 1;\n',
    {
      declaration: 2,
      arrow: 2,
    },
  ),
  ts('callbacks', 'a.map((b) => b);\na.map(b => b);\na.map(function (b) { return b; });\n', { arrow: 2, function: 1 }),
  ts('async', 'await f();\ng().then((a) => a);\n', { await: 1, chained: 1 }),
  ts(
    'returnTypes',
    'function f(a: A): B {\n}\nfunction g(a) {\n}\nclass C {\n  async h(): Promise<D> {\n    if (a) {\n    }\n    return i();\n  }\n}\n',
    {
      written: 2,
      inferred: 1,
    },
  ),
  inLanguage('javascript', 'returnTypes', 'function g(a) {\n}\n', {}),
  ts('objectTypes', 'interface A { b: C }\ntype D = { e: F };\ntype G = H | I;\n', { interface: 1, type: 1 }),
  ts('arrayTypes', 'let a: B[];\nlet c: Array<D>;\nlet e: readonly (F | G)[];\n', { brackets: 2, generic: 1 }),
  ts('readonlyMembers', 'interface A {\n  readonly b: C;\n  d?: E;\n}\nconst f = {\n  g: h,\n};\n', {
    readonly: 1,
    mutable: 1,
  }),
  ts('absence', 'return undefined;\nif (a === null) b = null;\n', { undefined: 1, null: 2 }),
  ts('privateMembers', 'class A {\n  #b = 1;\n  private c = 2;\n  d() {\n    return this.#b + this._e;\n  }\n}\n', {
    hash: 2,
    keyword: 1,
    underscore: 1,
  }),
  py(
    'typeHints',
    'def f(self) -> int: pass\ndef g(a: A, b): pass\ndef h(a): pass\ndef i(): pass\ndef j(self, *args): pass\n',
    { written: 2, none: 2 },
  ),
  py('typeSyntax', 'def f(a: list[int]) -> B | None: pass\ndef g(a: List[int]) -> Optional[B]: pass\n', {
    builtin: 2,
    typing: 2,
  }),
  py('privateMembers', 'self._a = 1\nself.__b = 2\nself.__class__\n', { underscore: 1, dunder: 1 }),
  inLanguage(
    'java',
    'localTypes',
    'class A {\n  void f() {\n    var a = 1;\n    List<String> b = g();\n    return c;\n  }\n}\n',
    { var: 1, named: 1 },
  ),
  inLanguage('csharp', 'localTypes', 'class A {\n  void F() {\n    var a = 1;\n    int b = 2;\n  }\n}\n', {
    var: 1,
    named: 1,
  }),
  inLanguage(
    'csharp',
    'privateMembers',
    'class A {\n  private readonly int _b;\n  private int c;\n  private int m_d;\n}\n',
    {
      underscore: 1,
      keyword: 1,
      prefixed: 1,
    },
  ),
  inLanguage('cpp', 'privateMembers', 'a_ = 1;\nm_b = 2;\nthis->_c = 3;\n', {
    trailing: 1,
    prefixed: 1,
    underscore: 1,
  }),
];
