/**
 * The wire between the engine and the trainer's process: one JSON text per line. The first line to the trainer is its
 * order, the later ones control it; the end of its input ends it.
 */

/** What to train, from where and to where. */
export interface TrainOrder {
  readonly order: 'train';
  readonly modelPath: string;
  /** See `sampleFile.ts` of the data set. */
  readonly samplesPath: string;
  /** A folder of this training alone: its state, and in the end `adapter.gguf`. */
  readonly folder: string;
  /** Adapters that lie below the new one. */
  readonly below: readonly { readonly path: string; readonly scale: number }[];
  readonly gpu: 'auto' | 'off';
  /** Processor cores to use at most. */
  readonly cores: number;
  /** Memory to use at most. */
  readonly maxBytes: number;
  readonly options: TrainOptions;
}

/** How long a training would take and how much memory, without beginning it. */
export interface EstimateOrder {
  readonly order: 'estimate';
  readonly modelPath: string;
  readonly gpu: 'auto' | 'off';
  readonly cores: number;
  readonly maxBytes: number;
  readonly options: TrainOptions;
  /** Of all samples together, and of the longest. */
  readonly tokens: number;
  readonly longestTokens: number;
}

export interface TrainOptions {
  readonly rank: number;
  readonly alpha: number;
  /** See `LoraShape`. */
  readonly rankStabilized: boolean;
  /** Learning rate at its highest, and how much faster B learns than A (LoRA+). */
  readonly rate: number;
  readonly rateOfB: number;
  readonly passes: number;
  readonly batchSize: number;
  readonly seed: number;
  /** How many of the last tokens of a sample gradients reach in full; 0 for all of them. */
  readonly reach: number;
  /** What a token of the code before a text counts, where one of the text counts 1: see `lessons.ts`. */
  readonly contextWeight: number;
  /** A second stage on pairs of chosen and refused texts; absent: none. */
  readonly preference?: {
    readonly beta: number;
    readonly chosen: number;
    readonly rate: number;
    readonly passes: number;
  };
}

export type Control = { readonly control: 'pause' | 'resume' | 'cancel' };

export type TrainerMessage =
  | { readonly kind: 'phase'; readonly phase: 'checking' | 'loading' | 'training'; readonly share: number }
  | {
      readonly kind: 'ready';
      readonly device: string;
      readonly lanes: number;
      readonly bytes: number;
      /** Steps done before, by a training that was interrupted. */
      readonly step: number;
    }
  | {
      readonly kind: 'step';
      readonly stage: Stage;
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
      readonly tokensPerSecond: number;
      readonly secondsLeft: number;
    }
  | { readonly kind: 'validation'; readonly stage: Stage; readonly step: number; readonly loss: number }
  | { readonly kind: 'paused' | 'resumed' }
  | { readonly kind: 'estimate'; readonly seconds: number; readonly bytes: number; readonly device: string }
  | { readonly kind: 'done'; readonly summary: TrainSummary }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly fault: TrainerFault; readonly reason: string };

export type Stage = 'text' | 'preference';

/** What the engine tells the user differs by these; `reason` is for the log and for people who read on. */
export type TrainerFault = 'untrainable' | 'memory' | 'unsupported' | 'samples' | 'other';

export interface TrainSummary {
  /** The best by validation; absent when nothing was better than no adapter at all. */
  readonly adapterPath?: string;
  /** After the second stage, where there was one. */
  readonly preferencePath?: string;
  readonly seconds: number;
  readonly steps: number;
  readonly tokens: number;
  readonly device: string;
  readonly peakBytes: number;
  readonly validation: { readonly before: number; readonly after: number } | undefined;
}
