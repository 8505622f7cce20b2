import type { ControlledEvaluateInputItem, LlamaContextSequence, Token } from 'node-llama-cpp';
import { type AdapterUse, type Priority, PromptTooLong } from '../generate.ts';
import type { Contexts, LentContext } from './contexts.ts';
import type { Room } from './plan.ts';
import { PrefillPace } from './prefillPace.ts';
import type { SequencePool } from './sequencePool.ts';
import type { ThreadPace } from './threadPace.ts';
import { Turns } from './turns.ts';

/** A context of the model, with the adapters it was opened with for life. */
export interface ModelContext extends AsyncDisposable {
  readonly sequences: SequencePool<LlamaContextSequence>;
}

export interface EvaluationParts {
  readonly contexts: Contexts<ModelContext>;
  readonly batchSize: number;
  /** Chooses and sets the number of CPU threads; absent when it is fixed. */
  readonly threads?: { readonly pace: ThreadPace; readonly use: (threads: number) => void };
}

/** One request on its way through the model. */
export interface Run {
  readonly priority: Priority;
  readonly adapters: readonly AdapterUse[];
  readonly room: Room;
  readonly signal: AbortSignal;
  /** All that the model has to have read before the next token, and, of a text that is known, all that comes then. */
  readonly tokens: Token[];
  /** How many of the tokens need not be read again where they are in the KV cache. */
  readonly reusable: () => number;
  /** What it has on loan; absent while somebody else may have it. */
  loan: { readonly context: LentContext<ModelContext>; readonly sequence: LlamaContextSequence } | undefined;
}

/** A pass over the weights lets these go first where several sequences are read at once. */
const evaluationPriorities = { typing: 5, chat: 3, background: 1 } as const;

/** What all requests of a host share while they compute, whatever their adapters: turns, speed, threads, contexts. */
export class Evaluation {
  readonly #parts: EvaluationParts;
  readonly #turns = new Turns();
  readonly #pace: PrefillPace;

  constructor(parts: EvaluationParts) {
    this.#parts = parts;
    this.#pace = new PrefillPace(parts.batchSize);
  }

  /** Does the work of one request, announcing it to those who come after it. */
  announce<T>({ priority, room }: Pick<Run, 'priority' | 'room'>, work: () => Promise<T>): Promise<T> {
    return this.#turns.run(priority, work, room);
  }

  /** Resolves once nobody goes before, or rejects with the signal's reason. */
  quiet(priority: Priority, signal: AbortSignal): Promise<void> {
    return this.#turns.quiet(priority, signal);
  }

  /** Tokens that may be read before the next turn. */
  sliceTokens(priority: Priority): number {
    return this.#pace.sliceTokens(priority, this.#turns.isBetweenKeys());
  }

  /**
   * Between two steps: obeys an abort, and leaves the processor to those who go before. In the same room they may have
   * its context and sequence as well; in another one it has no use for them, and keeps what it has read.
   */
  async nextTurn(run: Run): Promise<LlamaContextSequence> {
    for (;;) {
      run.signal.throwIfAborted();
      const isPreceded = this.#turns.isPreceded(run.priority);
      if (!isPreceded && run.loan !== undefined) return run.loan.sequence;
      if (this.#turns.isPreceded(run.priority, run.room)) this.giveBack(run);
      if (isPreceded) await this.#turns.change(run.signal);
      else await this.#borrow(run);
    }
  }

  giveBack(run: Run): void {
    const { loan } = run;
    run.loan = undefined;
    if (loan === undefined) return;
    loan.context.context.sequences.giveBack(loan.sequence);
    loan.context[Symbol.dispose]();
  }

  /** Lets the model read up to a token, in slices: everything, or all but what fits into the pass that is asked something. */
  async prefill(run: Run, until: 'all' | 'lastSlice', to = run.tokens.length): Promise<LlamaContextSequence> {
    for (;;) {
      const sequence = await this.nextTurn(run);
      const at = sequence.nextTokenIndex;
      const unread = to - at;
      const sliceTokens = this.sliceTokens(run.priority);
      if (unread <= (until === 'all' ? 0 : sliceTokens)) return sequence;
      const slice = run.tokens.slice(at, Math.min(at + sliceTokens, to));
      const ms = await this.#timed(slice.length, () => sequence.evaluateWithoutGeneratingNewTokens(slice));
      this.#pace.measured(slice.length, ms);
    }
  }

  /** Reads the input and answers what was asked for at its end, in a single pass over the weights. */
  async lastSlice(run: Run, sequence: LlamaContextSequence, input: readonly ControlledEvaluateInputItem[]) {
    const { ms, outputs } = await this.#evaluate(run, sequence, input);
    this.#pace.measured(input.length, ms);
    return outputs[input.length - 1]?.next;
  }

  /** Reads the input and answers what was asked for at each place. The pace learns nothing: each answer takes its time. */
  async answers(run: Run, sequence: LlamaContextSequence, input: readonly ControlledEvaluateInputItem[]) {
    return (await this.#evaluate(run, sequence, input)).outputs;
  }

  async #evaluate(run: Run, sequence: LlamaContextSequence, input: readonly ControlledEvaluateInputItem[]) {
    const evaluationPriority = evaluationPriorities[run.priority];
    let outputs: Awaited<ReturnType<LlamaContextSequence['controlledEvaluate']>> = [];
    const ms = await this.#timed(input.length, async () => {
      outputs = await sequence.controlledEvaluate([...input], { evaluationPriority });
    });
    return { ms, outputs };
  }

  async #timed(tokens: number, evaluate: () => Promise<void>): Promise<number> {
    const { threads } = this.#parts;
    const startMs = performance.now();
    const threadCount = (tokens === 1 ? threads?.pace.threads(startMs) : threads?.pace.settledThreads()) ?? 0;
    threads?.use(threadCount);
    await evaluate();
    const endMs = performance.now();
    if (tokens === 1) threads?.pace.measured(threadCount, endMs - startMs, endMs);
    return endMs - startMs;
  }

  async #borrow(run: Run): Promise<void> {
    const context = await this.#parts.contexts.lend(run, run.signal);
    try {
      const sequence = await context.context.sequences.lend(run.tokens, run.priority, run.signal);
      run.loan = { context, sequence };
      if (run.tokens.length > sequence.contextSize) throw new PromptTooLong(run.tokens.length, sequence.contextSize);
      await sequence.adaptStateToTokens(run.tokens.slice(0, run.reusable()), false);
    } finally {
      if (run.loan === undefined) context[Symbol.dispose]();
    }
  }
}
