import assert from 'node:assert/strict';
import { matchBlock } from '../../../../src/edits/match/matchBlock.ts';
import { isRefusal } from '../../../../src/edits/refusal.ts';
import { edit } from './editing.ts';

const file = `def area(w, h):
    return w * h


def volume(w, h, d):
    # in litres
    total = area(w, h) * d
    return total
`;

/** A letter is a line. */
const hunk = (search: string, replace: string) =>
  ({ search: search.split(''), replace: replace.split(''), isHunk: true }) as const;

describe('a block', () => {
  it('that stands exactly once is replaced', async () => {
    assert.deepEqual(await edit(file, '    return w * h\n', '    return abs(w * h)\n'), {
      how: 'exact',
      text: file.replace('w * h', 'abs(w * h)'),
    });
  });

  it('keeps what a replacement method would take for a pattern', async () => {
    const { text } = Object(await edit('a\nb\n', 'a\n', "$& $$ $` $' $1\n"));
    assert.equal(text, "$& $$ $` $' $1\nb\n");
  });

  it('that stands twice is refused with both places', async () => {
    const twice = 'x = 1\ny = 2\nx = 1\n';
    assert.deepEqual(await edit(twice, 'x = 1\n', 'x = 2\n'), {
      refused: 'The search text stands twice: at lines 1 and 3. Add lines around it that stand at one of them only.',
    });
  });

  it('that stands once exactly and once but for blanks is the exact one', async () => {
    assert.deepEqual(await edit('x = 1\nif a:\n    x = 1\n', 'x = 1\n', 'x = 2\n'), {
      how: 'exact',
      text: 'x = 2\nif a:\n    x = 1\n',
    });
  });

  it('leaves blanks at line ends and blank lines as the file has them', async () => {
    const blanks = 'a \n\n\nb\t\nc\n';
    assert.deepEqual(await edit(blanks, 'a\nb\nc\n', 'a\nb\nd\n'), { how: 'trailing', text: 'a \n\n\nb\t\nd\n' });
    assert.deepEqual(await edit('a\nb\n', 'a\n\nb  \n', 'a\n\nx\nb  \n'), { how: 'trailing', text: 'a\nx\nb\n' });
    assert.deepEqual(await edit(blanks, 'a\n\nb\nc\n', 'a\nb\nc\n'), { how: 'trailing', text: 'a \n\nb\t\nc\n' });
  });

  it('is indented as the file is', async () => {
    const method = 'class A:\n    def f(self):\n        if x:\n            return 1\n';
    assert.deepEqual(
      await edit(
        method,
        'def f(self):\n    if x:\n        return 1\n',
        'def f(self):\n    if x:\n        y()\n        return 1\n    z()\n',
      ),
      {
        how: 'indentation',
        text: 'class A:\n    def f(self):\n        if x:\n            y()\n            return 1\n        z()\n',
      },
    );
    const tabs = 'f() {\n\tif (x) {\n\t\ta;\n\t}\n}\n';
    assert.deepEqual(
      await edit(tabs, '  if (x) {\n    a;\n  }\n', '  if (x) {\n    for (;;) {\n      a;\n    }\n  }\n'),
      {
        how: 'indentation',
        text: 'f() {\n\tif (x) {\n\t\tfor (;;) {\n\t\t\ta;\n\t\t}\n\t}\n}\n',
      },
    );
    const four = 'f() {\n    a;\n    b;\n}\n';
    assert.deepEqual(await edit(four, '\ta;\n', '\tif (x) {\n\t\ta;\n\t}\n'), {
      how: 'indentation',
      text: 'f() {\n    if (x) {\n        a;\n    }\n    b;\n}\n',
    });
  });

  it('with its first line outdented, as models begin at times, is indented right', async () => {
    assert.deepEqual(await edit('f:\n    a\n    b\n', 'a\n    b\n', 'c\n    b\n'), {
      how: 'part',
      text: 'f:\n    c\n    b\n',
    });
  });

  it('whose replacement alone is indented as the file is stays so', async () => {
    assert.deepEqual(
      await edit(
        'def f():\n    a()\n    return b\n',
        'a()\nreturn b\n',
        '    a()\n    if c:\n        d()\n    return b\n',
      ),
      {
        how: 'indentation',
        text: 'def f():\n    a()\n    if c:\n        d()\n    return b\n',
      },
    );
  });

  it('can be less indented than the place around it', async () => {
    assert.deepEqual(await edit('a:\n    b:\n        c\n', '    c\n', '    c\nd\n'), {
      how: 'indentation',
      text: 'a:\n    b:\n        c\n    d\n',
    });
  });

  it('nested in another way is another text', async () => {
    const nested = 'if a:\n    b\n    c\n';
    const { refused } = Object(await edit(nested, 'if a:\n    b\nc\n', 'if a:\n    b\nd\n'));
    assert.match(refused, /^The search text is not in the file/);
  });

  it('can be a part of a line', async () => {
    const html = '<label for="a" class="b">\n<input id="a">\n';
    assert.deepEqual(await edit(html, 'for="a"\n', 'for="c"\n'), {
      how: 'part',
      text: html.replace('for="a"', 'for="c"'),
    });
    assert.deepEqual(
      await edit('export function f() {\r\n  a;\r\n}\r\n', 'function f() {\n  a;\n', 'function g() {\n  a;\n'),
      {
        how: 'part',
        text: 'export function g() {\r\n  a;\r\n}\r\n',
      },
    );
    assert.ok('refused' in (await edit('targets\n', 'target\n', 'x\n')), 'not within a word');
    assert.ok('refused' in (await edit('call(call())\n', 'call\n', 'x\n')), 'not in two places of a line');
  });

  it('keeps line ends, a byte order mark and a missing last line end', async () => {
    assert.deepEqual(await edit('\uFEFFa\r\nb\r\nc', 'a\nb\n', 'a\nx\ny\n'), {
      how: 'exact',
      text: '\uFEFFa\r\nx\r\ny\r\nc',
    });
    assert.deepEqual(await edit('a\r\nb', 'b\n', 'x\ny\n'), { how: 'exact', text: 'a\r\nx\r\ny' });
    assert.deepEqual(await edit('a\nb\r\nc\n', 'a\nb\nc\n', 'a\nb\nd\n'), { how: 'exact', text: 'a\nb\r\nd\n' });
  });

  it('without search text fills a file that is empty, and no other', async () => {
    assert.deepEqual(await edit('', '', 'a\nb\n'), { how: 'exact', text: 'a\nb\n' });
    assert.deepEqual(await edit('\uFEFF', '\n', 'a\n'), { how: 'exact', text: '\uFEFFa\n' });
    assert.match(Object(await edit('x\n', '', 'a\n')).refused, /^The search text is empty, but the file is not/);
  });

  it('that stands nowhere is refused with the nearest place', async () => {
    assert.deepEqual(await edit(file, '    total = area(w, h) + d\n    return total\n', 'x\n'), {
      refused:
        'The search text is not in the file. Nearest is lines 7-8, which differs in line 7: it has "total = area(w, h) * d", not "total = area(w, h) + d".',
    });
    assert.deepEqual(await edit(file, 'return w + h + depth\n', 'x\n'), {
      refused:
        'The search text is not in the file. Nearest is line 2, which differs in line 2: it has "return w * h", not "return w + h + depth".',
    });
    assert.deepEqual(await edit(file, 'import os\n', 'x\n'), {
      refused: 'The search text is not in the file, nor anything like it.',
    });
  });

  it('that is done already says so', async () => {
    assert.deepEqual(await edit(file, '    return h * w\n', '    return w * h\n'), {
      refused: 'The search text is not in the file, and the replacement already is (line 2).',
    });
  });

  const slips: Readonly<Record<string, readonly [search: string, replace: string]>> = {
    'the line numbers of the prompt': [
      '6 |     # in litres\n7 |     total = area(w, h) * d\n',
      '6 |     # in litres\n7 |     total = d\n',
    ],
    'line numbers before tabs': [
      '6\t    # in litres\n7\t    total = area(w, h) * d\n',
      '6\t    # in litres\n    total = d\n',
    ],
    'code blocks of their own': ['```py\n    total = area(w, h) * d\n```\n', '```py\n    total = d\n```\n'],
    'the signs of a diff': ['-    total = area(w, h) * d\n', '+    total = d\n'],
  };
  for (const [what, [search, replace]] of Object.entries(slips))
    it(`is understood with ${what}`, async () => {
      assert.deepEqual(await edit(file, search, replace), {
        how: 'exact',
        text: file.replace('total = area(w, h) * d', 'total = d'),
      });
    });

  it('is what it says where that stands in the file', async () => {
    assert.deepEqual(await edit('1: a\n2: b\n', '1: a\n2: b\n', '1: a\n2: c\n'), {
      how: 'exact',
      text: '1: a\n2: c\n',
    });
    assert.deepEqual(await edit('x\n- a\n', '- a\n', '+ a\n'), { how: 'exact', text: 'x\n+ a\n' });
    assert.deepEqual(await edit('if (a < b)\n', 'if (a &lt; b)\n', 'if (a &lt;= b)\n'), {
      how: 'exact',
      text: 'if (a <= b)\n',
    });
  });

  it('that leaves code out is refused for that', async () => {
    assert.match(
      Object(await edit(file, 'def volume(w, h, d):\n    ...\n    return total\n', 'x\n')).refused,
      /^It leaves code out \("\.\.\."\)/,
    );
  });

  it('of a diff may have wrong lines around what it changes, two at each end', async () => {
    const text = 'a\nb\nc\nd\ne\nf\n';
    const place = async (search: string, replace: string) => {
      const found = await matchBlock(text, hunk(search, replace));
      return isRefusal(found)
        ? found.code
        : `${found.how} ${found.fuzz ?? 0} ${found.lines.start + 1}-${found.lines.end}`;
    };
    assert.equal(await place('abcdef', 'abxdef'), 'exact 0 1-6');
    assert.equal(await place('Abcde', 'Abxde'), 'exact 1 2-4');
    assert.equal(await place('ABcdEF', 'ABxdEF'), 'exact 2 3-4');
    assert.equal(await place('XYZcdEF', 'XYZxdEF'), 'notFound', 'three');
    assert.equal(await place('ABcEF', 'ABxEF'), 'notFound', 'too little is left');
    const { isHunk: _, ...block } = hunk('Abcde', 'Abxde');
    assert.ok(isRefusal(await matchBlock(text, block)), 'blocks are what they say');
  });
});
