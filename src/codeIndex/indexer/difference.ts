import type { IndexedFile } from '../chunk.ts';
import type { FoundFile } from './discovery.ts';

export interface Difference {
  /** To be read: new, or of another size or time than when they were read last. */
  readonly changed: readonly FoundFile[];
  /** Paths in the index that were not found. */
  readonly missing: readonly string[];
}

/** What the disk has that the index has not, and the other way round. */
export function differenceOf(found: readonly FoundFile[], indexed: ReadonlyMap<string, IndexedFile>): Difference {
  const here = new Set(found.map(({ path }) => path));
  return {
    changed: found.filter((file) => !isUnchanged(file, indexed.get(file.path))),
    missing: [...indexed.keys()].filter((path) => !here.has(path)),
  };
}

export function isUnchanged(file: FoundFile, indexed: IndexedFile | undefined): boolean {
  return (
    indexed !== undefined &&
    indexed.bytes === file.bytes &&
    indexed.modifiedMs === file.modifiedMs &&
    indexed.languageId === file.languageId
  );
}

export interface BatchLimits {
  readonly files: number;
  readonly bytes: number;
}

/** Files in their order, so many at a time that a batch costs little and no message is wasted on a small file. */
export function* batchesOf<T extends { readonly bytes: number }>(
  files: readonly T[],
  limits: BatchLimits,
): Generator<T[]> {
  let batch: T[] = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length > 0 && (batch.length === limits.files || bytes + file.bytes > limits.bytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.bytes;
  }
  if (batch.length > 0) yield batch;
}
