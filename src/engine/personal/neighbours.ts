import type { AdapterStore } from '../../personalize/adapters/adapterStore.ts';
import type { TrainingRecord } from '../../personalize/training/trainingRecord.ts';

/** What is applied before and after a new adapter: a folder's lies below the personal one. */
export async function neighbours(
  store: AdapterStore,
  { place, folder, sha256 }: Pick<TrainingRecord, 'place' | 'folder'> & { readonly sha256: string },
) {
  const { adapters: all } = await store.stackFor(sha256, folder);
  const { adapters: personal } = await store.stackFor(sha256, '');
  return place.kind === 'personal'
    ? { below: folder === '' ? [] : all.slice(0, all.length - personal.length), above: [] }
    : { below: [], above: personal };
}
