import { strict as assert } from 'node:assert';
import { silentLogger } from '../../../src/base/logger.ts';
import { importsIn } from '../../../src/syntax/imports.ts';
import { createSyntax, type Syntax } from '../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from './grammarFolder.ts';

/** One line per import: `specifier: name, name as local`, with `^` before what is exported again. */
const cases: Readonly<Record<string, { readonly code: string; readonly imports: readonly string[] }>> = {
  typescript: {
    code: `import a, { b as c, type D } from './x';
import * as ns from "y";
import type { T } from './t.ts';
import './side';
const q = require('./q'), { r, s: t } = require('./r');
export { z, y as default } from './z';
export * from './w';
export const own = 1;
const path = 'none';
`,
    imports: [
      './x: default as a, b as c, D',
      'y: * as ns',
      './t.ts: T',
      './side: ',
      './q: * as q',
      './r: r, s as t',
      '^./z: z, y as default',
      '^./w: *',
    ],
  },
  javascript: { code: "import { f } from '../f.js';\n", imports: ['../f.js: f'] },
  python: {
    code: `from .a import b, c as d
from . import e
from ..pkg.mod import *
import os, sys as system
import a.b.c
try:
    from fast import g
except ImportError:
    from slow import g
`,
    imports: [
      '^.a: b, c as d',
      '^.: e',
      '^..pkg.mod: *',
      'os: * as os',
      'sys: * as system',
      'a.b.c: * as a.b.c',
      '^fast: g',
      '^slow: g',
    ],
  },
  go: {
    code: 'package p\n\nimport "fmt"\nimport (\n\tm "example.com/x/util"\n\t"net/http"\n)\n',
    imports: ['fmt: * as fmt', 'example.com/x/util: * as m', 'net/http: * as http'],
  },
  rust: {
    code: `use crate::a::{B, c as d, self, e::F};
use super::x::Y;
pub use self::g::H;
use std::io;
use foo::*;
mod child;
mod inline { }
`,
    imports: [
      'crate::a: B',
      'crate::a: c as d',
      'crate::a: * as a',
      'crate::a::e: F',
      'super::x: Y',
      '^self::g: H',
      'std: io',
      'foo: *',
      'self::child: * as child',
    ],
  },
  java: {
    code: 'package a;\nimport a.b.C;\nimport static a.b.D.m;\nimport a.*;\n',
    imports: ['a.b.C: C', 'a.b.D: m', 'a: *'],
  },
  c: {
    code: '#ifndef H\n#define H\n#include "a/b.h"\n#include <stdio.h>\n#endif\n',
    imports: ['a/b.h: *', '<stdio.h>: *'],
  },
  cpp: { code: '#include "a.hpp"\n', imports: ['a.hpp: *'] },
  csharp: { code: 'using System;\nusing X = A.B;\n', imports: ['System: *', 'A.B: * as X'] },
  php: {
    code: `<?php
namespace App;
use App\\X\\Y;
use App\\{A, B as C};
require_once __DIR__ . '/x.php';
`,
    imports: ['App\\X\\Y: Y', 'App\\A: A', 'App\\B: B as C', './x.php: *'],
  },
  ruby: { code: "require 'a/b'\nrequire_relative 'c'\nputs 'd'\n", imports: ['a/b: *', './c: *'] },
  json: { code: '{}', imports: [] },
};

describe('importsIn', () => {
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

  for (const [languageId, { code, imports }] of Object.entries(cases)) {
    it(`reads ${languageId}`, async () => {
      using parsed = (await syntax.parse(languageId, code, 60_000)) ?? assert.fail();
      const found = importsIn(parsed).map(({ specifier, names, reexported }) => {
        const listed = names.map(({ name, local }) => (local === '' || local === name ? name : `${name} as ${local}`));
        return `${reexported ? '^' : ''}${specifier}: ${listed.join(', ')}`;
      });
      assert.deepEqual(found, imports);
    });
  }
});
