import { editSimilarity } from './editSimilarity.ts';
import type { Loss } from './loss.ts';
import type { ProofTools, Sample, Stack } from './tools.ts';
import { write } from './write.ts';

/** What is to be measured at a place. */
export interface Task {
  readonly sample: Sample;
  /** Whether the model is to write there as well. */
  readonly writes: boolean;
}

/** How one stack of adapters did at one place. */
export interface Measured {
  readonly loss: Loss;
  readonly written?: Written;
}

export interface Written {
  readonly text: string;
  readonly isExact: boolean;
  /** 0 to 1. */
  readonly similarity: number;
}

/**
 * Measures places under several stacks, each result in the order of the stacks. A batch is done under one stack, then under
 * the next: only within one stack is the prompt's KV cache shared, and each place is scored and written at once for the
 * same reason.
 */
export async function measure(
  tasks: readonly Task[],
  stacks: readonly Stack[],
  { score, generate, onProgress }: ProofTools,
  signal: AbortSignal,
): Promise<readonly (readonly Measured[])[]> {
  const results: Measured[][] = tasks.map(() => []);
  let done = 0;
  for (let first = 0; first < tasks.length; first += batchTasks) {
    const batch = tasks.slice(first, first + batchTasks);
    for (const adapters of stacks) {
      for (const [at, { sample, writes }] of batch.entries()) {
        signal.throwIfAborted();
        const { logProbability, tokens } = await score({ ...sample, adapters }, signal);
        const text = writes ? await write(sample, adapters, generate, signal) : undefined;
        results[first + at]?.push({
          loss: { nats: -logProbability, tokens },
          ...(text === undefined ? {} : { written: compared(text, sample.text.trimEnd()) }),
        });
        onProgress?.(++done / (tasks.length * stacks.length));
      }
    }
  }
  return results;
}

/** A change of stack may cost a new context; a batch is small enough that both stacks meet the same load of the machine. */
const batchTasks = 25;

function compared(text: string, wanted: string): Written {
  return { text, isExact: text === wanted, similarity: editSimilarity(text, wanted) };
}
