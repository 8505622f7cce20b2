import { type AdamWOptions, adamWStep, defaultAdamW, initialState, type ParameterGroup } from './adamW.ts';
import { batchesOf } from './batches.ts';
import type { Lanes, Task } from './lanes.ts';
import { type RateOptions, rateAt } from './learningRate.ts';
import type { TrainingState } from './trainingState.ts';

export interface TrainingOptions {
  readonly passes: number;
  /** Samples per step. */
  readonly batchSize: number;
  readonly rate: RateOptions;
  readonly seed: number;
  /** How often per pass the validation samples are looked at. */
  readonly validationsPerPass: number;
  /** So many validations in a row that are no better end the training. */
  readonly patience: number;
  readonly adamW?: AdamWOptions;
}

/** One text to learn from; tasks of several texts count by their weights. */
export interface WeightedTask extends Task {
  /** Share in the mean over a batch, usually weight times tokens. */
  readonly mass: number;
}

export interface TrainingParts {
  readonly lanes: Lanes;
  readonly tasks: readonly WeightedTask[];
  /** Mean loss on samples that are not trained on; undefined when there are none. */
  readonly validate: (() => Promise<number>) | undefined;
  readonly groups: readonly ParameterGroup[];
  readonly onStep: (state: TrainingState, report: StepReport) => Promise<void>;
}

interface StepReport {
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  /** Length of the gradients before they were shortened. */
  readonly norm: number;
  readonly rate: number;
  readonly tokens: number;
}

/** @param parameters to begin with */
export function beginning(parameters: Float32Array): TrainingState {
  const optimizer = initialState(parameters.length);
  return { parameters, optimizer, best: undefined, history: { losses: [], validation: [] } };
}

/**
 * Trains from a state to the end: batch, gradients, step, and now and then a look at the validation samples. Returns the
 * state it ended in; `best` is what to keep.
 */
export async function train(
  parts: TrainingParts,
  options: TrainingOptions,
  from: TrainingState,
): Promise<TrainingState> {
  const { lanes, tasks, validate, groups, onStep } = parts;
  const { passes, batchSize, rate, seed, patience, adamW = defaultAdamW } = options;
  const lengths = tasks.map(({ sequence }) => sequence.tokens.length);
  const perPass = Math.ceil(tasks.length / batchSize);
  const steps = perPass * passes;
  const validateEvery = Math.max(1, Math.round(perPass / options.validationsPerPass));
  let state = from;
  lanes.set(state.parameters);
  if (state.optimizer.step === 0 && validate !== undefined) state = validated(state, await validate());
  while (state.optimizer.step < steps && !isStale(state, patience)) {
    const step = state.optimizer.step;
    const batch = batchesOf(lengths, batchSize, seed, Math.floor(step / perPass))[step % perPass] ?? [];
    const chosen = batch.flatMap((at) => tasks[at] ?? []);
    const mass = chosen.reduce((sum, each) => sum + each.mass, 0);
    const { losses, gradients } = await lanes.learn(chosen);
    const loss = losses.reduce((sum, each) => sum + each, 0) / mass;
    for (let at = 0; at < gradients.length; at++) gradients[at] = (gradients[at] ?? 0) / mass;
    const rateNow = rateAt(step, steps, rate);
    const parameters = state.parameters.slice();
    const { state: optimizer, norm } = adamWStep(parameters, gradients, state.optimizer, groups, rateNow, adamW);
    lanes.set(parameters);
    state = {
      ...state,
      parameters,
      optimizer,
      history: { ...state.history, losses: [...state.history.losses, loss] },
    };
    const isLast = optimizer.step === steps;
    if (validate !== undefined && (isLast || optimizer.step % validateEvery === 0))
      state = validated(state, await validate());
    const tokens = chosen.reduce((sum, { sequence }) => sum + sequence.tokens.length, 0);
    await onStep(state, { step: optimizer.step, steps, loss, norm, rate: rateNow, tokens });
  }
  return state;
}

function validated(state: TrainingState, loss: number): TrainingState {
  const { step } = state.optimizer;
  const isBest = state.best === undefined || loss < state.best.loss;
  return {
    ...state,
    best: isBest ? { loss, step, parameters: state.parameters } : state.best,
    history: { ...state.history, validation: [...state.history.validation, { step, loss }] },
  };
}

function isStale({ best, history: { validation } }: TrainingState, patience: number): boolean {
  if (best === undefined) return false;
  return validation.filter(({ step }) => step > best.step).length >= patience;
}
