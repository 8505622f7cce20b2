import { errorText, type Logger } from '../../base/logger.ts';
import type { Embedder } from '../embedder/embedder.ts';
import type { SearchableStore } from '../store/indexStore.ts';
import type { Hit, SearchRequest } from './hit.ts';
import { Nearness } from './nearness.ts';
import { namesOf, type Query, termsOf, vectorOf } from './query.ts';
import { ranked, type Scored } from './ranking.ts';
import { reasonsOf } from './reasons.ts';
import { maxReranked, type Rerank, reranked } from './rerank.ts';
import { retrieve } from './retrieve.ts';
import { select } from './selection.ts';
import { defaultTuning, type Tuning } from './tuning.ts';

export interface SearchParts {
  /** One per workspace folder. */
  readonly stores: readonly SearchableStore[];
  readonly embedder: Embedder;
  /** Orders the best answers to a question anew, if there is a model for it. */
  readonly rerank?: Rerank;
  readonly tuning?: Tuning;
  readonly log: Logger;
}

/** How many each retriever is asked for: enough for what is found twice, left out or moved up. */
const leastCandidates = 40;
const maxCandidates = 300;

/**
 * The chunks of all folders that answer a request, best first, at most `limit`, each with at least one reason. Does without
 * retrievers and models that fail; rejects when no retriever answers at all, and when the signal aborts.
 */
export async function search(
  request: SearchRequest,
  { stores, embedder, rerank, tuning = defaultTuning, log }: SearchParts,
  signal: AbortSignal,
): Promise<readonly Hit[]> {
  signal.throwIfAborted();
  const query = await queryOf(request, embedder, log);
  signal.throwIfAborted();
  const limit = Math.min(maxCandidates, Math.max(leastCandidates, request.limit * 3));
  const lists = await retrieve(query, stores, limit, log);
  signal.throwIfAborted();
  const nearness = new Nearness(request);
  const sorted = ranked(lists, { request, query, nearness, tuning });
  const mayReorder = rerank !== undefined && request.kind === 'question';
  const selected = select(sorted, mayReorder ? Math.max(maxReranked, request.limit) : request.limit);
  const ordered = mayReorder ? await reranked(request.text, selected, { rerank, log }, signal) : selected;
  return ordered.slice(0, request.limit).map((each) => hitOf(each, query, nearness));
}

/** Without a vector when the embedder fails: words and names still answer. */
async function queryOf(request: SearchRequest, embedder: Embedder, log: Logger): Promise<Query> {
  const vector = await vectorOf(request, embedder).catch((cause: unknown) => {
    log.warn(`search by vector is left out: ${errorText(cause)}`);
    return new Float32Array();
  });
  return { terms: termsOf(request), names: namesOf(request), vector };
}

function hitOf(each: Scored, query: Query, nearness: Nearness): Hit {
  const { folder, path, score, chunk } = each;
  const { languageId, symbolPath, kind, startLine, endLine, header, text } = chunk;
  const reasons = reasonsOf(each, query, nearness);
  return { folder, path, languageId, symbolPath, kind, startLine, endLine, header, text, score, reasons };
}
