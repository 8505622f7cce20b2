import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { URI } from 'vscode-uri';
import {
  createIndentStyles,
  detectIndent,
  resolveIndent,
} from '../../../../../src/inference/completion/blocks/indentStyle.ts';

const styleOf = (path: string, text = '', languageId = 'none') =>
  createIndentStyles()({ uri: URI.file(path).toString(), languageId, text });

describe('detectIndent', () => {
  const detected: readonly (readonly [text: string, languageId: string, style: string])[] = [
    ['if (a) {\n  b();\n}\n', 'java', 'spaces 2'],
    ['if (a) {\n    b {\n        c();\n', 'typescript', 'spaces 4'],
    ['if (a) {\n\tb();\n}\n', 'typescript', 'tabs 4'],
    ['/**\n * Doc.\n */\nclass A {\n    b;\n', 'typescript', 'spaces 4'],
    ['foo(a,\n    b);\nif (a) {\n  b();\n}\nif (c) {\n  d();\n', 'typescript', 'spaces 2'],
    ['a\n', 'python', 'spaces 4'],
    ['', 'go', 'tabs 4'],
    ['', 'typescript', 'spaces 2'],
  ];
  for (const [text, languageId, style] of detected) {
    it(`${style} in ${languageId}: ${JSON.stringify(text)}`, () => {
      const { insertSpaces, size } = detectIndent(text, languageId);
      assert.equal(`${insertSpaces ? 'spaces' : 'tabs'} ${size}`, style);
    });
  }

  it('finds any style that a text is written in', () =>
    fc.assert(
      fc.property(fc.constantFrom(2, 3, 4, 8), fc.array(fc.nat(3), { minLength: 5 }), (size, levels) => {
        const text = ['a', 'b', ...levels]
          .map((level, i) => `${' '.repeat(size * (i < 2 ? i : Number(level)))}x\n`)
          .join('');
        const up = levels.map((level, i) => level - (levels[i - 1] ?? 1)).filter((step) => step > 1).length;
        fc.pre(up === 0);
        assert.deepEqual(detectIndent(text, 'none'), { insertSpaces: true, size });
      }),
      { seed: 1, numRuns: 200 },
    ));
});

describe('resolveIndent', () => {
  const detected = { insertSpaces: true, size: 2 };
  it('takes the width of tabs for tabs', () => {
    assert.deepEqual(resolveIndent({ indent_style: 'tab', tab_width: '8', indent_size: '4' }, detected), {
      insertSpaces: false,
      size: 8,
    });
    assert.deepEqual(resolveIndent({ indent_style: 'tab', indent_size: 'tab' }, detected), {
      insertSpaces: false,
      size: 2,
    });
  });

  it('takes the width of tabs for spaces where the file says so', () => {
    assert.deepEqual(resolveIndent({ indent_style: 'space', indent_size: 'tab', tab_width: '3' }, detected), {
      insertSpaces: true,
      size: 3,
    });
  });

  it('does not believe nonsense', () => {
    for (const indent_size of ['0', '-1', '99999999', 'x', '2.5'])
      assert.deepEqual(resolveIndent({ indent_size }, detected), detected);
  });
});

describe('createIndentStyles', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'hearth-indent-'));
    writeFileSync(
      join(root, '.editorconfig'),
      'root = true\n[*]\nindent_style = space\nindent_size = 3\n[*.go]\nindent_style = tab\ntab_width = 8\n',
    );
    mkdirSync(join(root, 'src'));
    writeFileSync(join(root, 'src', '.editorconfig'), '[*.{ts,js}]\r\nindent_size = 5\r\n');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('asks the .editorconfig files from the farthest to the nearest', async () => {
    assert.deepEqual(await styleOf(join(root, 'a.ts'), 'a\n    b\n'), { insertSpaces: true, size: 3 });
    assert.deepEqual(await styleOf(join(root, 'src', 'a.ts')), { insertSpaces: true, size: 5 });
    assert.deepEqual(await styleOf(join(root, 'src', 'deep', 'a.go')), { insertSpaces: false, size: 8 });
  });

  it('looks at the text of an untitled document only', async () => {
    const style = await createIndentStyles()({ uri: 'untitled:Untitled-1', languageId: 'none', text: 'a\n    b\n' });
    assert.deepEqual(style, { insertSpaces: true, size: 4 });
  });

  it('takes a folder by that name for no file', async () => {
    mkdirSync(join(root, 'src', 'odd', '.editorconfig'), { recursive: true });
    assert.deepEqual(await styleOf(join(root, 'src', 'odd', 'a.ts')), { insertSpaces: true, size: 5 });
  });
});
