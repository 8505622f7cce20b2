import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { cursorRequest } from '../../../../src/codeIndex/search/cursorRequest.ts';

function requestAt(fixture: string) {
  const [before = '', after = ''] = fixture.split('█');
  return cursorRequest({ before, after });
}

const names = (fixture: string): string => (requestAt(fixture).names ?? []).join(' ');

describe('cursorRequest: what to ask the index for a completion', () => {
  const cases: readonly (readonly [title: string, fixture: string, names: string])[] = [
    ['what is called at the cursor', 'const found = readAll(█)', 'readAll'],
    [
      'the nearest first, what comes after it last',
      'first(1);\nsecond(2);\nthird(█\nfourth()',
      'third second first fourth',
    ],
    ['what is called before what is only named', 'openFile(1);\nreader.speed = █', 'openFile speed reader'],
    ['types and classes like calls', 'const one: TokenCache = █', 'TokenCache'],
    ['not what this file declares', 'function local(){}\nlocal(imported(█', 'imported'],
    ['not what it takes apart or is given', 'const { inner } = wide();\n(given) => inner(given, █', 'wide'],
    ['not its own methods', 'class A {\n  step(x) {\n    this.step(other(█', 'other'],
    ['not words of the language', 'if (await fetchPage(█) return null;', 'fetchPage'],
    ['what it requires', "const { post, get2 } = require('./http');\npost(█", 'post http get2'],
    ['what it imports, though it is named there', "import { send } from './send.ts';\nsend(█", 'send'],
    [
      'Python',
      'from .a import load\n\ndef run(path):\n    rows = load(path)\n    rows.push_back(clean(█',
      'clean push_back load',
    ],
    ['Rust macros', 'let all = my_vec!(█', 'my_vec'],
    ['also what comes right after the cursor', 'x = █\nclosing(x)', 'closing'],
    ['nothing in an empty file', '█', ''],
  ];
  for (const [title, fixture, expected] of cases) it(title, () => assert.equal(names(fixture), expected));

  it('asks with the statement at the cursor, blank lines left out', () => {
    const { text, kind } = requestAt('one()\ntwo()\n\nthree(\n  █');
    assert.equal(kind, 'code');
    assert.equal(text, 'two()\nthree(\n  ');
  });

  it('takes no names out of comments', () => {
    assert.equal(names('// Returns SomeThing\n/**\n * Calls otherThing()\n */\n# yetAnother()\nrun(█'), 'run');
  });

  it('asks for few names, those of the last lines', () => {
    const found = names(`${Array.from({ length: 100 }, (_, at) => `step${at}()`).join('\n')}█`).split(' ');
    assert.equal(found[0], 'step99');
    assert.equal(found.length, 12);
  });

  it('is quick in a long line and a long file', () => {
    const start = performance.now();
    requestAt(`${'const a = (b) => c(d);\n'.repeat(20_000)}${'x'.repeat(200_000)}(█`);
    assert.ok(performance.now() - start < 500, `${performance.now() - start} ms`);
  });
});
