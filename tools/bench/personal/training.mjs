import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { silentLogger } from '../../../src/base/logger.ts';
import { machineLimits } from '../../../src/engine/personal/machineLimits.ts';
import { modelInUse } from '../../../src/engine/personal/modelInUse.ts';
import { TrainerRun } from '../../../src/engine/personal/trainerRun.ts';
import { Trainings } from '../../../src/engine/personal/trainings.ts';
import { prepareTraining } from '../../../src/engine/personal/trainingSteps.ts';
import { AdapterStore } from '../../../src/personalize/adapters/adapterStore.ts';
import { createExampleBook } from '../../../src/personalize/examples/exampleBook.ts';
import { readGeneralCode } from '../../../src/personalize/general/generalCode.ts';
import { summaryOfCard } from '../../../src/personalize/proof/cardProof.ts';
import { TrainingRecords } from '../../../src/personalize/training/trainingRecord.ts';
import { root } from '../../install.mjs';

const trainerEntry = join(root, 'dist/trainer.js');
export const generalCode = () => readGeneralCode(join(root, 'models/general-code.jsonl'));
const never = new AbortController().signal;
const log = { ...silentLogger, warn: console.error, error: console.error };

/**
 * From recorded examples to an adapter that Hearth has trained, proven and kept, by the engine's own steps. Between the
 * first and the others its record is changed on the disk, as a run for experiments wants it: an interrupted training goes on
 * from there, too.
 *
 * @param {(options: object) => object} optionsFrom from the product's options to those of this run
 * @returns what came of it; `stack` is what the model is to run with, wherever Hearth would use it
 */
export async function train(examples, { folder, runner, optionsFrom }) {
  const store = await AdapterStore.open({ folder, log });
  const records = new TrainingRecords(join(folder, 'runs'));
  const tools = { book: createExampleBook(examples), general: generalCode, runner, store, records };
  const model = await modelInUse(runner, store);
  const record = await prepareTraining(tools, model, { place: { kind: 'personal' }, folder: '' }, never, () => {});
  const options = optionsFrom(record.options);
  await records.write({ ...record, options });
  const samplesPath = join(folder, 'samples.jsonl');
  copyFileSync(records.samplesPath(record.id), samplesPath);

  const trainings = new Trainings({
    ...tools,
    trainerEntry,
    folder,
    model: () => modelInUse(runner, store),
    workspaceFolder: () => '',
    gpu: () => 'off',
    log,
  });
  await trainings.goOn();
  await trainings.current?.ended;
  const { outcome } = trainings;
  if (outcome === undefined || outcome.kind === 'failed') throw new Error(`No training: ${JSON.stringify(outcome)}`);
  const card = (await store.list()).find(({ id }) => id === outcome.adapter);
  const used = (await store.stackFor(model.sha256, '')).adapters;
  return {
    outcome,
    options,
    examples: record.examples,
    proof: card?.proof ? summaryOfCard(card.proof) : undefined,
    training: card?.training,
    // What Hearth would not use is looked at all the same.
    stack: used.length > 0 || card === undefined ? used : [{ path: adapterPath(folder, card.id), scale: 1 }],
    samplesPath,
    modelPath: model.path,
  };
}

function adapterPath(folder, id) {
  return join(folder, 'adapters', id, 'adapter.gguf');
}

/** The same samples with other options, by the trainer alone: nothing is proven or kept. */
export async function trainAgain({ samplesPath, modelPath }, options, folder) {
  mkdirSync(folder, { recursive: true });
  const trainer = new TrainerRun({
    entry: trainerEntry,
    order: {
      order: 'train',
      modelPath,
      samplesPath,
      folder,
      below: [],
      options,
      gpu: 'off',
      ...(await machineLimits()),
    },
    modelName: 'Starter',
    onMessage: () => {},
    log,
  });
  try {
    return await trainer.run();
  } finally {
    await trainer[Symbol.asyncDispose]();
  }
}
