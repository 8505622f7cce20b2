import { open } from 'node:fs/promises';
import { openSafetensors, writeSafetensors } from '../../formats/safetensorsFile.ts';
import type { AdamWState } from './adamW.ts';

/** Everything that a training needs to go on as if it had never stopped. */
export interface TrainingState {
  readonly parameters: Float32Array;
  readonly optimizer: AdamWState;
  /** The best parameters so far, by validation. */
  readonly best: { readonly loss: number; readonly step: number; readonly parameters: Float32Array } | undefined;
  readonly history: TrainingHistory;
}

interface TrainingHistory {
  /** Mean loss per token of each step. */
  readonly losses: readonly number[];
  readonly validation: readonly { readonly step: number; readonly loss: number }[];
}

const version = 1;

/** @param identity names samples and options: a state goes on only with the same */
export async function writeState(path: string, identity: string, state: TrainingState): Promise<void> {
  const { parameters, optimizer, best, history } = state;
  const facts = {
    version,
    identity,
    step: optimizer.step,
    history,
    best: best && { loss: best.loss, step: best.step },
  };
  await writeSafetensors(
    path,
    [
      tensor('parameters', parameters),
      tensor('m', optimizer.m),
      tensor('v', optimizer.v),
      ...(best === undefined ? [] : [tensor('best', best.parameters)]),
    ],
    { facts: JSON.stringify(facts) },
  );
}

function tensor(name: string, values: Float32Array) {
  return { name, shape: [values.length], values };
}

interface Facts {
  readonly version: number;
  readonly identity: string;
  readonly step: number;
  readonly history: TrainingHistory;
  readonly best?: { readonly loss: number; readonly step: number };
}

/** The state that was written last; undefined when there is none, or it belongs to another training, or is damaged. */
export async function readState(path: string, identity: string): Promise<TrainingState | undefined> {
  try {
    await using file = await open(path);
    const stored = await openSafetensors(file, (await file.stat()).size);
    // What is not what we wrote throws below, and is the same as nothing.
    const facts: Facts = JSON.parse(stored.metadata['facts'] ?? '');
    if (facts.version !== version || facts.identity !== identity) return undefined;
    const { step, history, best } = facts;
    return {
      parameters: await stored.floats('parameters'),
      optimizer: { step, m: await stored.floats('m'), v: await stored.floats('v') },
      best: best && { ...best, parameters: await stored.floats('best') },
      history,
    };
  } catch {
    return undefined;
  }
}
