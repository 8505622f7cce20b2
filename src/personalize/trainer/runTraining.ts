import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorText } from '../../base/logger.ts';
import { readSamples, type Samples } from '../dataset/sampleFile.ts';
import { writeAdapter } from './adapterOut.ts';
import { moduleNames } from './architectures.ts';
import { loadBaseModel } from './baseModel.ts';
import { openDevice } from './device.ts';
import { type FrozenLora, loadFrozenLora } from './frozenLora.ts';
import { hostOn } from './host.ts';
import { Lanes } from './lanes.ts';
import { type ContextLesson, lossOf, type PairSample, pairTasks, type TextSample, textTasks } from './lessons.ts';
import { groupsOf, initialParameters, layoutOf, type LoraShape } from './loraParameters.ts';
import { Pace } from './pace.ts';
import { peakBytes } from './peakMemory.ts';
import { prepare, TrainerProblem } from './prepare.ts';
import { randomFrom } from '../../base/random.ts';
import { StateKeeper } from './stateKeeper.ts';
import type { Stage, TrainerMessage, TrainOrder, TrainSummary } from './trainerProtocol.ts';
import { beginning, train, type TrainingOptions, type WeightedTask } from './training.ts';
import type { TrainingState } from './trainingState.ts';

export interface RunPorts {
  readonly tell: (message: TrainerMessage) => void;
  /** Awaited at least once a second: pauses here, throws when cancelled. */
  readonly point: () => Promise<void>;
  readonly log: (text: string) => void;
}

/** Everything from an order to an adapter: check the device, load the model, learn texts, learn preferences, write. */
export async function runTraining(order: TrainOrder, ports: RunPorts): Promise<TrainSummary> {
  const { options, folder } = order;
  const { tell, point, log } = ports;
  const startMs = performance.now();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const samples = partsOf(await samplesIn(order.samplesPath));
  tell({ kind: 'phase', phase: 'checking', share: 0 });
  const { ggml, device: report, cpu, shape: modelShape, plan } = await prepare(order, longestRows(samples), log);
  const onProgress = inPercents((share) => tell({ kind: 'phase', phase: 'loading', share }));
  using device = openDevice(ggml, report, 1);
  using hostDevice = openDevice(ggml, cpu, 1);
  using host = hostOn(hostDevice);
  using model = await loadBaseModel(device, host, order.modelPath, onProgress);
  using below = new DisposableStack();
  const frozen: FrozenLora[] = [];
  for (const { path, scale } of order.below) frozen.push(below.use(await loadFrozenLora(device, path, scale)));

  const shape: LoraShape = { ...options, modules: moduleNames };
  const layout = layoutOf(modelShape, shape);
  using lanes = new Lanes({
    ggml,
    device: report,
    model,
    shape,
    below: frozen.flatMap(({ loras }) => loras),
    reach: options.reach === 0 ? Infinity : options.reach,
    between: point,
    count: plan.lanes,
  });
  const groups = groupsOf(layout.places, options.rank, options.rateOfB);
  const learner = new Learner({ lanes, groups, validation: samples.validation, ports });
  const identity = await identityOf(order);

  const texts = new StateKeeper(folder, `text ${identity}`);
  const initial = beginning(initialParameters(layout, options.rank, randomFrom(options.seed)));
  const begun = (await texts.read()) ?? initial;
  tell({ kind: 'ready', device: report.description, lanes: plan.lanes, bytes: plan.bytes, step: begun.optimizer.step });
  const learned = await learner.learn(
    'text',
    textTasks(samples.texts, contextOf(options)),
    textOptions(options),
    begun,
    texts,
  );
  const best = learned.best ?? { step: learned.optimizer.step, parameters: learned.parameters };
  const write = async (name: string, parameters: Float32Array): Promise<string> => {
    const path = join(folder, name);
    await writeAdapter(path, modelShape.architecture.name, shape, layout.places, parameters);
    return path;
  };
  const adapterPath = best.step === 0 ? undefined : await write('adapter.gguf', best.parameters);

  let preferencePath: string | undefined;
  if (options.preference !== undefined && samples.pairs.length > 0) {
    lanes.set(best.parameters);
    const tasks = await pairTasks(lanes, samples.pairs, options.preference);
    const pairs = new StateKeeper(folder, `preference ${identity}`);
    const from = (await pairs.read()) ?? beginning(best.parameters);
    const preferred = await learner.learn('preference', tasks, pairOptions(options), from, pairs);
    preferencePath = await write('preference.gguf', preferred.parameters);
  }
  const validation = learned.history.validation;
  return {
    ...(adapterPath === undefined ? {} : { adapterPath }),
    ...(preferencePath === undefined ? {} : { preferencePath }),
    seconds: (performance.now() - startMs) / 1_000,
    steps: learner.steps,
    tokens: learner.tokens,
    device: report.description,
    peakBytes: peakBytes(),
    validation:
      validation[0] === undefined || learned.best === undefined
        ? undefined
        : { before: validation[0].loss, after: learned.best.loss },
  };
}

