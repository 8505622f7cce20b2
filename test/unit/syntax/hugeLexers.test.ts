import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isHugeLexer } from '../../../src/syntax/hugeLexers.ts';
import { makeGrammarFolder } from './grammarFolder.ts';

/** Larger functions than this are what the table is for. */
const hugeBytes = 45_000;
const codeSection = 10;

describe('grammars with huge lexers', () => {
  let folder: ReturnType<typeof makeGrammarFolder>;
  before(() => {
    folder = makeGrammarFolder();
  });
  after(() => folder[Symbol.dispose]());

  it('are exactly those of the table', () => {
    const grammars = readdirSync(folder.path).filter((file) => file.startsWith('tree-sitter-'));
    const found = grammars.filter((file) => largestFunction(readFileSync(join(folder.path, file))) > hugeBytes);
    assert.ok(found.length > 0);
    assert.deepEqual(grammars.filter(isHugeLexer), found);
  });

  it('are not optimised however much they are used, while everything else is', () => {
    const script = `
      import { silentLogger } from './src/base/logger.ts';
      import { createSyntax } from './src/syntax/syntax.ts';
      const syntax = createSyntax({ grammarFolder: process.argv[1], log: silentLogger });
      const text = 'for each in a b c; do\\n  echo "$each" | grep -v "x" > out.txt\\ndone\\n'.repeat(2000);
      for (let turn = 0; turn < 5; turn++) (await syntax.parse('shellscript', text, 60_000))?.[Symbol.dispose]();
    `;
    const args = ['--trace-wasm-compilation-times', '--input-type=module-typescript', '-e', script, folder.path];
    const said = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 64e6 });
    const optimised = Array.from(said.matchAll(/using TurboFan.*bodysize (\d+)/g), ([, bytes]) => Number(bytes));
    assert.ok(optimised.length > 0, 'nothing was optimised');
    assert.deepEqual(
      optimised.filter((bytes) => bytes > hugeBytes),
      [],
    );
  }).timeout(20_000);
});

/** Bytes of the longest function of a WebAssembly module. */
function largestFunction(module: Uint8Array): number {
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < module.length) {
    const section = module[at++];
    const length = number();
    const end = at + length;
    if (section === codeSection) {
      let largest = 0;
      for (let count = number(); count > 0; count--) {
        const bytes = number();
        largest = Math.max(largest, bytes);
        at += bytes;
      }
      return largest;
    }
    at = end;
  }
  return 0;
}
