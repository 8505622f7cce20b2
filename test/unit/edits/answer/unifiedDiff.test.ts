import assert from 'node:assert/strict';
import { shown } from './shownProposals.ts';

const inFence = (diff: string) => `Do it:\n\n\`\`\`diff\n${diff}\`\`\`\n\nThat is all.\n`;

describe('unified diffs', () => {
  const diff = '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -3,3 +3,3 @@ f()\n x\n-a\n+b\n y\n';

  it('are read in a code block and in prose, with the headers of Git or without', () => {
    const expected = ['src/a.ts: -x|a|y +x|b|y @3'];
    const git = `diff --git a/src/a.ts b/src/a.ts\nindex 1234567..89abcde 100644\n${diff}`;
    for (const each of [diff, git, diff.replaceAll(/[ab]\//g, ''), diff.replace('.ts\n', '.ts\t2026-01-01 00:00:00\n')])
      assert.deepEqual([shown(inFence(each)), shown(`${each}\nText, - and more.\n`)], [expected, expected], each);
    assert.deepEqual(shown(inFence(diff).replaceAll('\n', '\r\n')), expected);
  });

  it('are read in a list', () => {
    const inList = inFence(diff).replaceAll(/^/gm, '   ');
    assert.deepEqual(shown(`1. First:\n${inList}`), ['src/a.ts: -x|a|y +x|b|y @3']);
  });

  it('may have several hunks and files', () => {
    const two = `${diff}@@ -9 +9,2 @@\n z\n+c\n--- a/b.ts\n+++ b/b.ts\n@@ -1 +1 @@\n-p\n+q\n`;
    const expected = ['src/a.ts: -x|a|y +x|b|y @3', 'src/a.ts: -z +z|c @9', 'b.ts: -p +q @1'];
    assert.deepEqual([shown(inFence(two)), shown(two)], [expected, expected]);
  });

  it('may lack what models lack', () => {
    assert.deepEqual(shown(inFence('--- src/a.ts\n+++ src/a.ts\n@@ ... @@\n x\n-a\n+b\n')), ['src/a.ts: -x|a +x|b']);
    assert.deepEqual(shown(inFence('--- src/a.ts\n+++ src/a.ts\n-a\n+b\n')), ['src/a.ts: -a +b'], 'no hunk header');
    assert.deepEqual(shown(inFence('@@ @@\n-a\n+b\n'), { files: ['c.ts'] }), ['c.ts: -a +b'], 'no file header');
    assert.deepEqual(shown(`src/c.ts\n\`\`\`diff\n-a\n+b\n\`\`\`\n`), ['src/c.ts: -a +b'], 'a path above');
    assert.deepEqual(
      shown(inFence('--- a/a.ts\n+++ b/a.ts\n@@ @@\nx\n\n-a\n+b\n\ny\n\n')),
      ['a.ts: -x||a||y +x||b||y'],
      'no blank before context',
    );
    assert.deepEqual(shown(inFence('--- original\n+++ modified\n@@ @@\n-a\n+b\n'), { files: ['c.ts'] }), [
      'c.ts: -a +b',
    ]);
    assert.deepEqual(shown('```\n--- a/a.ts\n+++ b/a.ts\n@@ @@\n-a\n+b\n```\n'), ['a.ts: -a +b'], 'no language');
  });

  it('create, delete and rename', () => {
    assert.deepEqual(shown(inFence('--- /dev/null\n+++ b/a.ts\n@@ -0,0 +1,2 @@\n+a\n+b\n')), ['a.ts: new a|b']);
    assert.deepEqual(shown(inFence('diff --git a/a.ts b/a.ts\nnew file mode 100644\nindex 0000000..e69de29\n')), [
      'a.ts: new ',
    ]);
    assert.deepEqual(shown(inFence('--- a/a.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n')), ['a.ts: delete']);
    const renamed = 'diff --git a/x.ts b/y.ts\nsimilarity index 90%\nrename from x.ts\nrename to y.ts\n';
    assert.deepEqual(shown(inFence(renamed)), ['x.ts: to y.ts']);
    assert.deepEqual(shown(inFence(`${renamed}--- a/x.ts\n+++ b/y.ts\n@@ -1 +1 @@\n-a\n+b\n${renamed}`)), [
      'x.ts: to y.ts',
      'y.ts: -a +b @1',
      'x.ts: to y.ts',
    ]);
  });

  it('say whether the last line has an end', () => {
    const end = '\\ No newline at end of file\n';
    const at = '--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n';
    assert.deepEqual(shown(inFence(`${at}-a\n${end}+b\n`)), ['a.ts: -a +b @1 newline']);
    assert.deepEqual(shown(inFence(`${at}-a\n+a\n${end}`)), ['a.ts: -a +a @1 no newline']);
    assert.deepEqual(shown(inFence(`${at}-a\n${end}+b\n${end}`)), ['a.ts: -a +b @1 no newline']);
    assert.deepEqual(shown(inFence(`--- /dev/null\n+++ b/a.ts\n@@ -0,0 +1 @@\n+a\n${end}`)), [
      'a.ts: new a no newline',
    ]);
  });

  it('have paths as the context names them', () => {
    const files = ['run', 'a/x.ts', 'y.ts'];
    assert.deepEqual(shown(inFence('--- run\n+++ run\n@@ @@\n-a\n+b\n'), { files }), ['run: -a +b']);
    assert.deepEqual(shown(inFence('--- a/a/x.ts\n+++ b/a/x.ts\n@@ @@\n-a\n+b\n'), { files }), ['a/x.ts: -a +b']);
  });

  it('have paths as Git quotes them', () => {
    const quoted = '--- "a/\\303\\244 \\"b\\".ts"\n+++ "b/\\303\\244 \\"b\\".ts"\n@@ -1 +1 @@\n-a\n+b\n';
    assert.deepEqual(shown(inFence(quoted)), ['ä "b".ts: -a +b @1']);
  });

  it('tell removed lines from headers', () => {
    const sql = '--- a/a.sql\n+++ b/a.sql\n@@ -1,2 +1,2 @@\n--- old comment\n+++ new comment\n x\n';
    assert.deepEqual(shown(inFence(sql)), ['a.sql: --- old comment|x +++ new comment|x @1']);
  });

  it('contain code blocks', () => {
    const readme = '--- a/README.md\n+++ b/README.md\n@@ -1,3 +1,3 @@\n ```sh\n-a\n+b\n ```\n';
    assert.deepEqual(shown(inFence(readme)), ['README.md: -```sh|a|``` +```sh|b|``` @1']);
  });

  it('in prose end where their numbers say', () => {
    assert.deepEqual(shown(`${diff}- a list\n+ more\n`), ['src/a.ts: -x|a|y +x|b|y @3']);
  });

  it('of binary files, of copies and without a path are refused', () => {
    const binary = 'diff --git a/a.png b/a.png\nindex 1..2\nBinary files a/a.png and b/a.png differ\n';
    assert.deepEqual(shown(inFence(binary)), ['a.png: it is a patch of a binary file']);
    assert.deepEqual(shown(inFence('diff --git a/a.ts b/b.ts\ncopy from a.ts\ncopy to b.ts\n')), [
      '?: it copies a file',
    ]);
    assert.deepEqual(shown(inFence('@@ @@\n-a\n+b\n')), ['?: noPath']);
    assert.deepEqual(
      shown(inFence('--- a/x.ts\n+++ b/y.ts\n@@ @@\n-a\n+b\n')),
      ['?: noPath'],
      'two names and no renaming',
    );
  });

  it('that are cut off are unfinished where they are', () => {
    assert.deepEqual(shown(`\`\`\`diff\n${diff}@@ -9 +9 @@\n-c\n`), [
      'src/a.ts: -x|a|y +x|b|y @3',
      'src/a.ts: unfinished',
    ]);
    assert.deepEqual(shown('```diff\n--- a/a.ts\n+++ b/a.ts\n'), ['a.ts: unfinished']);
    assert.deepEqual(shown('```diff\n--- a/a.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n'), ['a.ts: unfinished']);
  });
});
