import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../../install.mjs';

/** What of the product prepares and orders a training, bundled from src/. The trainer itself is `dist/trainer.js`. */
const entry = `
export { silentLogger } from './src/base/logger.ts';
export { readGgufHeader } from './src/formats/gguf/ggufHeader.ts';
export { fimFormats, lookUpOf } from './src/inference/completion/fimFormats.ts';
export { promptAt } from './src/inference/completion/promptAt.ts';
export { createModelRunner } from './src/inference/host/modelRunner.ts';
export { encoded } from './src/personalize/dataset/encoded.ts';
export { replayFor } from './src/personalize/dataset/replay.ts';
export { writeSamples } from './src/personalize/dataset/sampleFile.ts';
export { readGeneralCode } from './src/personalize/general/generalCode.ts';
export { batchesOf } from './src/personalize/trainer/batches.ts';
export { modelShapeOf } from './src/personalize/trainer/modelShape.ts';
export { startTrainer } from './src/personalize/training/trainerProcess.ts';
export { sampleTokens, trainOptionsFor } from './src/personalize/training/trainOptions.ts';
`;

export async function importProduct() {
  const folder = join(root, 'out/bench');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, 'train.mjs');
  await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    bundle: true,
    outfile,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // They find their native binaries relative to their own files.
    external: ['node-llama-cpp', 'koffi'],
    banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}
