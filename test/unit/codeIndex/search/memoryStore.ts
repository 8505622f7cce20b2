import type { Chunk, IndexedFile, StoredChunk } from '../../../../src/codeIndex/chunk.ts';
import type { Embedder } from '../../../../src/codeIndex/embedder/embedder.ts';
import { passageOf } from '../../../../src/codeIndex/passage.ts';
import type { Candidate, SearchableStore } from '../../../../src/codeIndex/store/indexStore.ts';
import { searchTerms } from '../../../../src/codeIndex/terms.ts';

/** A double: the retrievers of a store over a few chunks in memory, each by its textbook. */
export function memoryStore(
  folder: string,
  contents: Readonly<Record<string, readonly Partial<Chunk>[]>>,
  embedder: Pick<Embedder, 'embed'> = { embed: (texts) => texts.map(() => new Float32Array()) },
): SearchableStore {
  const entries = Object.entries(contents).flatMap(([path, chunks]) =>
    chunks.map((chunk, at) => ({ path, chunk: storedChunk(path, at, chunk) })),
  );
  const passages = entries.map(({ chunk }) => passageOf(chunk));
  const counted = passages.map((passage) => searchTerms(passage));
  const meanLength = counted.reduce((sum, terms) => sum + terms.length, 0) / Math.max(1, counted.length);
  const bm25 = (terms: readonly string[], own: readonly string[]): number =>
    terms.reduce((sum, term) => {
      const count = own.filter((each) => each === term).length;
      const having = counted.filter((each) => each.includes(term)).length;
      const idf = Math.log(1 + (counted.length - having + 0.5) / (having + 0.5));
      return sum + (idf * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * own.length) / meanLength));
    }, 0);
  const best = (scores: readonly number[], limit: number): Candidate[] =>
    entries
      .map(({ path, chunk }, at) => ({ chunk, paths: [path], score: scores[at] ?? 0 }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score)
      .slice(0, limit);
  return {
    folder,
    chunkCount: entries.length,
    files: new Map(entries.map(({ path, chunk }) => [path, indexedFile(path, chunk)])),
    byTerms: async (terms, limit) =>
      best(
        counted.map((own) => bm25(terms, own)),
        limit,
      ),
    byVector: async (vector, limit) => {
      const own = await embedder.embed(passages);
      return best(
        own.map((each) => each.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0)),
        limit,
      );
    },
    byName: async (names, limit) => {
      const small = names.map((name) => name.toLowerCase());
      const isNamed = entries.map(({ chunk }) => small.includes(chunk.symbolPath.at(-1)?.toLowerCase() ?? ''));
      return best(isNamed.map(Number), limit);
    },
  };
}

/** A chunk of a file that is nothing but its text. */
export function storedChunk(blob: string, at: number, chunk: Partial<Chunk>): StoredChunk {
  const text = chunk.text ?? '';
  const lines = text.split('\n').length;
  return {
    id: `${blob}:${at}`,
    blob,
    languageId: 'typescript',
    symbolPath: [],
    kind: 'function',
    startLine: at * 100,
    endLine: at * 100 + lines,
    header: '',
    ...chunk,
    text,
  };
}

function indexedFile(path: string, { blob, languageId }: StoredChunk): IndexedFile {
  return { path, blob, languageId, bytes: 1, modifiedMs: 0 };
}
