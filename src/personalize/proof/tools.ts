/** What a proof needs of the model host, in the shapes of `inference/generate.ts` and `inference/score.ts`. */

/** LoRA adapters in order; empty: the bare model. */
export type Stack = readonly { readonly path: string; readonly scale: number }[];

type PromptPart = { readonly control: string } | { readonly text: string };

export interface Sample {
  readonly prompt: readonly PromptPart[];
  readonly typed: string;
  /** What the user wrote there. */
  readonly text: string;
  readonly end?: string;
}

type Score = (
  request: Sample & { readonly adapters: Stack },
  signal: AbortSignal,
) => Promise<{ readonly logProbability: number; readonly tokens: number }>;

export type Generate = (
  request: Pick<Sample, 'prompt' | 'typed'> & {
    readonly maxTokens: number;
    readonly stop: readonly string[];
    readonly temperature: number;
    readonly priority: 'background';
    readonly adapters: Stack;
  },
  signal: AbortSignal,
) => AsyncGenerator<{ readonly text: string }, unknown>;

export interface ProofTools {
  readonly score: Score;
  readonly generate: Generate;
  /** Share of the work that is done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
}
