import type { ModelRunner } from '../../inference/host/modelRunner.ts';
import type { AdapterStore } from '../../personalize/adapters/adapterStore.ts';
import { gentlerScale } from '../../personalize/proof/gentlerScale.ts';
import { type Proof, type ProofItem, prove } from '../../personalize/proof/prove.ts';
import { remembered } from '../../personalize/proof/remembered.ts';
import type { Sample } from '../../personalize/proof/tools.ts';
import type { TrainSummary } from '../../personalize/trainer/trainerProtocol.ts';
import type { TrainingRecord } from '../../personalize/training/trainingRecord.ts';
import { neighbours } from './neighbours.ts';

/** What a proof needs, laid out while the examples were at hand. */
export interface Proofs {
  readonly heldOut: readonly ProofItem[];
  readonly general: readonly Sample[];
}

/** How an adapter did, and at which scale. */
export interface Proven {
  readonly proof: Proof;
  readonly path: string;
  readonly scale: number;
}

interface ProvingTools {
  readonly runner: Pick<ModelRunner, 'score' | 'generate'>;
  readonly store: AdapterStore;
}

/** How often an adapter that harms other code is turned down. */
const gentlerTries = 2;

/**
 * Step 3, when the trainer has done its work: the new adapter against what is in use, turned down if it harms other code,
 * and each stage against the one before.
 */
export async function proveTraining(
  { runner, store }: ProvingTools,
  { place, folder, base, proofs, options }: TrainingRecord<Proofs>,
  { adapterPath, preferencePath }: TrainSummary,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Proven | undefined> {
  if (adapterPath === undefined) return undefined;
  const before = (await store.stackFor(base.sha256, folder)).adapters;
  const { below, above } = await neighbours(store, { place, folder, sha256: base.sha256 });
  const { heldOut, general } = proofs;
  const { score, generate } = runner;
  const proofTools = remembered({ score, generate, onProgress });
  const stack = (path: string, scale: number) => [...below, { path, scale }, ...above];
  const proofOf = (path: string, scale: number): Promise<Proof> => {
    const question = { heldOut, general, before, after: stack(path, scale), seed: options.seed };
    return prove(question, proofTools, signal);
  };
  const proven = async (path: string): Promise<Proven> => {
    const full = { proof: await proofOf(path, 1), path, scale: 1 };
    let last = full;
    for (let tries = 0; last.proof.verdict === 'harmsGeneral' && tries < gentlerTries; tries++) {
      const { before: was, after: is } = last.proof.generalLoss;
      const scale = gentlerScale(last.scale, is / was - 1);
      if (scale === undefined) return full;
      last = { proof: await proofOf(path, scale), path, scale };
    }
    return last.proof.verdict === 'better' ? last : full;
  };
  const text = await proven(adapterPath);
  if (preferencePath === undefined) return text;
  const preferred = await proven(preferencePath);
  return preferred.proof.verdict === 'better' && preferred.proof.loss.after <= text.proof.loss.after ? preferred : text;
}
