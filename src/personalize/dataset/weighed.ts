import type { Example } from '../examples/example.ts';

/** An example and how much it counts in training. */
export interface Weighed<T = Example> {
  readonly example: T;
  readonly weight: number;
}

/**
 * How much an example of each kind says. What was written where the model's offer was refused shows it wrong, and right
 * what it did not know. What was typed exactly as the model had offered it, the model knew. An accepted edit is long, and
 * mostly the model's own wording.
 */
const kindWeights: Readonly<Record<Example['kind'], number>> = { instead: 1.5, accepted: 1, edit: 0.8, typed: 0.6 };

/** Habits change more slowly than projects: after three months an example counts half as much, */
const halfLifeMs = 90 * 24 * 3_600_000;
/** but never less than this: an old habit is still the best guess where there is nothing newer. */
const leastAge = 0.2;

/**
 * Shares of languages are drawn together: a language with share p of the weight gets p^0.7, made to sum up to 1. With
 * 90 % TypeScript and 10 % Python that is 82 % and 18 %: what is written most stays first, what is written less is not
 * drowned.
 */
const shareExponent = 0.7;
/** One example of a language that is hardly written is not made to count for ten. */
const maxLanguageFactor = 3;

/**
 * Weights by survival (the share that was kept), kind, age (half-life, counted from the newest) and language; their mean
 * is 1, so that the learning rate means the same whatever the examples are.
 *
 *     weight = kept * kind * max(0.2, 2^(-age / 90 days)) * language
 */
export function weighed<T extends Rated>(examples: readonly T[]): Weighed<T>[] {
  const newestMs = examples.reduce((newest, { atMs }) => Math.max(newest, atMs), 0);
  const own = examples.map((example) => ({ example, weight: ownWeight(example, newestMs) }));
  const factors = languageFactors(own);
  const balanced = own.map(({ example, weight }) => ({
    example,
    weight: weight * (factors.get(example.languageId) ?? 1),
  }));
  const mean = sum(balanced) / balanced.length;
  return balanced.map(({ example, weight }) => ({ example, weight: weight / mean }));
}

type Rated = Pick<Example, 'atMs' | 'kept' | 'kind' | 'languageId'>;

function ownWeight({ kept, kind, atMs }: Rated, newestMs: number): number {
  return kept * kindWeights[kind] * Math.max(leastAge, 2 ** ((atMs - newestMs) / halfLifeMs));
}

function languageFactors(examples: readonly Weighed<Rated>[]): ReadonlyMap<string, number> {
  const total = sum(examples);
  const shares = [...Map.groupBy(examples, ({ example }) => example.languageId)].map(
    ([languageId, each]) => [languageId, sum(each) / total] as const,
  );
  const powers = shares.reduce((all, [, share]) => all + share ** shareExponent, 0);
  return new Map(
    shares.map(([languageId, share]) => [
      languageId,
      Math.min(maxLanguageFactor, share ** shareExponent / powers / share),
    ]),
  );
}

function sum(examples: readonly Weighed<unknown>[]): number {
  return examples.reduce((all, { weight }) => all + weight, 0);
}
