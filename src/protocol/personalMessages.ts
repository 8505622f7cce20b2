import type { Problem } from './problems.ts';

/**
 * What was learned from the user, and what is being made of it. Everything here is shown in the "Personal style" view;
 * code in it is the user's own and goes no further.
 */

/** Notification `hearth/personalStatus`, at every change, at most four times a second. */
export interface PersonalStatus {
  /**
   * `off`: nothing is learned (switched off); `idle`; `preparing`: examples are chosen and read by the model; `training`;
   * `paused`: by the user; `waiting`: somebody types, or the battery comes first; `proving`: the new adapter is held
   * against the bare model.
   */
  readonly state: 'off' | 'idle' | 'preparing' | 'training' | 'paused' | 'waiting' | 'proving';
  /** While a training goes on, in every state but `off` and `idle`. */
  readonly progress?: TrainingProgress;
  /** How the last training ended, until the next one begins. */
  readonly outcome?: TrainingOutcome;
  /** Examples that can be learned from, those since the last training, and how many it takes at least. */
  readonly examples: { readonly usable: number; readonly fresh: number; readonly needed: number };
}

/** Where an adapter is used: everywhere, or in one workspace folder below the personal one. */
export type AdapterPlace = { readonly kind: 'personal' } | { readonly kind: 'project'; readonly folder: string };

export interface TrainingProgress {
  readonly place: AdapterPlace;
  readonly step: number;
  readonly steps: number;
  /** Absent until the first steps were measured. */
  readonly secondsLeft?: number;
  readonly tokensPerSecond?: number;
  /** Loss (nats per token): of the steps so far, and on validation examples after each pass. For the plot. */
  readonly losses: readonly LossPoint[];
  readonly validation: readonly LossPoint[];
}

export interface LossPoint {
  readonly step: number;
  readonly loss: number;
}

