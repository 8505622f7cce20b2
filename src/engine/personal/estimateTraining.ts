import type { Logger } from '../../base/logger.ts';
import { chooseExamples } from '../../personalize/dataset/chosenExamples.ts';
import { encoded } from '../../personalize/dataset/encoded.ts';
import { startTrainer } from '../../personalize/training/trainerProcess.ts';
import { trainOptionsFor } from '../../personalize/training/trainOptions.ts';
import type { TrainingPlace } from '../../personalize/training/trainingRecord.ts';
import type { TrainingEstimate } from '../../protocol/personalMessages.ts';
import { ProblemError } from '../../protocol/problems.ts';
import { machineLimits } from './machineLimits.ts';
import type { ModelInUse } from './modelInUse.ts';
import { problemOf } from './trainerRun.ts';
import { encoderFor, examplesFor, type TrainingTools } from './trainingSteps.ts';

/** So many samples tell how long all of them are. */
const lookedAt = 24;
/** Reading, proving: beside what the trainer itself takes. */
const aroundSeconds = 20;

/** How long a training would take, and how much memory, without beginning it. Takes a second or two. */
export async function estimateTraining(
  tools: TrainingTools,
  model: ModelInUse | undefined,
  place: TrainingPlace,
  { trainerEntry, gpu, log }: { readonly trainerEntry: string; readonly gpu: 'auto' | 'off'; readonly log: Logger },
): Promise<TrainingEstimate> {
  try {
    if (model === undefined) throw new ProblemError({ code: 'training.noModel' });
    const { replay } = await tools.general();
    const examples = await examplesFor(tools.book, place);
    const choice = await chooseExamples(examples, { general: replay, seed: 1, pause: async () => {} });
    if (choice.kind === 'notEnough') throw new ProblemError({ code: 'training.notEnough', missing: choice.missing });
    const step = Math.max(1, Math.floor(choice.chosen.length / lookedAt));
    const some = choice.chosen.filter((_, at) => at % step === 0);
    const encoder = encoderFor(model, tools.runner, () => {});
    const { samples } = await encoded(some, encoder, new AbortController().signal);
    const mean = samples.reduce((sum, { tokens }) => sum + tokens.length, 0) / Math.max(1, samples.length);
    const { freeBytes, ...limits } = await machineLimits();
    await using trainer = startTrainer({
      entry: trainerEntry,
      order: {
        order: 'estimate',
        modelPath: model.path,
        gpu,
        ...limits,
        options: trainOptionsFor({ parameters: model.parameters, samples: choice.chosen.length }, 1),
        tokens: Math.round(mean * choice.chosen.length),
        longestTokens: encoder.contextTokens,
      },
      onMessage: () => {},
      log,
    });
    const end = await trainer.ended;
    if (end.kind !== 'estimate') throw problemOf(end.kind === 'done' ? { kind: 'cancelled' } : end, model.loaded.name);
    const { seconds, bytes, device } = end;
    return {
      ok: true,
      examples: choice.examples,
      seconds: Math.round(seconds + aroundSeconds),
      memoryBytes: bytes,
      freeBytes,
      device,
    };
  } catch (cause) {
    if (cause instanceof ProblemError) return { ok: false, problem: cause.problem };
    throw cause;
  }
}
