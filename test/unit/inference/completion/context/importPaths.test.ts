import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { importPaths } from '../../../../../src/inference/completion/context/importPaths.ts';
import { parsedLanguages } from '../../../../../src/syntax/grammars.ts';

interface Case {
  readonly from: string;
  readonly specifier: string;
  readonly name?: string;
  /** Must be among the candidates; the first of them before the second. */
  readonly finds: readonly string[];
}

const cases: Readonly<Record<string, readonly Case[]>> = {
  typescript: [
    { from: 'src/a/b.ts', specifier: './c', finds: ['src/a/c.ts', 'src/a/c.tsx', 'src/a/c/index.ts'] },
    { from: 'src/a/b.ts', specifier: '../c.ts', finds: ['src/c.ts'] },
    { from: 'src/a/b.ts', specifier: './c.js', finds: ['src/a/c.js', 'src/a/c.ts', 'src/a/c.tsx'] },
    { from: 'src/a/b.ts', specifier: './c.mjs', finds: ['src/a/c.mts'] },
    { from: 'src/a/b.ts', specifier: '..', finds: ['src/index.ts'] },
    { from: 'b.ts', specifier: './settings.model', finds: ['settings.model.ts'] },
  ],
  python: [
    { from: 'pkg/a/b.py', specifier: '.c', name: 'f', finds: ['pkg/a/c.py', 'pkg/a/c/__init__.py'] },
    { from: 'pkg/a/b.py', specifier: '..c.d', name: 'f', finds: ['pkg/c/d.py'] },
    { from: 'pkg/a/b.py', specifier: '.', name: 'e', finds: ['pkg/a/e.py', 'pkg/a/__init__.py'] },
    { from: 'pkg/a/b.py', specifier: 'pkg.c', name: 'f', finds: ['pkg/c.py', 'src/pkg/c.py'] },
    { from: 'lib/pkg/a.py', specifier: 'pkg.c', name: 'f', finds: ['lib/pkg/c.py'] },
  ],
  go: [{ from: 'cmd/main.go', specifier: 'example.com/me/app/internal/store', finds: ['internal/store/', 'store/'] }],
  rust: [
    { from: 'src/a/b.rs', specifier: 'crate::c', name: 'F', finds: ['src/c.rs', 'src/c/mod.rs'] },
    {
      from: 'crates/x/src/main.rs',
      specifier: 'crate',
      name: 'c',
      finds: ['crates/x/src/lib.rs', 'crates/x/src/c.rs'],
    },
    { from: 'src/a/b.rs', specifier: 'super::c', name: 'F', finds: ['src/a/c.rs'] },
    { from: 'src/lib.rs', specifier: 'self::c', name: '*', finds: ['src/c.rs', 'src/c/mod.rs'] },
    { from: 'src/a.rs', specifier: 'self::c', name: '*', finds: ['src/a/c.rs'] },
  ],
  java: [
    { from: 'app/src/main/java/me/A.java', specifier: 'me.b.C', name: 'C', finds: ['app/src/main/java/me/b/C.java'] },
  ],
  c: [{ from: 'src/a.c', specifier: 'b.h', finds: ['src/b.h', 'b.h', 'include/b.h'] }],
  cpp: [{ from: 'src/a.cc', specifier: 'x/b.hpp', finds: ['src/x/b.hpp', 'include/x/b.hpp'] }],
  php: [
    {
      from: 'app/A.php',
      specifier: 'App\\Models\\User',
      name: 'User',
      finds: ['src/Models/User.php', 'app/Models/User.php'],
    },
    { from: 'app/A.php', specifier: './b.php', finds: ['app/b.php'] },
  ],
  ruby: [
    { from: 'lib/a.rb', specifier: './b/c', finds: ['lib/b/c.rb'] },
    { from: 'lib/a.rb', specifier: 'b/c', finds: ['lib/b/c.rb'] },
  ],
};

const outside: readonly (readonly [languageId: string, from: string, specifier: string])[] = [
  ['typescript', 'src/a.ts', 'node:fs'],
  ['typescript', 'src/a.ts', '@scope/package'],
  ['typescript', 'a.ts', '../outside'],
  ['python', 'a.py', '...outside'],
  ['go', 'main.go', 'net/http'],
  ['rust', 'src/main.rs', 'std::io'],
  ['c', 'a.c', '<stdio.h>'],
  ['csharp', 'A.cs', 'System.IO'],
];

describe('importPaths', () => {
  for (const [languageId, each] of Object.entries(cases)) {
    for (const { from, specifier, name = '*', finds } of each) {
      it(`finds ${specifier} from ${from}`, () => {
        const paths = importPaths({ languageId, path: from }, specifier, name);
        assert.deepEqual(
          paths.filter((path) => finds.includes(path)),
          finds,
          paths.join(' '),
        );
      });
    }
  }

  for (const [languageId, path, specifier] of outside) {
    it(`does not look for ${specifier} from ${path}`, () => {
      assert.deepEqual(importPaths({ languageId, path }, specifier, '*'), []);
    });
  }

  it('never leaves the workspace folder', () => {
    const part = fc.constantFrom('..', '.', 'a', '/', 'b.c', '\\', '::', 'super', 'crate', 'example.com', '...', '//');
    fc.assert(
      fc.property(fc.constantFrom(...parsedLanguages()), fc.array(part), (languageId, parts) => {
        for (const separator of ['/', '::', '\\', '.', '']) {
          for (const path of importPaths({ languageId, path: 'a/b.x' }, parts.join(separator), 'c')) {
            assert.ok(!path.startsWith('/') && !path.split('/').includes('..'), path);
          }
        }
      }),
    );
  });
});
