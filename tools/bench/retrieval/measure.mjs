const depth = 10;
const unboosted = { imported: 1, recentlyEdited: 1, sameFolder: 1 };

/** What the rows of the tables search by. */
export function rowsOf(tuning) {
  const { weights, boosts } = tuning;
  const only = (kept) => ({ ...tuning, weights: weightsOf(weights, kept), boosts: unboosted });
  return {
    'BM25 alone': only(['terms']),
    'vectors alone': only(['vector']),
    'hybrid: BM25 and vectors': only(['terms', 'vector']),
    'hybrid, names and paths': { ...tuning, boosts: unboosted },
    'the same, same folder preferred': { ...tuning, boosts: { ...boosts, imported: 1 } },
    'the same, imported files preferred too': tuning,
  };
}

function weightsOf(weights, kept) {
  const of = (own) =>
    Object.fromEntries(Object.entries(own).map(([name, weight]) => [name, kept.includes(name) ? weight : 0]));
  return Object.fromEntries(Object.entries(weights).map(([kind, own]) => [kind, of(own)]));
}

/** The rank of each answer, from 1; infinite when it is not among the first ten. */
export async function ranksOf(tasks, tuning, { product, embedder }) {
  const ranks = [];
  for (const { request, answer, store } of tasks) {
    const parts = { stores: [store], embedder, tuning, log: product.silentLogger };
    const hits = await product.search({ ...request, limit: depth }, parts, new AbortController().signal);
    const at = hits.findIndex(
      (hit) => hit.path === answer.path && hit.startLine <= answer.line && answer.line < hit.endLine,
    );
    ranks.push(at < 0 ? Number.POSITIVE_INFINITY : at + 1);
  }
  return ranks;
}
