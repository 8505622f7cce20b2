import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isImports } from '../../../../src/codeIndex/search/importsOnly.ts';

const cases: readonly (readonly [what: string, text: string, expected: boolean])[] = [
  ['imports', "import { a } from './a.ts';\nimport {\n  b,\n  c,\n} from './b.ts';\n\nconst limit = 3;", true],
  ['requires', "const { a } = require('./a');\nconst b = require('b');", true],
  ['re-exports', "export { a } from './a.ts';\nexport { b, c } from './b.ts';", true],
  ['Python', 'from .a import (\n    b,\n    c,\n)\nimport os', true],
  ['Go', 'import (\n\t"fmt"\n\t"os"\n)', true],
  ['includes', '#include <stdio.h>\n#include "a.h"', true],
  [
    'an import and what is done',
    "import { a } from './a.ts';\n\nfor (const each of a()) console.log(each.name, each.size);",
    false,
  ],
  ['statements', 'const limit = 3;\nconst names = load(limit);', false],
];

describe('isImports: chunks that say what a file uses', () => {
  for (const [what, text, expected] of cases)
    it(`${expected ? 'is' : 'is not'}: ${what}`, () => assert.equal(isImports({ kind: 'statements', text }), expected));

  it('is never a function', () => assert.ok(!isImports({ kind: 'function', text: 'import a' })));
});