interface LearnerParts {
  readonly lanes: Lanes;
  readonly groups: ReturnType<typeof groupsOf>;
  readonly validation: readonly TextSample[];
  readonly ports: RunPorts;
}

/** One stage of a training at a time, with its progress told and its state kept. */
class Learner {
  readonly #parts: LearnerParts;
  steps = 0;
  tokens = 0;

  constructor(parts: LearnerParts) {
    this.#parts = parts;
  }

  async learn(
    stage: Stage,
    tasks: readonly WeightedTask[],
    options: TrainingOptions,
    from: TrainingState,
    keeper: StateKeeper,
  ): Promise<TrainingState> {
    const { lanes, groups, validation, ports } = this.#parts;
    const { tell } = ports;
    const pace = new Pace();
    let lastMs = performance.now();
    const perStep =
      tasks.reduce((sum, { sequence }) => sum + sequence.tokens.length, 0) /
      Math.ceil(tasks.length / options.batchSize);
    return train(
      {
        lanes,
        tasks,
        groups,
        validate: validation.length === 0 ? undefined : () => lossOf(lanes, validation),
        onStep: async (state, { step, steps, loss, tokens }) => {
          const nowMs = performance.now();
          pace.worked(tokens, nowMs - lastMs);
          this.steps++;
          this.tokens += tokens;
          const { tokensPerSecond } = pace;
          tell({
            kind: 'step',
            stage,
            step,
            steps,
            loss,
            tokensPerSecond,
            secondsLeft: pace.secondsFor((steps - step) * perStep),
          });
          const last = state.history.validation.at(-1);
          if (last?.step === step) tell({ kind: 'validation', stage, step, loss: last.loss });
          await (step === steps ? keeper.keep(state) : keeper.keepSometimes(state));
          lastMs = performance.now();
        },
      },
      options,
      from,
    );
  }
}

/** Looking at more would take longer than what it tells is worth. */
const maxValidation = 60;

const rateShape = { warmUp: 0.1, final: 0.1 };

function textOptions({ passes, batchSize, rate, seed }: TrainOrder['options']): TrainingOptions {
  return { passes, batchSize, rate: { peak: rate, ...rateShape }, seed, validationsPerPass: 4, patience: 4 };
}

function pairOptions({ batchSize, seed, preference }: TrainOrder['options']): TrainingOptions {
  const peak = preference?.rate ?? 0;
  const passes = preference?.passes ?? 0;
  return { passes, batchSize, rate: { peak, ...rateShape }, seed, validationsPerPass: 2, patience: Infinity };
}

/** Hears of every tensor, tells of every percent. */
function inPercents(tell: (share: number) => void): (share: number) => void {
  let told = -1;
  return (share) => {
    const percent = Math.floor(share * 100);
    if (percent === told) return;
    told = percent;
    tell(percent / 100);
  };
}

async function samplesIn(path: string): Promise<Samples> {
  try {
    return await readSamples(path);
  } catch (cause) {
    throw new TrainerProblem('samples', errorText(cause));
  }
}

interface Parts {
  readonly texts: readonly TextSample[];
  readonly validation: readonly TextSample[];
  readonly pairs: readonly PairSample[];
}

function partsOf({ samples, pairs }: Samples): Parts {
  return {
    texts: samples.filter(({ split }) => split === 'train'),
    validation: samples.filter(({ split }) => split === 'validation').slice(0, maxValidation),
    pairs: pairs.filter(({ split }) => split === 'train'),
  };
}

/** No token is learned whose gradient is not followed: see `reach`. */
function contextOf({ contextWeight, reach }: TrainOrder['options']): ContextLesson {
  return { weight: contextWeight, tokens: reach === 0 ? Infinity : reach };
}

function longestRows({ texts, validation, pairs }: Parts): number {
  const lengths = [...texts, ...validation].map(({ tokens }) => tokens.length);
  const ofPairs = pairs.map(({ prompt, chosen, rejected }) => prompt.length + chosen.length + rejected.length);
  return lengths.concat(ofPairs).reduce((longest, length) => Math.max(longest, length), 1);
}

/** Same samples, same model, same options: the same training. */
async function identityOf({ samplesPath, modelPath, below, options }: TrainOrder): Promise<string> {
  const samples = createHash('sha256')
    .update(await readFile(samplesPath))
    .digest('hex');
  return createHash('sha256').update(JSON.stringify({ samples, modelPath, below, options })).digest('hex');
}
