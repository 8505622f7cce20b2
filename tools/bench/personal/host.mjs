import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { silentLogger } from '../../../src/base/logger.ts';
import { encoderFor } from '../../../src/engine/personal/trainingSteps.ts';
import { promptBudget } from '../../../src/inference/completion/budget.ts';
import { fimFormats, lookUpOf } from '../../../src/inference/completion/fimFormats.ts';
import { createModelRunner } from '../../../src/inference/host/modelRunner.ts';
import { root } from '../../install.mjs';

const starter = { id: 'starter', name: 'Starter', path: join(root, 'models/starter.gguf'), fimFormat: 'starter' };
const lingerMs = 1_000;

/** The starter in a model host of its own, as the engine runs it, on the processor. */
export async function startHost(dataFolder) {
  mkdirSync(dataFolder);
  const runner = createModelRunner({
    entry: join(root, 'dist/modelHost.js'),
    dataFolder,
    gpu: 'off',
    threads: 0,
    fimFormats: fimFormats.map(lookUpOf),
    log: silentLogger,
    lingerMs,
  });
  const loaded = await runner.use(starter);
  const encoder = encoderFor({ loaded }, runner, () => {});
  const { snippetCharacters } = promptBudget(
    encoder.contextTokens,
    loaded.charactersPerToken,
    Number.POSITIVE_INFINITY,
  );
  return { runner, loaded, encoder, snippetCharacters, close: () => runner[Symbol.asyncDispose]() };
}
