import { isRecord } from '../../base/isRecord.ts';
import { type Family, isFamily } from './families.ts';
import type { Votes } from './measureFile.ts';

/** What one file shows. */
export interface MeasuredFile {
  /** Relative to its workspace folder, `/`-separated. */
  readonly path: string;
  readonly family: Family;
  /** When the file was changed last, ms since 1970. */
  readonly modifiedMs: number;
  readonly votes: Votes;
}

export interface Count {
  /** Places in the code. */
  readonly places: number;
  /** The same, less for older files. */
  readonly weight: number;
}

/** Of one family: counts by trait and value. */
export type Counts = ReadonlyMap<string, ReadonlyMap<string, Count>>;

/** So many files per family, the newest, say how somebody writes; more would cost and say nothing new. */
const maxFiles = 1_000;
/** Files are as old as their period, so that counts stay whole numbers, and taking a file out again leaves no trace. */
const periodMs = 90 * 24 * 3_600_000;
/** Code of half a year before the newest counts half. */
const halfLifePeriods = 2;

/** Places by trait and value. */
type Tally = Map<string, Map<string, number>>;

/**
 * The habits of a folder's files: the votes of each file, kept apart so that a saved file replaces its own, and their
 * sums. The order in which files come does not matter. No clock: age is counted from the newest file.
 */
export class MeasuredStyle {
  readonly #maxFiles: number;
  /** By family and path. */
  readonly #files = new Map<Family, Map<string, MeasuredFile>>();
  /** By family and period. */
  readonly #tallies = new Map<Family, Map<number, Tally>>();

  constructor(files: Iterable<MeasuredFile> = [], limit = maxFiles) {
    this.#maxFiles = limit;
    for (const file of files) this.addFile(file);
  }

  /** Takes a file in, in place of what was known of its path. */
  addFile(file: MeasuredFile): void {
    this.removeFile(file.path);
    const known: Map<string, MeasuredFile> = at(this.#files, file.family, () => new Map());
    known.set(file.path, file);
    this.#tally(file, 1);
    if (known.size > this.#maxFiles) this.removeFile([...known.values()].reduce(older).path);
  }

  removeFile(path: string): void {
    const file = this.#fileAt(path);
    if (file === undefined) return;
    this.#files.get(file.family)?.delete(path);
    this.#tally(file, -1);
  }

  /** Whether the path was measured as it was at that time. */
  has(path: string, modifiedMs: number): boolean {
    return this.#fileAt(path)?.modifiedMs === modifiedMs;
  }

  /** Whether a file of that age would be among those that count. */
  wants(family: Family, modifiedMs: number): boolean {
    const known = this.#files.get(family);
    if (known === undefined || known.size < this.#maxFiles) return true;
    return [...known.values()].reduce(older).modifiedMs < modifiedMs;
  }

  filesOf(family: Family): readonly MeasuredFile[] {
    return [...(this.#files.get(family)?.values() ?? [])];
  }

  files(): readonly MeasuredFile[] {
    return [...this.#files.keys()].flatMap((family) => this.filesOf(family));
  }

  families(): readonly Family[] {
    return [...this.#tallies.keys()];
  }

  counts(family: Family): Counts {
    const periods = this.#tallies.get(family) ?? new Map<number, Tally>();
    const newest = Math.max(...periods.keys());
    const counts = new Map<string, Map<string, { places: number; weight: number }>>();
    for (const [period, tally] of [...periods].toSorted(([a], [b]) => a - b)) {
      const weight = 0.5 ** ((newest - period) / halfLifePeriods);
      for (const [trait, values] of tally) {
        const sums = at(counts, trait, () => new Map<string, { places: number; weight: number }>());
        for (const [value, places] of values) {
          const sum = at(sums, value, () => ({ places: 0, weight: 0 }));
          sum.places += places;
          sum.weight += places * weight;
        }
      }
    }
    return counts;
  }

  #fileAt(path: string): MeasuredFile | undefined {
    for (const files of this.#files.values()) {
      const file = files.get(path);
      if (file !== undefined) return file;
    }
    return undefined;
  }

  #tally({ family, modifiedMs, votes }: MeasuredFile, sign: 1 | -1): void {
    const periods = at(this.#tallies, family, () => new Map<number, Tally>());
    const period = Math.floor(modifiedMs / periodMs);
    const tally: Tally = at(periods, period, () => new Map());
    for (const [trait, values] of Object.entries(votes)) {
      const sums = at(tally, trait, () => new Map<string, number>());
      for (const [value, places] of Object.entries(values)) {
        const sum = (sums.get(value) ?? 0) + sign * places;
        if (sum === 0) sums.delete(value);
        else sums.set(value, sum);
      }
      if (sums.size === 0) tally.delete(trait);
    }
    if (tally.size === 0) periods.delete(period);
    if (periods.size === 0) this.#tallies.delete(family);
  }
}

/** For `JSON.stringify`. */
export function storedFiles(style: MeasuredStyle): unknown {
  return style.files().map(({ path, family, modifiedMs, votes }) => [path, family, modifiedMs, votes]);
}

/** What makes sense of a value that `storedFiles` may have made; nothing else gets in. */
export function readStoredFiles(stored: unknown): readonly MeasuredFile[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((row: unknown): MeasuredFile[] => {
    const [path, family, modifiedMs, votes]: unknown[] = Array.isArray(row) ? row : [];
    if (typeof path !== 'string' || typeof family !== 'string' || !isFamily(family)) return [];
    if (typeof modifiedMs !== 'number' || !Number.isFinite(modifiedMs) || !areVotes(votes)) return [];
    return [{ path, family, modifiedMs, votes }];
  });
}

function areVotes(votes: unknown): votes is Votes {
  return (
    isRecord(votes) && Object.values(votes).every((values) => isRecord(values) && Object.values(values).every(isCount))
  );
}

function isCount(places: unknown): boolean {
  return Number.isSafeInteger(places) && Number(places) > 0 && Number(places) < 1e6;
}

/** The one that goes first when there are too many. */
function older(a: MeasuredFile, b: MeasuredFile): MeasuredFile {
  if (a.modifiedMs !== b.modifiedMs) return a.modifiedMs < b.modifiedMs ? a : b;
  return a.path > b.path ? a : b;
}

function at<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
