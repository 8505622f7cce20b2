import { inLanguage, py, type TraitFixture, ts } from './traitFixture.ts';

/** Put together, because a word that is looked for in this repository must not stand in it. */
const mark = ['TO', 'DO'].join('');

export const commentFixtures: readonly TraitFixture[] = [
  ts(
    'commentLanguage',
    '// This is written in English.\n\n// 이것은 한국어 주석입니다.\n\n// これは日本語のコメントです\n\n// 这是中文注释\n\n// x\n',
    {
      english: 1,
      korean: 1,
      japanese: 1,
      chinese: 1,
    },
  ),
  ts(
    'commentLanguage',
    `// eslint-disable-next-line no-console for this line\n// ${mark} write a better one here\n`,
    {},
  ),
  ts('commentCase', '// Begins large here.\na();\n// begins small here\nb(); // `c` is a name\n', {
    capital: 1,
    small: 1,
  }),
  ts('commentCase', '// const a = b();\n// if (a) return;\n', {}),
  ts(
    'commentEnd',
    '// Ends with a stop.\n\n// ends without one\n\n// Two lines\n// are one remark.\n\n// what now?\n',
    { stop: 2, none: 1 },
  ),
  ts('commentPlace', '// above it\na(); // behind it\n/** Doc. */\n', { above: 1, behind: 1 }),
  ts('commentMarks', '// a line\n/* a block */\n/** a doc */\n', { line: 1, block: 1 }),
  py('commentEnd', '# Ends with a stop.\na = 1  # ends without a stop\n', { stop: 1, none: 1 }),

  ts('docComments', '/** Says. */\nexport function a() {}\n\nexport class B {}\n\nfunction c() {}\n', {
    written: 1,
    none: 1,
  }),
  inLanguage(
    'javascript',
    'docComments',
    '/** Says. */\nfunction a() {}\nfunction b() {}\nmodule.exports = { a, b };\n',
    { written: 1, none: 1 },
  ),
  py('docComments', 'def a():\n    """Says."""\n\ndef b(c: int = 1) -> None:\n    pass\n\nclass D:\n    \'says\'\n', {
    written: 2,
    none: 1,
  }),
  inLanguage('go', 'docComments', '// A says.\nfunc A() {}\n\nfunc B() {}\n\nfunc c() {}\n', { written: 1, none: 1 }),
  inLanguage('rust', 'docComments', '/// Says.\n#[inline]\npub fn a() {}\n\npub struct B;\n\nfn c() {}\n', {
    written: 1,
    none: 1,
  }),
  inLanguage('java', 'docComments', '/** Says. */\npublic class A {\n  @Override\n  public int b() {\n  }\n}\n', {
    written: 1,
    none: 1,
  }),
  inLanguage('csharp', 'docComments', '/// <summary>Says.</summary>\npublic class A {\n  public int B() { }\n}\n', {
    written: 1,
    none: 1,
  }),
  inLanguage('c', 'docComments', '/* Says. */\nint a(int b) {\n}\n\nint c(void) {\n}\n', { written: 1, none: 1 }),
  inLanguage('ruby', 'docComments', '# Says.\ndef a\nend\n\ndef b\nend\n', { written: 1, none: 1 }),
  inLanguage('php', 'docComments', '<?php\n/** Says. */\nclass A {\n  public function b() {}\n}\n', {
    written: 1,
    none: 1,
  }),
  ts('docTags', '/**\n * Says.\n * @param a What.\n */\n\n/** Only says. */\n', { tags: 1, prose: 1 }),
  py('docstrings', 'def a():\n    """Says.\n\n    Args:\n        b: What.\n    """\n', { google: 1 }),
  py('docstrings', 'def a():\n    """Says.\n\n    Parameters\n    ----------\n    b : int\n    """\n', { numpy: 1 }),
  py('docstrings', 'def a():\n    """Says.\n\n    :param b: What.\n    """\n', { sphinx: 1 }),
  py('docstrings', `def a():\n    """Says.\n${'\n    More.'.repeat(6)}\n    """\n\ndef b():\n    """Short."""\n`, {
    plain: 1,
  }),
];
