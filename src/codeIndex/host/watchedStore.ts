import type { SearchableStore } from '../store/indexStore.ts';

/** The same store, which tells of every failure of a search before the search hears of it. */
export function watchedStore(store: SearchableStore, onFailure: (cause: unknown) => void): SearchableStore {
  const watched = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (cause) {
      onFailure(cause);
      throw cause;
    }
  };
  return {
    folder: store.folder,
    get chunkCount() {
      return store.chunkCount;
    },
    get files() {
      return store.files;
    },
    byTerms: (terms, limit) => watched(store.byTerms(terms, limit)),
    byVector: (vector, limit) => watched(store.byVector(vector, limit)),
    byName: (names, limit) => watched(store.byName(names, limit)),
  };
}
