import type { ChunkKind } from '../chunk.ts';
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
/** How much less each next name of the request is wanted. */
const nextName = 0.9;

/**
 * How likely each chunk is what the names mean: earlier names count more, and of a name that many bear, each bearer less.
 */
export function nameScore(names: readonly string[], found: readonly Retrieved[]): (each: Retrieved) => number {
  const bearers = new Map<string, number>();
  for (const each of found) {
    const name = nameOf(each).toLowerCase();
    bearers.set(name, (bearers.get(name) ?? 0) + 1);
  }
  const places = new Map(names.map((name, at) => [name.toLowerCase(), at] as const).toReversed());
  const exact = new Set(names);
  return (each) => {
    const name = nameOf(each);
    const small = name.toLowerCase();
    const place = places.get(small);
    if (place === undefined) return 0;
    const rarity = 1 / Math.sqrt(bearers.get(small) ?? 1);
    return nextName ** place * rarity * kindFactor[each.chunk.kind] * (exact.has(name) ? 1 : otherCase);
  };
}

function nameOf({ chunk }: Retrieved): string {
  return chunk.symbolPath.at(-1) ?? '';
}
