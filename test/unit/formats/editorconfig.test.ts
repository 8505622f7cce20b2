import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { createEditorconfig, parseEditorconfig, propertiesOf } from '../../../src/formats/editorconfig.ts';
import { compileGlob } from '../../../src/formats/editorconfigGlob.ts';

const root = resolve('/project');
const make = (files: Record<string, string>) => {
  const clock = { ms: 0 };
  const reads: string[] = [];
  const lookUp = createEditorconfig(
    async (path) => {
      reads.push(path);
      return files[path];
    },
    () => clock.ms,
  );
  return { lookUp, clock, reads, files };
};

describe('compileGlob', () => {
  const cases: readonly (readonly [glob: string, yes: readonly string[], no: readonly string[]])[] = [
    ['*', ['a', 'src/a.ts'], []],
    ['*.ts', ['a.ts', 'src/deep/a.ts', '.ts'], ['a.tsx', 'a.ts/b']],
    ['/*.ts', ['a.ts'], ['src/a.ts']],
    ['src/*.ts', ['src/a.ts'], ['src/deep/a.ts', 'a/src/b.ts']],
    ['src/**.ts', ['src/a.ts', 'src/deep/a.ts'], ['a.ts']],
    ['src/**/*.ts', ['src/a.ts', 'src/deep/er/a.ts'], ['a.ts']],
    ['**/a.ts', ['a.ts', 'src/a.ts'], ['ba.ts']],
    ['?.ts', ['a.ts'], ['ab.ts', '.ts']],
    ['[ab].ts', ['a.ts', 'b.ts'], ['c.ts']],
    ['[!ab].ts', ['c.ts'], ['a.ts']],
    ['[a-c]?', ['bx'], ['dx']],
    ['*.{ts,js}', ['a.ts', 'a.js'], ['a.py', 'a.{ts,js}']],
    ['{a,b{c,d}}.x', ['a.x', 'bc.x', 'bd.x'], ['b.x']],
    ['{package.json,*.yml}', ['package.json', 'x/a.yml'], ['package.jsonx']],
    ['{single}.x', ['{single}.x'], ['single.x']],
    ['file{1..3}', ['file1', 'file3'], ['file4', 'file']],
    ['Makefile', ['Makefile', 'a/Makefile'], ['makefile']],
    ['a\\*b', ['a*b'], ['axb']],
    ['a[b', ['a[b'], ['ab']],
  ];
  for (const [glob, yes, no] of cases) {
    it(glob, () => {
      const applies = compileGlob(glob);
      for (const path of yes) assert.equal(applies(path), true, path);
      for (const path of no) assert.equal(applies(path), false, path);
    });
  }

  it('survives hostile patterns', () => {
    const path = `${'a'.repeat(3000)}!`;
    assert.equal(compileGlob('*a'.repeat(500))(path), false);
    assert.equal(compileGlob('{a,b}'.repeat(200))(path), false);
    assert.equal(compileGlob('{'.repeat(1000))(path), false);
    assert.equal(compileGlob('{1..999999999}')(path), false);
  });
});

describe('createEditorconfig', () => {
  it('reads each file once in a while, and notices a change after that', async () => {
    const at = join(root, '.editorconfig');
    const { lookUp, clock, reads, files } = make({ [at]: 'root=true\n[*]\nindent_size=2' });
    const file = join(root, 'a.ts');
    assert.deepEqual(await lookUp(file), { indent_size: '2' });
    files[at] = 'root=true\n[*]\nindent_size=7';
    assert.deepEqual(await lookUp(file), { indent_size: '2' });
    assert.equal(reads.length, 1);
    clock.ms = 20_000;
    assert.deepEqual(await lookUp(file), { indent_size: '7' });
  });

  it('understands comments, case, spaces, a byte order mark and unset', async () => {
    const text =
      '\ufeff; note\n# note\n\nROOT = True\n[*]\n  Indent_Style =  TAB \nindent_size = 4\n[*.md]\nindent_size = unset\n';
    const { lookUp } = make({ [join(root, '.editorconfig')]: text });
    assert.deepEqual(await lookUp(join(root, 'a.ts')), { indent_style: 'tab', indent_size: '4' });
    assert.deepEqual(await lookUp(join(root, 'a.md')), { indent_style: 'tab' });
  });

  it('stops at the root file', async () => {
    const { lookUp } = make({
      [join(root, '.editorconfig')]: '[*]\ntab_width=9',
      [join(root, 'in', '.editorconfig')]: 'root=true\n[*]\nindent_size=2',
    });
    assert.deepEqual(await lookUp(join(root, 'in', 'a.ts')), { indent_size: '2' });
  });

  it('passes on nothing but indentation', async () => {
    const { lookUp } = make({ [join(root, '.editorconfig')]: '[*]\nindent_size = 2\nmax_line_length = 100' });
    assert.deepEqual(await lookUp(join(root, 'a.ts')), { indent_size: '2' });
  });
});

describe('parseEditorconfig', () => {
  it('gives every property of a path, the last section first', () => {
    const file = parseEditorconfig(
      'root = true\nx = 1\n[*]\nmax_line_length = 100\ncharset = UTF-8\n[src/*.ts]\nmax_line_length = off\n',
    );
    assert.equal(file.isRoot, true);
    assert.deepEqual(propertiesOf(file, 'a.ts'), { max_line_length: '100', charset: 'utf-8' });
    assert.deepEqual(propertiesOf(file, 'src/a.ts'), { max_line_length: 'off', charset: 'utf-8' });
    assert.deepEqual(propertiesOf(parseEditorconfig(''), 'a.ts'), {});
  });
});
