import type { ChunkKind } from '../chunk.ts';
import { passageOf } from '../passage.ts';
import { declaredTerm, searchTerms } from '../terms.ts';
import type { Retrieved } from './retrieve.ts';

/** What a name usually means when somebody asks for it. */
const kindFactor: Readonly<Record<ChunkKind, number>> = {
  function: 1,
  class: 1,
  type: 0.95,
  method: 0.8,
  variable: 0.8,
  section: 0.6,
  cell: 0.5,
  statements: 0.5,
  block: 0.5,
};
const otherCase = 0.7;
/** Declared somewhere in a chunk that has another name or none. */
const within = 0.9;

export interface NameScoring {
  /** Most wanted first. */
  readonly names: readonly string[];
  /** How much each next name counts of the one before it. */
  readonly nextName: number;
}

/**
 * How likely each chunk is what the names mean, 0 to 1: earlier names count more, and of a name that many bear, each bearer
 * less.
 */
export function nameScores(found: readonly Retrieved[], { names, nextName }: NameScoring): (each: Retrieved) => number {
  const wanted = names.map((name, at) => ({
    name,
    small: name.toLowerCase(),
    term: declaredTerm(name),
    factor: nextName ** at,
  }));
  const matches = new Map(found.map((each) => [each.chunk.id, matchesOf(each)] as const));
  const bearers = wanted.map((one) => [...matches.values()].filter((match) => match(one) > 0).length);
  return (each) => {
    const match = matches.get(each.chunk.id);
    if (match === undefined) return 0;
    const scores = wanted.map((one, at) => (match(one) * one.factor) / Math.sqrt(Math.max(1, bearers[at] ?? 1)));
    return Math.max(0, ...scores);
  };
}

interface WantedName {
  readonly name: string;
  readonly small: string;
  readonly term: string;
}

function matchesOf({ chunk }: Retrieved): (wanted: WantedName) => number {
  const own = chunk.symbolPath.at(-1) ?? '';
  const small = own.toLowerCase();
  const declared = new Set(searchTerms(passageOf(chunk)));
  return (wanted) => {
    if (small === wanted.small) return kindFactor[chunk.kind] * (own === wanted.name ? 1 : otherCase);
    return declared.has(wanted.term) ? within : 0;
  };
}
