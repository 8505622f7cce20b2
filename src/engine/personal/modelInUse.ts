import type { LoadedModel } from '../../inference/generate.ts';
import type { ModelRunner } from '../../inference/host/modelRunner.ts';
import { checkGguf } from '../../inference/models/gguf.ts';
import type { AdapterStore } from '../../personalize/adapters/adapterStore.ts';

/** The model that completes code now, as whoever trains for it has to know it. */
export interface ModelInUse {
  readonly loaded: LoadedModel;
  readonly path: string;
  readonly sha256: string;
  readonly parameters: number;
}

/** Finds out what is known of the model that runs; undefined while none does. Rejects with a `ProblemError`. */
export async function modelInUse(
  runner: Pick<ModelRunner, 'state' | 'file'>,
  store: AdapterStore,
  signal?: AbortSignal,
): Promise<ModelInUse | undefined> {
  const { state, file } = runner;
  if (state.kind !== 'ready' || file === undefined) return undefined;
  const { path } = file;
  const { parameterCount } = await checkGguf(path, signal);
  return { loaded: state.model, path, sha256: await store.baseSha256(path, signal), parameters: parameterCount };
}
