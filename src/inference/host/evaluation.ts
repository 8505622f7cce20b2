import type { ControlledEvaluateInputItem, LlamaContextSequence, Token } from 'node-llama-cpp';
import type { AdapterUse } from '../generate.ts';
import type { AdapterStacks, LentStack } from './adapterStacks.ts';
import { PrefillPace } from './prefillPace.ts';
import type { Priority, SequencePool } from './sequencePool.ts';
import type { ThreadPace } from './threadPace.ts';
import { Turns } from './turns.ts';

/** A context of the model, with the adapters it was opened with for life. */
export interface ModelContext extends AsyncDisposable {
  readonly sequences: SequencePool<LlamaContextSequence>;
}

export interface EvaluationParts {
  readonly stacks: AdapterStacks<ModelContext>;
  readonly batchSize: number;
  /** Chooses and sets the number of CPU threads; absent when it is fixed. */
  readonly threads?: { readonly pace: ThreadPace; readonly use: (threads: number) => void };
}

/** One request on its way through the model. */
export interface Run {
  readonly priority: Priority;
  readonly adapters: readonly AdapterUse[];
  readonly signal: AbortSignal;
  /** All that the model has to have read before the next token, and, of a text that is known, all that comes then. */
  readonly tokens: Token[];
  /** How many of the tokens need not be read again where they are in the KV cache. */
  readonly reusable: () => number;
  /** What it has on loan; absent while it makes way. */
  loan: { readonly stack: LentStack<ModelContext>; readonly sequence: LlamaContextSequence } | undefined;
}

/** What all requests of a host share while they compute, whatever their adapters: turns, speed, threads, contexts. */
export class Evaluation {
  readonly #parts: EvaluationParts;
  readonly #turns = new Turns();
  readonly #pace: PrefillPace;

  constructor(parts: EvaluationParts) {
    this.#parts = parts;
    this.#pace = new PrefillPace(parts.batchSize);
  }

  /** Does the work of one request, announcing it to background work when it is for typing. */
  announce<T>(priority: Priority, work: () => Promise<T>): Promise<T> {
    return this.#turns.run(priority, work);
  }

  /** Resolves once nobody types, or rejects with the signal's reason. */
  quiet(signal: AbortSignal): Promise<void> {
    return this.#turns.quiet(signal);
  }

  /** Tokens that may be read before the next turn. */
  sliceTokens(priority: Priority): number {
    return this.#pace.sliceTokens(priority);
  }

  /** Between two steps: obeys an abort, and leaves the context, the sequence and the processor to those who type. */
  async nextTurn(run: Run): Promise<LlamaContextSequence> {
    for (;;) {
      run.signal.throwIfAborted();
      const makesWay = run.priority === 'background' && this.#turns.typing;
      if (run.loan !== undefined && !makesWay) return run.loan.sequence;
      this.giveBack(run);
      if (makesWay) await this.#turns.quiet(run.signal);
      await this.#borrow(run);
    }
  }

  giveBack(run: Run): void {
    const { loan } = run;
    run.loan = undefined;
    if (loan === undefined) return;
    loan.stack.context.sequences.giveBack(loan.sequence);
    loan.stack[Symbol.dispose]();
  }

  /** Lets the model read up to a token, in slices: everything, or all but what fits into the pass that is asked something. */
  async prefill(run: Run, until: 'all' | 'lastSlice', to = run.tokens.length): Promise<LlamaContextSequence> {
    for (;;) {
      const sequence = await this.nextTurn(run);
      const at = sequence.nextTokenIndex;
      const unread = to - at;
      const sliceTokens = this.#pace.sliceTokens(run.priority);
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
    const evaluationPriority = run.priority === 'typing' ? 5 : 1;
    let outputs: Awaited<ReturnType<LlamaContextSequence['controlledEvaluate']>> = [];
    const ms = await this.#timed(input.length, async () => {
      outputs = await sequence.controlledEvaluate([...input], { evaluationPriority });
    });
    return { ms, outputs };
  }

  async #timed(tokens: number, evaluate: () => Promise<void>): Promise<number> {
    const { threads } = this.#parts;
    const startMs = performance.now();
    const threadCount = threads?.pace.threads(startMs) ?? 0;
    threads?.use(threadCount);
    await evaluate();
    const endMs = performance.now();
    if (tokens === 1) threads?.pace.measured(threadCount, endMs - startMs, endMs);
    return endMs - startMs;
  }

  async #borrow(run: Run): Promise<void> {
    const stack = await this.#parts.stacks.lend(run.adapters, run.signal);
    try {
      const sequence = await stack.context.sequences.lend(run.tokens, run.priority, run.signal);
      run.loan = { stack, sequence };
      await sequence.adaptStateToTokens(run.tokens.slice(0, run.reusable()), false);
    } finally {
      if (run.loan === undefined) stack[Symbol.dispose]();
    }
  }
}
