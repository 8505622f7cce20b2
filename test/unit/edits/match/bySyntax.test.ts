import assert from 'node:assert/strict';
import { silentLogger } from '../../../../src/base/logger.ts';
import { createSyntax, type Syntax } from '../../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from '../../syntax/grammarFolder.ts';
import { edit } from './editing.ts';

const cart = `import { tax } from './tax';

export class Cart {
  private items: Item[] = [];

  /** Sum of all items. */
  total(): number {
    // In cents, so that nothing is lost.
    let sum = 0;
    for (const item of this.items) sum += item.price * item.count;
    return sum;
  }

  clear(): void {
    this.items = [];
  }
}

export class Wishlist {
  total(): number {
    return 0;
  }
}
`;

describe('a block found by syntax', () => {
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
  const inTypeScript = (file: string, search: string, replace: string) =>
    edit(file, search, replace, { syntax, languageId: 'typescript' });

  it('keeps the comments that the model forgot', async () => {
    const found = await inTypeScript(
      cart,
      'total(): number {\n  let sum = 0;\n  for (const item of this.items) sum += item.price * item.count;\n  return sum;\n}\n',
      'total(): number {\n  let sum = 0;\n  for (const item of this.items) sum += item.price * item.count;\n  return tax(sum);\n}\n',
    );
    assert.deepEqual(found, { how: 'syntax', text: cart.replace('return sum;', 'return tax(sum);') });
  });

  it('may be laid out in other lines', async () => {
    const file = 'function f() {\n  call(\n    one,\n    two\n  );\n  a();\n}\n';
    assert.deepEqual(
      await inTypeScript(
        file,
        'function f() {\n  call(one, two);\n  a();\n}\n',
        'function f() {\n  call(one, two);\n  b();\n}\n',
      ),
      {
        how: 'syntax',
        text: file.replace('a()', 'b()'),
      },
    );
    assert.deepEqual(
      await inTypeScript(
        file,
        'function f() {\n  call(one, two);\n  a();\n}\n',
        'function f() {\n  call(one);\n  a();\n}\n',
      ),
      {
        how: 'syntax',
        text: 'function f() {\n  call(one);\n  a();\n}\n',
      },
    );
  });

  it('may differ where nothing is to be changed', async () => {
    const found = await inTypeScript(
      cart,
      '  total(): number {\n    var sum = 0;\n    for (const item of this.items) sum += item.price * item.count;\n    return sum;\n  }\n',
      '  total(): number {\n    var sum = 0;\n    for (const item of this.items) sum += item.price * item.count;\n    return Math.max(sum, 0);\n  }\n',
    );
    assert.deepEqual(found, { how: 'syntax', text: cart.replace('return sum;', 'return Math.max(sum, 0);') });
  });

  it('is refused where the file differs just where it is to be changed', async () => {
    const found = await inTypeScript(
      cart,
      '  total(): number {\n    let sum = 1;\n    for (const item of this.items) sum += item.price * item.count;\n    return sum;\n  }\n',
      '  total(): number {\n    let sum = 2;\n    for (const item of this.items) sum += item.price * item.count;\n    return sum;\n  }\n',
    );
    assert.deepEqual(found, {
      refused:
        'The file differs from the search text where it is to be changed. It has, in lines 8-9:\n    // In cents, so that nothing is lost.\n    let sum = 0;',
    });
  });

  it('is none of another name, however alike', async () => {
    const twins = 'function readUser(id) {\n  return load("user", id);\n}\n';
    const { refused } = Object(
      await inTypeScript(twins, 'function readTeam(id) {\n  return  load("user", id);\n}\n', 'x\n'),
    );
    assert.match(refused, /^The search text is not in the file\. Nearest is lines 1-3/);
  });

  it('is refused when several are of that name and alike', async () => {
    const file = 'class A {\n  f() { a(); b(); }\n}\nclass B {\n  f() { a(); b(); }\n}\n';
    assert.deepEqual(await inTypeScript(file, 'f() {\n  a();\n  b();\n}\n', 'x\n'), {
      refused: 'The search text stands twice: at lines 2 and 5. Add lines around it that stand at one of them only.',
    });
  });

  it('without a name has to have the same tokens', async () => {
    const file = 'if (a) {\n  b(); // now\n  c();\n}\n';
    assert.deepEqual(await inTypeScript(file, 'if (a) {\n  b();\n  c();\n}\n', 'if (a) {\n  b();\n  d();\n}\n'), {
      how: 'syntax',
      text: 'if (a) {\n  b(); // now\n  d();\n}\n',
    });
    assert.ok(
      'refused' in (await inTypeScript(file, 'if (a) {\n  b();\n  e();\n}\n', 'if (a) {\n  x();\n  e();\n}\n')),
    );
  });

  it('replaces its comment together with it', async () => {
    const found = await inTypeScript(
      cart,
      '  /** Sum of everything. */\n  total(): number {\n    let sum = 0;\n    for (const item of this.items) sum += item.price * item.count;\n    return sum;\n  }\n',
      '  /** Sum in cents. */\n  total(): number {\n    let sum = 0;\n    for (const item of this.items) sum += item.price * item.count;\n    return sum;\n  }\n',
    );
    assert.deepEqual(found, { how: 'syntax', text: cart.replace('Sum of all items.', 'Sum in cents.') });
  });

  it('is no guess for a text that is broken or several things', async () => {
    for (const search of ['total(): number {\n  let sum = 0;\n', 'clear(): void {}\ntotal(): number {}\n'])
      assert.match(Object(await inTypeScript(cart, search, 'x\n')).refused, /^The search text is not in the file/);
  });

  const languages: readonly { readonly languageId: string; readonly file: string; readonly search: string }[] = [
    {
      languageId: 'python',
      file: 'class A:\n    def f(self):\n        # why\n        a()\n        return b\n',
      search: 'def f(self):\n    a()\n    return b\n',
    },
    {
      languageId: 'go',
      file: 'func (a *A) F() int {\n\t// why\n\ta.x()\n\treturn b\n}\n',
      search: 'func (a *A) F() int {\n  a.x()\n  return b\n}\n',
    },
    {
      languageId: 'rust',
      file: 'impl A {\n    fn f(&self) -> i32 {\n        // why\n        self.a();\n        return b;\n    }\n}\n',
      search: 'fn f(&self) -> i32 {\n    self.a();\n    return b;\n}\n',
    },
    {
      languageId: 'java',
      file: 'class A {\n  int f() {\n    // why\n    a();\n    return b;\n  }\n}\n',
      search: 'int f() {\n  a();\n  return b;\n}\n',
    },
    {
      languageId: 'csharp',
      file: 'class A {\n  int F() {\n    // why\n    a();\n    return b;\n  }\n}\n',
      search: 'int F() {\n  a();\n  return b;\n}\n',
    },
    {
      languageId: 'cpp',
      file: 'int A::f() {\n  // why\n  a();\n  return b;\n}\n',
      search: 'int A::f() {\n  a();\n  return b;\n}\n',
    },
    {
      languageId: 'c',
      file: 'static int f(void) {\n  /* why */\n  a();\n  return b;\n}\n',
      search: 'static int f(void) {\n  a();\n  return b;\n}\n',
    },
    {
      languageId: 'ruby',
      file: 'class A\n  def f\n    # why\n    a\n    return b\n  end\nend\n',
      search: 'def f\n  a\n  return b\nend\n',
    },
    {
      languageId: 'php',
      file: '<?php\nclass A {\n  function f() {\n    // why\n    a();\n    return b;\n  }\n}\n',
      search: 'function f() {\n  a();\n  return b;\n}\n',
    },
    {
      languageId: 'javascript',
      file: 'export const f = async () => {\n  // why\n  a();\n  return b;\n};\n',
      search: 'const f = async () => {\n  a();\n  return b;\n};\n',
    },
    { languageId: 'shellscript', file: 'f() {\n  # why\n  a\n  return b\n}\n', search: 'f() {\n  a\n  return b\n}\n' },
  ];
  for (const { languageId, file, search } of languages) {
    it(`works in ${languageId}`, async () => {
      assert.deepEqual(await edit(file, search, search.replace('return b', 'return c'), { syntax, languageId }), {
        how: 'syntax',
        text: file.replace('return b', 'return c'),
      });
    });
  }
});
