import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { looseEnds, medianLines, poorNames, privateWords, tooLong, undocumented, unpinned } from './tidy/house.ts';
import { cycles, layerNames, layerViolations, strayHeavyImports } from './tidy/layers.ts';
import { importsOf, projectFiles, type SourceFile } from './tidy/sourceFile.ts';

/** The promises of docs/architecture.md and CONTRIBUTING.md that a machine can keep; each scanner is shown to bite. */
const root = join(import.meta.dirname, '..', '..');
/** What a scanner looks for is written with a bar in it here, or the scanner would find this file. */
const joined = (text: string): string => text.replace('|', '');
const file = (path: string, text: string): SourceFile => ({ path, text });

describe('the project is tidy', () => {
  let files: SourceFile[] = [];
  before(() => {
    files = projectFiles(root);
  });
  const manifests = ['package.json', 'tools/vscodeHost/package.json'].map((path) =>
    JSON.parse(readFileSync(join(root, path), 'utf8')),
  );

  it('imports only downwards', () => {
    assert.deepEqual(layerViolations(files), []);
    assert.deepEqual(
      layerViolations([
        file('src/base/a.ts', "import { b } from '../protocol/b.ts';\n"),
        file('src/inference/c.ts', "import type { E } from '../personalize/e.ts';\n"),
        file('src/editor/d.ts', "const x = await import('../inference/c.ts');\n"),
        file('src/new/f.ts', ''),
      ]),
      [
        'src/base/a.ts -> src/protocol/b.ts',
        'src/inference/c.ts -> src/personalize/e.ts',
        'src/editor/d.ts -> src/inference/c.ts',
        'src/new/f.ts belongs to no layer',
      ],
    );
  });

  it('has every layer in docs/architecture.md', () => {
    const document = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');
    assert.deepEqual(
      layerNames().filter((name) => !document.includes(`src/${name}`)),
      [],
    );
  });

  it('has no import cycles', () => {
    assert.deepEqual(cycles(files), []);
    assert.deepEqual(
      cycles([
        file('src/base/a.ts', "import { b } from './b.ts';\n"),
        file('src/base/b.ts', "import type { C } from './c.ts';\n"),
        file('src/base/c.ts', "export { a } from './a.ts';\n"),
      ]),
      ['src/base/a.ts -> src/base/b.ts -> src/base/c.ts -> src/base/a.ts'],
    );
  });

  it('loads each heavy module in one place', () => {
    assert.deepEqual(strayHeavyImports(files), []);
    assert.deepEqual(
      strayHeavyImports([
        file('src/inference/host/a.ts', "import type { Llama } from 'node-llama-cpp';\n"),
        file('src/inference/host/b.ts', "import { getLlama } from 'node-llama-cpp';\n"),
        file('src/protocol/c.ts', "import * as vscode from 'vscode';\n"),
        file('src/personalize/events/d.ts', "import { DatabaseSync } from 'node:sqlite';\n"),
        file('src/personalize/events/e.ts', "const sqlite = await import('node:sqlite');\n"),
      ]),
      [
        'src/inference/host/b.ts: node-llama-cpp',
        'src/protocol/c.ts: vscode',
        'src/personalize/events/d.ts: node:sqlite',
      ],
    );
  });

  it('keeps files short', () => {
    assert.deepEqual(tooLong(files), []);
    assert.ok(medianLines(files) < 120, `the median file of src/ has ${medianLines(files)} lines`);
    assert.deepEqual(tooLong([file('src/a.ts', 'x;\n'.repeat(401)), file('src/b.ts', 'x;\n'.repeat(400))]), [
      'src/a.ts: 401 lines',
    ]);
    assert.equal(medianLines([file('src/a.ts', 'x\n'), file('src/b.ts', 'x\nx\n'), file('src/c.ts', 'x\nx\nx')]), 2);
  });

  it('names files after what they do', () => {
    assert.deepEqual(poorNames(files), []);
    const poor = ['src/index.ts', 'src/base/stringUtils.ts', 'test/helper.ts', 'src/modelManager.ts'];
    assert.deepEqual(poorNames([...poor, 'src/utility.ts'].map((path) => file(path, ''))), poor);
  });

  it('leaves nothing open', () => {
    assert.deepEqual(looseEnds(files), []);
    const open = ['// TO|DO', '// @ts-|ignore', 'it.|only(', 'x as |any;', 'f(a: |any)', 'Map<string, |any>'].map(
      joined,
    );
    assert.equal(looseEnds(open.map((text, at) => file(`src/${at}.ts`, text))).length, open.length);
    assert.deepEqual(looseEnds([file('src/a.ts', '// at any time: any client, any LSP')]), []);
  });

  it('needs nothing of the place where it was written', () => {
    assert.deepEqual(privateWords(files), []);
    const words = ['/wo|rk/main/x', '../sha|red/docs', '.lib|rary/env', 'https://regis|try.example.org/x'].map(joined);
    assert.equal(privateWords(words.map((text) => file('docs/x.md', text))).length, words.length);
  });

  it('pins every dependency', () => {
    assert.deepEqual(manifests.flatMap(unpinned), []);
    const loose = { dependencies: { a: '^1.0.0', b: '1.0.0' }, devDependencies: { c: 'latest' } };
    assert.deepEqual(unpinned(loose), ['a: ^1.0.0', 'c: latest']);
  });

  it('explains every dependency', () => {
    const document = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8');
    assert.deepEqual(
      manifests.flatMap((manifest) => undocumented(manifest, document)),
      [],
    );
    assert.deepEqual(undocumented({ dependencies: { a: '1.0.0', b: '2.0.0' } }, '| `a` | 1.0.0 | MIT |\n'), [
      'b 2.0.0',
    ]);
  });
});

describe('importsOf', () => {
  it('sees every kind of import and no comment', () => {
    const text = [
      "import a from './a.ts';",
      'import {',
      '  b,',
      "} from './b.ts';",
      "import type { C } from './c.ts';",
      "import './d.ts';",
      "export * from './e.ts';",
      "const f = await import('./f.ts');",
      "type G = typeof import('./g.ts');",
      "// import h from './h.ts';",
      "const text = 'no import';",
    ].join('\n');
    assert.deepEqual(
      importsOf(file('src/x.ts', text)).map(({ from, kind }) => `${from} ${kind}`),
      [
        './a.ts static',
        './b.ts static',
        './c.ts type',
        './d.ts static',
        './e.ts static',
        './f.ts dynamic',
        './g.ts type',
      ],
    );
  });
});
