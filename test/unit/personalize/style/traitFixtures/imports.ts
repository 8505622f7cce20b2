import { inLanguage, py, type TraitFixture, ts } from './traitFixture.ts';

export const importFixtures: readonly TraitFixture[] = [
  ts('modules', "import a from 'a';\nconst b = require('b');\nawait import('c');\n", { import: 1, require: 1 }),
  ts(
    'nodePrefix',
    "import a from 'node:fs';\nimport b from 'fs/promises';\nconst c = require('path');\nimport d from 'react';\n",
    {
      prefixed: 1,
      bare: 2,
    },
  ),
  ts(
    'importEndings',
    "import a from './a.ts';\nimport b from '../b.js';\nimport c from './c';\nimport d from './d.css';\nimport e from 'e.js';\n",
    {
      ts: 1,
      js: 1,
      none: 1,
    },
  ),
  ts('relativeImports', "import a from 'a';\nimport b from './b';\n", { last: 1 }),
  ts('relativeImports', "import b from './b';\nimport a from 'a';\n", { first: 1 }),
  ts('relativeImports', "import b from './b';\nimport a from 'a';\nimport c from '@/c';\n", { mixed: 1 }),
  ts(
    'relativeImports',
    "import a from 'a';\nimport b from 'b';\n// import c from './c';\nconst d = `\nimport e from './e';\n`;\n",
    {},
  ),
  ts('builtinImports', "import a from 'node:fs';\nimport b from 'b';\nimport c from './c';\n", { first: 1 }),
  ts('builtinImports', "import b from 'b';\nimport a from 'fs';\n", { last: 1 }),
  ts('builtinImports', "import b from 'b';\nimport a from 'fs';\nimport c from 'c';\n", { mixed: 1 }),
  ts('importGroups', "import a from 'a';\n\nimport b from './b';\nimport c from './c';\n", { apart: 1 }),
  ts('importGroups', "import a from 'a';\nimport {\n  b,\n} from './b';\n", { together: 1 }),
  py('importGroups', 'import os\n\nimport numpy\nfrom . import a\n', { apart: 1, together: 1 }),
  inLanguage('go', 'importGroups', 'import (\n\t"fmt"\n\t"os"\n\n\tx "github.com/a/b"\n)\n', { apart: 1 }),
  ts('importSorting', "import a from 'a';\nimport b from 'b';\nimport c from './c';\nimport A from './A';\n", {
    sorted: 1,
    free: 1,
  }),
  ts(
    'importedNames',
    "import a from 'a';\nimport * as b from 'b';\nimport { c } from 'c';\nimport type { D } from 'd';\nimport e, { f } from 'f';\nimport './g';\n",
    {
      default: 1,
      namespace: 1,
      named: 3,
    },
  ),
  ts('exports', 'export const a = 1;\nexport function b() {}\nexport default c;\nexport { d };\n', {
    named: 2,
    default: 1,
  }),
  ts(
    'typeImports',
    "import type { A } from 'a';\nimport { type B } from 'b';\nimport { type C, d } from 'c';\nimport e from 'e';\n",
    { statement: 1, inline: 1 },
  ),
  ts(
    'distantImports',
    "import a from '@/a';\nimport b from '../b';\nimport c from './c';\nimport d from '@scope/d';\n",
    { alias: 1, relative: 1 },
  ),
  py('importForm', 'from a import b\nimport c\nimport d as e\n', { from: 1, module: 2 }),
  py(
    'ownImports',
    'from .a import b\nfrom app.c import d\nimport os\nimport e\n',
    { relative: 1, absolute: 1 },
    'app/x.py',
  ),
  py('relativeImports', 'import os\nfrom a import (\n    b,\n)\nfrom .c import d\n', { last: 1 }),
];
