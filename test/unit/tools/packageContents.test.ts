import assert from 'node:assert/strict';
import { contentProblems } from '../../../tools/packageContents.mjs';

const target = {
  binaries: ['@node-llama-cpp/linux-x64', '@lancedb/lancedb-linux-x64-gnu', '@koromix/koffi-linux-x64'],
};
const addon = 'dist/node_modules/@node-llama-cpp/linux-x64/bins/linux-x64/llama-addon.node';
const lance = 'dist/node_modules/@lancedb/lancedb-linux-x64-gnu/lancedb.linux-x64-gnu.node';
const koffi = 'dist/node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node';

/** A package with every file that must be there: what is missing from an empty one. */
const complete = contentProblems([], target).map((problem) => problem.split(': ')[1] ?? '');

describe('the allow-list of the package', () => {
  it('asks for the manifest, the programs, the models, the binaries and the licences', () => {
    const programs = ['extension.cjs', 'server.js', 'modelHost.js', 'indexHost.js', 'fileWorker.js', 'trainer.js'];
    const models = ['models/starter.gguf', 'models/starter-embedder.safetensors', 'models/general-code.jsonl'];
    const licences = ['ThirdPartyNotices.txt', 'ThirdPartyNotices.LanceDB.html'];
    for (const file of [
      'package.json',
      ...programs.map((name) => `dist/${name}`),
      ...models,
      addon,
      lance,
      koffi,
      ...licences,
    ])
      assert(complete.includes(file), file);
  });

  it('asks for no binary that its platform does not have', () => {
    const without = contentProblems([], { binaries: ['@node-llama-cpp/linux-armv7l'] });
    assert(!without.some((problem) => problem.includes('@lancedb')));
  });

  it('is content with a complete package', () => {
    const fine = [
      'l10n/bundle.l10n.json',
      'media/icon.png',
      'dist/grammars/tree-sitter-go.wasm',
      'dist/node_modules/ipull/node_modules/pretty-ms/license',
      'dist/node_modules/node-llama-cpp/dist/bindings/Llama.js',
      addon.replace('llama-addon.node', 'libggml-cpu-x64.so'),
      koffi.replace('linux_x64', 'musl_x64'),
    ];
    assert.deepEqual(contentProblems([...complete, ...fine], target), []);
  });

  for (const file of [
    'src/extension.ts',
    '.env',
    'dist/server.js.map',
    'models/huge.gguf',
    'out/result.json',
    'node_modules/node-llama-cpp/dist/index.js',
    'dist/node_modules/node-llama-cpp/dist/index.d.ts',
    'dist/node_modules/node-llama-cpp/llama/gitRelease.bundle',
    'dist/node_modules/unknown-package/index.js',
    'dist/node_modules/@node-llama-cpp/linux-x64-cuda/bins/linux-x64-cuda/libggml-cuda.so',
    'dist/node_modules/@node-llama-cpp/linux-x64/bins/linux-x64/install.sh',
    'dist/node_modules/@lancedb/lancedb-linux-x64-gnu/install.js',
    'dist/node_modules/@lancedb/lancedb-linux-x64-musl/lancedb.linux-x64-musl.node',
    'dist/node_modules/@lancedb/lancedb/dist/index.js',
    'dist/node_modules/koffi/src/koffi/CMakeLists.txt',
    'dist/node_modules/@koromix/koffi-linux-arm64/linux_arm64/koffi.node',
  ])
    it(`names ${file} as unexpected`, () => {
      assert.deepEqual(contentProblems([...complete, file], target), [`Unexpected file in the package: ${file}`]);
    });

  it('names a missing file', () => {
    const rest = complete.filter((file) => file !== addon);
    assert.deepEqual(contentProblems(rest, target), [`Missing from the package: ${addon}`]);
  });
});
