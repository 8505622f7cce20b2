import { errorText, type Logger } from '../../base/logger.ts';
import type { Candidate, SearchableStore } from '../store/indexStore.ts';
import { declaredTerm } from '../terms.ts';
import type { Query } from './query.ts';

/** A candidate and the workspace folder it is from. */
export interface Retrieved extends Candidate {
  readonly folder: string;
}

/** What each retriever found in all stores together, best first. */
export interface RetrievedLists {
  readonly terms: readonly Retrieved[];
  readonly vector: readonly Retrieved[];
  /** Their scores say nothing; see `rankNames`. */
  readonly name: readonly Retrieved[];
}

/** All names share one limit, and a common one may have many bearers. */
const nameFactor = 2;

type Ask = (store: SearchableStore) => Promise<readonly Candidate[]>;

/** Asks every retriever of every store at once. One that fails is logged and left out; rejects when all of them fail. */
export async function retrieve(
  { terms, names, vector }: Query,
  stores: readonly SearchableStore[],
  limit: number,
  log: Logger,
): Promise<RetrievedLists> {
  const failures: unknown[] = [];
  let answers = 0;
  const fromAll = async (name: string, ask: Ask | undefined): Promise<readonly Retrieved[]> => {
    if (ask === undefined) return [];
    const ofEach = await Promise.all(
      stores.map(async (store) => {
        try {
          const found = await ask(store);
          answers++;
          return found.map((candidate) => ({ ...candidate, folder: store.folder }));
        } catch (cause) {
          log.warn(`search by ${name} is left out: ${errorText(cause)}`);
          failures.push(cause);
          return [];
        }
      }),
    );
    return ofEach.flat().toSorted((a, b) => b.score - a.score);
  };
  const declared = names.map(declaredTerm).filter((term) => term !== '');
  const [byTerms, byVector, byName, byDeclared] = await Promise.all([
    fromAll('terms', terms.length > 0 ? (store) => store.byTerms(terms, limit) : undefined),
    fromAll('vector', vector.some((value) => value !== 0) ? (store) => store.byVector(vector, limit) : undefined),
    fromAll('name', names.length > 0 ? (store) => store.byName(names, limit * nameFactor) : undefined),
    // Small declarations share a chunk that has the name of none of them.
    fromAll('name', declared.length > 0 ? (store) => store.byTerms(declared, limit) : undefined),
  ]);
  if (answers === 0 && failures.length > 0) throw failures[0];
  return { terms: byTerms.slice(0, limit), vector: byVector.slice(0, limit), name: [...byName, ...byDeclared] };
}
