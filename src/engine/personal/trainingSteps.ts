import { randomInt, randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promptAt } from '../../inference/completion/promptAt.ts';
import type { ModelRunner } from '../../inference/host/modelRunner.ts';
import type { AdapterStore } from '../../personalize/adapters/adapterStore.ts';
import { readBaseModel } from '../../personalize/adapters/baseModel.ts';
import type { AdapterCard } from '../../personalize/adapters/card.ts';
import { chooseExamples } from '../../personalize/dataset/chosenExamples.ts';
import { encoded } from '../../personalize/dataset/encoded.ts';
import type { Encoder } from '../../personalize/dataset/encoder.ts';
import { fitting } from '../../personalize/dataset/fitting.ts';
import { writeSamples } from '../../personalize/dataset/sampleFile.ts';
import { maxCandidates } from '../../personalize/dataset/split.ts';
import type { Example } from '../../personalize/examples/example.ts';
import type { ExampleBook } from '../../personalize/examples/exampleBook.ts';
import type { GeneralCode } from '../../personalize/general/generalCode.ts';
import { cardProofOf } from '../../personalize/proof/cardProof.ts';
import { sampleTokens, trainOptionsFor } from '../../personalize/training/trainOptions.ts';
import type { TrainingPlace, TrainingRecord, TrainingRecords } from '../../personalize/training/trainingRecord.ts';
import type { TrainSummary } from '../../personalize/trainer/trainerProtocol.ts';
import { ProblemError } from '../../protocol/problems.ts';
import type { ModelInUse } from './modelInUse.ts';
import { neighbours } from './neighbours.ts';
import type { Proofs, Proven } from './proveTraining.ts';

/** What the steps of a training work with. */
export interface TrainingTools {
  readonly book: ExampleBook;
  readonly general: () => Promise<GeneralCode>;
  readonly runner: Pick<ModelRunner, 'encode' | 'score' | 'generate'>;
  readonly store: AdapterStore;
  readonly records: TrainingRecords;
}

type Training = TrainingRecord<Proofs>;

const pageSize = 500;

/** Step 1: from examples to a folder that holds all a training needs. Rejects with `training.notEnough`. */
export async function prepareTraining(
  tools: TrainingTools,
  model: ModelInUse,
  { place, folder }: Pick<Training, 'place' | 'folder'>,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Training> {
  const { book, records, store, runner } = tools;
  const general = await tools.general();
  const examples = await examplesFor(book, place);
  const seed = randomInt(2 ** 31);
  const pause = async () => {
    await nextTurn();
    signal.throwIfAborted();
  };
  const choice = await chooseExamples(examples, { general: general.replay, seed, pause });
  if (choice.kind === 'notEnough') throw new ProblemError({ code: 'training.notEnough', missing: choice.missing });
  const { chosen, heldOut } = choice;
  const places = chosen.length + heldOut.length + general.check.length;
  let done = 0;
  const encoder = (): Encoder => {
    const before = done;
    return encoderFor(model, runner, (more) => onProgress((done = before + more) / places));
  };
  const id = randomUUID();
  await records.make(id);
  try {
    await writeSamples(records.samplesPath(id), await encoded(chosen, encoder(), signal));
    const asked = await fitting(heldOut, encoder(), signal);
    const record: Training = {
      version: 1,
      id,
      place,
      folder,
      base: { sha256: model.sha256, name: model.loaded.name, path: model.path },
      startedMs: Date.now(),
      examples: choice.examples,
      newestMs: examples.reduce((newest, { atMs }) => Math.max(newest, atMs), 0),
      below: (await neighbours(store, { place, folder, sha256: model.sha256 })).below,
      options: trainOptionsFor({ parameters: model.parameters, samples: chosen.length }, seed),
      isPaused: false,
      proofs: {
        heldOut: asked.map(({ place: { path, languageId, prefix }, sample }) => ({ path, languageId, prefix, sample })),
        general: (await fitting(general.check, encoder(), signal)).map(({ sample }) => sample),
      },
    };
    await records.write(record);
    return record;
  } catch (cause) {
    // What was written so far is the user's code, and nobody goes on with it.
    await records.remove(id);
    throw cause;
  }
}

/** The user's examples that a training may look at, the newest first. */
export async function examplesFor(book: ExampleBook, place: TrainingPlace): Promise<readonly Example[]> {
  const examples: Example[] = [];
  let before: number | undefined;
  do {
    const { examples: page, next } = await book.page({
      forTraining: true,
      limit: pageSize,
      ...(place.kind === 'project' ? { folder: place.folder } : {}),
      ...(before === undefined ? {} : { before }),
    });
    examples.push(...page);
    before = next;
  } while (before !== undefined && examples.length < maxCandidates);
  return examples;
}

export function encoderFor(
  { loaded }: Pick<ModelInUse, 'loaded'>,
  runner: Pick<ModelRunner, 'encode'>,
  onProgress: (done: number) => void,
): Encoder {
  return {
    layOut: (place, contextTokens) => promptAt(place, loaded, contextTokens),
    encode: runner.encode,
    contextTokens: Math.min(sampleTokens, loaded.contextSize),
    onProgress,
    ...(loaded.fimEnd === undefined ? {} : { end: loaded.fimEnd }),
  };
}

/** Step 4: keeps the adapter with its proof, and uses it if it passed. Done twice, after a crash, it keeps it once. */
export async function keepAdapter(
  { store }: TrainingTools,
  { id: run, place, base, examples, options }: Training,
  summary: TrainSummary,
  { proof, path, scale }: Proven,
): Promise<AdapterCard> {
  const { preference: _, ...flat } = options;
  const kept = (await store.list()).find(({ training }) => training?.['run'] === run);
  const card =
    kept ??
    (await store.addFile(
      path,
      {
        name: new Date().toISOString().slice(0, 10),
        kind: place.kind,
        ...(place.kind === 'project' ? { folder: place.folder } : {}),
        examples,
        training: { ...flat, run, seconds: Math.round(summary.seconds), steps: summary.steps, device: summary.device },
        proof: cardProofOf(proof),
        notes: '',
      },
      await readBaseModel(base.path, base.sha256, base.name),
    ));
  if (proof.verdict === 'better') {
    const folder = place.kind === 'project' ? place.folder : '';
    await store.select({ base: base.sha256, folder }, { id: card.id, scale });
  }
  return card;
}
