import { delay } from '../../base/aborts.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import { passageOf } from '../passage.ts';
import type { Ranked } from './selection.ts';

/**
 * A model that reads question and passage together: one relevance per passage, higher is better, comparable within one call.
 * Rejects when the model is gone or the signal aborts.
 */
export type Rerank = (question: string, passages: readonly string[], signal: AbortSignal) => Promise<readonly number[]>;

export const maxReranked = 20;
/** A person waits for this answer. */
const budgetMs = 1_500;

/** The first `maxReranked` in the order of the model, the others behind them; unchanged when it is late or fails. */
export async function reranked<Each extends Ranked>(
  question: string,
  sorted: readonly Each[],
  { rerank, log, timeoutMs = budgetMs }: { readonly rerank: Rerank; readonly log: Logger; readonly timeoutMs?: number },
  signal: AbortSignal,
): Promise<readonly Each[]> {
  const first = sorted.slice(0, maxReranked);
  if (first.length < 2) return sorted;
  const over = new AbortController();
  const inTime = AbortSignal.any([signal, over.signal]);
  const passages = first.map(({ path, chunk }) => `${path}\n${passageOf(chunk)}`);
  try {
    const relevance = await Promise.race([rerank(question, passages, inTime), late(timeoutMs, inTime)]);
    if (relevance.length !== first.length || relevance.some(Number.isNaN))
      throw new Error('one number per passage is wanted');
    const order = first.map((each, at) => ({ each, relevance: relevance[at] ?? 0 }));
    return [
      ...order.toSorted((a, b) => b.relevance - a.relevance).map(({ each }) => each),
      ...sorted.slice(maxReranked),
    ];
  } catch (cause) {
    signal.throwIfAborted();
    log.info(`not reranked: ${errorText(cause)}`);
    return sorted;
  } finally {
    over.abort();
  }
}

async function late(ms: number, signal: AbortSignal): Promise<never> {
  await delay(ms, signal);
  throw new Error(`nothing within ${ms} ms`);
}
