import assert from 'node:assert/strict';
import { silentLogger } from '../../../../../src/base/logger.ts';
import { proseOf } from '../../../../../src/engine/edits/action/prose.ts';
import { regionAround } from '../../../../../src/engine/edits/action/region.ts';
import { testFileFor } from '../../../../../src/engine/edits/action/testFile.ts';
import { createSyntax, type Syntax } from '../../../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from '../../../syntax/grammarFolder.ts';

/** The test file for a path among files. */
const find = (path: string, files: readonly string[]) =>
  testFileFor(path, async (folder) =>
    files.flatMap((file) => {
      const at = file.lastIndexOf('/');
      return (at < 0 ? '.' : file.slice(0, at)) === folder ? [file.slice(at + 1)] : [];
    }),
  );

describe('the region of a code action', () => {
  let grammars: ReturnType<typeof makeGrammarFolder>;
  let syntax: Syntax;
  before(() => {
    grammars = makeGrammarFolder();
    syntax = createSyntax({ grammarFolder: grammars.path, log: silentLogger });
  });
  after(() => {
    syntax[Symbol.dispose]();
    grammars[Symbol.dispose]();
  });
  const text = [
    'import { a } from "./a";', // 1
    '', // 2
    'export class Parser {', // 3
    '  /** The next. */', // 4
    '  next(): number {', // 5
    '    const here = this.at;', // 6
    '    return here + 1;', // 7
    '  }', // 8
    '  peek(): number { return this.at; }', // 9
    '}', // 10
    '',
  ].join('\n');
  const around = (startLine: number, endLine = startLine, languageId = 'typescript') =>
    regionAround(syntax, languageId, text, { startLine, endLine });

  it('is the innermost declaration around the lines', async () => {
    assert.deepEqual(await around(6), { startLine: 4, endLine: 8, name: 'Parser.next' });
    assert.deepEqual(await around(6, 9), { startLine: 3, endLine: 10, name: 'Parser' });
  });

  it('is the lines themselves outside of any, and where there is no grammar', async () => {
    assert.deepEqual(await around(2), { startLine: 2, endLine: 2 });
    assert.deepEqual(await around(6, 7, 'plaintext'), { startLine: 6, endLine: 7 });
    assert.deepEqual(await around(90, 99), { startLine: 3, endLine: 10, name: 'Parser' });
  });
});

describe('the file that tests go into', () => {
  it('is the one that there is', async () => {
    assert.deepEqual(await find('src/a.ts', ['src/a.ts', 'src/a.spec.ts']), { path: 'src/a.spec.ts', exists: true });
    assert.deepEqual(await find('src/x/a.ts', ['test/x/a.test.ts']), { path: 'test/x/a.test.ts', exists: true });
    assert.deepEqual(await find('pkg/m.py', ['tests/test_m.py']), { path: 'tests/test_m.py', exists: true });
  });

  it('is where its neighbours have theirs', async () => {
    assert.deepEqual(await find('src/a.ts', ['src/b.ts', 'src/b.spec.ts']), {
      path: 'src/a.spec.ts',
      exists: false,
      like: 'src/b.spec.ts',
    });
  });

  it('is by custom where there are none, and the file itself for tests and for Rust', async () => {
    assert.deepEqual(await find('a.go', []), { path: 'a_test.go', exists: false });
    assert.deepEqual(await find('src/main/java/x/A.java', []), { path: 'src/test/java/x/ATest.java', exists: false });
    assert.deepEqual(await find('src/a.test.ts', []), { path: 'src/a.test.ts', exists: true });
    assert.deepEqual(await find('src/lib.rs', ['src/lib.rs']), { path: 'src/lib.rs', exists: true });
    assert.equal(await find('Makefile', []), undefined);
  });
});

describe('what a model says beside its change', () => {
  it('is its words without blocks, code and paths', () => {
    const answer =
      'The name was misspelt.\n\nsrc/a.ts\n<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE\n\n```ts\ncode\n```\nDone.';
    assert.equal(proseOf(answer), 'The name was misspelt. Done.');
    assert.equal(proseOf('```ts\nunfinished'), '');
  });
});