export type TrainingOutcome =
  | { readonly kind: 'adopted'; readonly adapter: string; readonly seconds: number }
  /** It was no better than what is in use, or harmed other code: kept, if there is anything to keep, but not used. */
  | { readonly kind: 'rejected'; readonly adapter?: string; readonly why: ProofVerdict; readonly seconds: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** Request `hearth/personal`. No params; result: `PersonalOverview`. */
export interface PersonalOverview {
  readonly status: PersonalStatus;
  readonly automatic: AutomaticTraining;
  readonly counts: ExampleTotals;
  readonly rules: LearningRuleSet;
  /** Of every base model, the newest first. */
  readonly adapters: readonly AdapterSummary[];
  /** The model in use, and whether an adapter for it can be trained here. */
  readonly model: { readonly name: string; readonly sha256: string; readonly problem?: Problem } | null;
  /** In the order in which they are applied to the model in use, in the open workspace. */
  readonly inUse: readonly AdapterInUse[];
  /** Whether there is an earlier choice to go back to. */
  readonly canRollBack: boolean;
  readonly style: StyleSummary;
}

/** Whether training starts by itself, and what it waits for right now. */
export interface AutomaticTraining {
  readonly isOn: boolean;
  readonly waitsFor?: 'examples' | 'idle' | 'power' | 'tomorrow';
}

export interface ExampleTotals {
  readonly total: number;
  readonly usable: number;
  readonly languages: readonly { readonly languageId: string; readonly count: number; readonly isOn: boolean }[];
  readonly folders: readonly { readonly folder: string; readonly count: number }[];
}

/** What is not learned from: language ids, and paths in the syntax of `.gitignore`. */
export interface LearningRuleSet {
  readonly languages: readonly string[];
  readonly paths: readonly string[];
}

export interface AdapterSummary {
  readonly id: string;
  readonly name: string;
  readonly kind: 'personal' | 'project' | 'shared';
  readonly folder?: string;
  readonly baseName: string;
  /** Whether it was made for the model in use: it can be used with no other. */
  readonly fits: boolean;
  readonly rank: number;
  readonly createdMs: number;
  readonly examples: number;
  readonly bytes: number;
  readonly origin: 'trained' | 'imported';
  readonly trainingSeconds?: number;
  readonly proof?: ProofSummary;
}

export interface AdapterInUse {
  readonly id: string;
  readonly place: AdapterPlace;
  /** 0 to 1.5. */
  readonly scale: number;
}

/** How an adapter did against what was in use before, on the newest examples, which it had not seen. */
export interface ProofSummary {
  readonly examples: number;
  readonly verdict: ProofVerdict;
  /** Nats per token; lower is better. */
  readonly loss: Compared;
  /** Share of examples written exactly, 0 to 1. */
  readonly exactMatch: Compared;
  /** 1 less the edit distance over the length, 0 to 1. */
  readonly editSimilarity: Compared;
  /** Loss on code of others. */
  readonly generalLoss: Compared;
  readonly samples: readonly ProofSample[];
}

export interface Compared {
  readonly before: number;
  readonly after: number;
}

export type ProofVerdict = 'better' | 'notBetter' | 'harmsGeneral' | 'tooFewExamples';

export interface ProofSample {
  readonly path: string;
  readonly languageId: string;
  /** The last lines before the place. */
  readonly prefix: string;
  readonly wanted: string;
  readonly before: string;
  readonly after: string;
}

/** Habits of the user's code, in words, per family of languages. */
export interface StyleSummary {
  readonly folders: readonly {
    readonly folder: string;
    readonly families: readonly {
      readonly family: string;
      readonly name: string;
      readonly traits: readonly StyleTrait[];
    }[];
    /** Rules in the user's own words. */
    readonly lines: readonly string[];
    /** What could not be read. */
    readonly notes: readonly string[];
  }[];
}

export interface StyleTrait {
  readonly id: string;
  /** What it is about: "Quotes". */
  readonly title: string;
  /** What was found, with its evidence: "Single quotes (97 % of 412 places)"; absent when nothing is clear. */
  readonly text?: string;
  /** What the user set: a value of `choices`, or `off`. */
  readonly setTo?: string;
  readonly choices: readonly { readonly value: string; readonly text: string }[];
}

/** Request `hearth/personalExamples`: a page, the newest first. Result: `ExamplePage`. */
export interface ExampleQuery {
  readonly languageId?: string;
  readonly folder?: string;
  readonly kind?: ExampleView['kind'];
  readonly excluded?: boolean;
  /** `next` of the page before. */
  readonly before?: number;
  readonly limit: number;
}

export interface ExamplePage {
  readonly examples: readonly ExampleView[];
  readonly next?: number;
}

export interface ExampleView {
  readonly id: number;
  readonly atMs: number;
  readonly kind: 'accepted' | 'instead' | 'typed' | 'edit';
  readonly languageId: string;
  readonly path: string;
  readonly folder: string;
  /** The last and first lines around it. */
  readonly before: string;
  readonly text: string;
  readonly after: string;
  readonly offered?: string;
  /** Share that was still there at the last look, 0 to 1. */
  readonly kept: number;
  readonly excluded: boolean;
}

/** Request `hearth/changeExamples`; no result. */
export type ChangeExamples =
  | { readonly order: 'exclude' | 'include'; readonly id: number }
  | { readonly order: 'delete'; readonly ids: readonly number[] };

/** Request `hearth/estimateTraining`: params `TrainingWish`; result: `TrainingEstimate`. */
export interface TrainingWish {
  readonly place: AdapterPlace;
}

export type TrainingEstimate =
  | {
      readonly ok: true;
      readonly examples: number;
      readonly seconds: number;
      readonly memoryBytes: number;
      readonly freeBytes: number;
      /** Name of the processor or GPU it would run on. */
      readonly device: string;
    }
  | { readonly ok: false; readonly problem: Problem };

/** Request `hearth/train`: params `TrainingWish`. Answers once it has begun, or why it cannot. */
export type TrainResult = { readonly ok: true } | { readonly ok: false; readonly problem: Problem };

/** Request `hearth/controlTraining`; no result. Progress is kept when it is paused, and lost when it is cancelled. */
export interface ControlTraining {
  readonly order: 'pause' | 'resume' | 'cancel';
}

/** Request `hearth/useAdapter`: params below; result `TrainResult`. Completions change at once. */
export type UseAdapter =
  | { readonly order: 'use'; readonly place: AdapterPlace; readonly id: string; readonly scale: number }
  | { readonly order: 'none'; readonly place: AdapterPlace }
  | { readonly order: 'rollBack'; readonly place: AdapterPlace }
  | { readonly order: 'remove'; readonly id: string }
  | { readonly order: 'rename'; readonly id: string; readonly name: string };

/** Request `hearth/compareAdapter`: what would be written at a place, without and with the adapters in use. */
export interface ComparePlace {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

export interface ComparedCompletions {
  readonly without: string;
  readonly with: string;
}

/** Request `hearth/exportAdapter`: writes a folder into `into`; result: its path, or the problem. */
export interface ExportAdapter {
  readonly id: string;
  readonly into: string;
}

export type ExportResult =
  | { readonly ok: true; readonly folder: string }
  | { readonly ok: false; readonly problem: Problem };

/** Request `hearth/importAdapter`: a folder with safetensors and its configuration, or these files. Used at once where `place` says. Result: `TrainResult`. */
export interface ImportAdapter {
  readonly paths: readonly string[];
  readonly name: string;
  readonly place: AdapterPlace;
}

/** Request `hearth/setLearningRules`: params `LearningRuleSet`; no result. */

/** Request `hearth/editStyle`; no result. */
export type EditStyle =
  | {
      readonly order: 'trait';
      readonly folder: string;
      readonly family: string;
      readonly trait: string;
      /** A value of its choices, or `off`; absent takes the edit back. */
      readonly value?: string;
    }
  | { readonly order: 'lines'; readonly folder: string; readonly lines: readonly string[] };

/** Request `hearth/forgetPersonal`: deletes every example, adapter, profile and cache. No params, no result. */
