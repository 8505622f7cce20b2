import { fuse } from './fusion.ts';
import type { SearchRequest } from './hit.ts';
import { nameScores } from './nameScores.ts';
import { isImports } from './importsOnly.ts';
import type { Nearness } from './nearness.ts';
import { pathScores } from './pathScores.ts';
import type { Query } from './query.ts';
import type { Retrieved, RetrievedLists } from './retrieve.ts';
import type { Ranked } from './selection.ts';
import type { Tuning } from './tuning.ts';

/** Vectors that are less similar than this mean nothing by themselves; with words in common they may. */
const leastSimilarity = 0.25;

/** A chunk of the fused order. `similarity` is there when the vectors found it. */
export interface Scored extends Ranked {
  readonly similarity: number | undefined;
}

/** Where in the order is decided by: the request, what was made of it, and where the user is. */
interface RankingInput {
  readonly request: Pick<SearchRequest, 'kind'>;
  readonly query: Pick<Query, 'terms' | 'names'>;
  readonly nearness: Nearness;
  readonly tuning: Tuning;
}

/** Everything that was found, once, best first; for `code` without the file that asks. */
export function ranked(lists: RetrievedLists, { request, query, nearness, tuning }: RankingInput): readonly Scored[] {
  const places = placesOf(withoutNoise(lists), request.kind, nearness);
  const weight = tuning.weights[request.kind];
  const similarities = scoresOf(lists.vector, foundScore);
  const named = nameScores(lists.name, { names: query.names, nextName: tuning.nextName });
  const fused = fuse(
    [
      { weight: weight.terms, scores: scoresOf(lists.terms, foundScore) },
      { weight: weight.vector, scores: similarities },
      { weight: weight.name, scores: positive(scoresOf(lists.name, named)), graded: true },
      { weight: weight.path, scores: scoresOfPaths(places, query.terms) },
    ].map((list) => ({ ...list, scores: only(list.scores, places) })),
    tuning.rankConstant,
  );
  return [...places]
    .flatMap(([key, { folder, path, chunk }]): Scored[] => {
      const score = fused.get(key);
      if (score === undefined) return [];
      const factor = nearness.factor({ folder, path }, tuning.boosts) * (isImports(chunk) ? tuning.imports : 1);
      return [{ folder, path, chunk, similarity: similarities.get(key), score: score * factor }];
    })
    .toSorted((a, b) => b.score - a.score || compareText(a.path, b.path) || a.chunk.startLine - b.chunk.startLine);
}

/** What neither a word nor a name has in common with the request, and little of its meaning. */
function withoutNoise({ terms, vector, name }: RetrievedLists): RetrievedLists {
  const worded = new Set([...terms, ...name].map(keyOf));
  return { terms, name, vector: vector.filter((each) => each.score >= leastSimilarity || worded.has(keyOf(each))) };
}

type Placed = Retrieved & { readonly path: string };

/** Each chunk by its key, with the one of its paths that is nearest to the user. */
function placesOf(
  { terms, vector, name }: RetrievedLists,
  kind: SearchRequest['kind'],
  nearness: Nearness,
): ReadonlyMap<string, Placed> {
  const places = new Map<string, Placed>();
  for (const each of [...terms, ...vector, ...name]) {
    const { folder, paths } = each;
    if (places.has(keyOf(each))) continue;
    if (kind === 'code' && paths.some((path) => nearness.isOrigin({ folder, path }))) continue;
    places.set(keyOf(each), { ...each, path: nearness.nearest(folder, paths) });
  }
  return places;
}

function scoresOf(list: readonly Retrieved[], score: (each: Retrieved) => number): ReadonlyMap<string, number> {
  return new Map(list.map((each) => [keyOf(each), score(each)] as const));
}

function scoresOfPaths(places: ReadonlyMap<string, Placed>, terms: readonly string[]): ReadonlyMap<string, number> {
  const ofPaths = pathScores(
    [...places.values()].map(({ path }) => path),
    terms,
  );
  return new Map(
    [...places].flatMap(([key, { path }]) => {
      const score = ofPaths.get(path);
      return score === undefined ? [] : [[key, score] as const];
    }),
  );
}

/** A chunk that names nothing wanted was found by chance. */
function positive(scores: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map([...scores].filter(([, score]) => score > 0));
}

function only(scores: ReadonlyMap<string, number>, places: ReadonlyMap<string, Placed>): ReadonlyMap<string, number> {
  return new Map([...scores].filter(([key]) => places.has(key)));
}

function foundScore({ score }: Retrieved): number {
  return score;
}

function keyOf({ folder, chunk }: Retrieved): string {
  return `${folder}\n${chunk.id}`;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
